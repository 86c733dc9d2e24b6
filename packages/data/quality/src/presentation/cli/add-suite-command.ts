import type { Command } from 'commander'

import type { SuiteCommandContext } from './suite-command-context.ts'
import type { ExportFlags, ImportFlags } from './suite-flags.ts'

/** Adds `suite import FILE` and `suite export FILE`. What they need is loaded when they run. */
export function addSuiteCommand(program: Command, context: SuiteCommandContext): void {
  const suite = program.command('suite').summary('make suites from other tools, and contracts and schemas from suites')
  suite
    .command('import')
    .summary('make a suite from Great Expectations, dbt, a data contract or a JSON Schema')
    .description(
      'Makes a suite from a suite of Great Expectations (JSON), tests of dbt (schema.yml), a contract of the Open Data Contract Standard ' +
        '(YAML) or a JSON Schema of rows. What cannot be translated is told with its place; exit code 4 then.',
    )
    .argument('<file>', 'JSON or YAML')
    .addOption(
      suite
        .createOption('--from <origin>', 'default: by what is in the file')
        .choices(['great-expectations', 'dbt', 'odcs', 'json-schema']),
    )
    .option('--table <name>', 'the model or table, where the file has several')
    .option('--no-types', 'expect no types: text files may be read as others')
    .option('-o, --output <file>', 'write the suite there, whole or not at all; JSON where it ends in .json, else YAML')
    .action(async (file: string, flags: ImportFlags) => {
      const { runSuiteImport } = await import('./run-suite.ts')
      await runSuiteImport(file, flags, context)
    })
  suite
    .command('export')
    .summary('make a JSON Schema or a data contract from a suite')
    .description(
      'Makes a JSON Schema of rows, or a contract of the Open Data Contract Standard 3.1, from a suite. What a schema cannot say is ' +
        'told; exit code 4 then.',
    )
    .argument('<file>', 'the suite, YAML or JSON')
    .addOption(suite.createOption('--to <kind>', 'what to make').choices(['json-schema', 'odcs']).makeOptionMandatory())
    .option('-o, --output <file>', 'write there, whole or not at all; JSON where it ends in .json')
    .action(async (file: string, flags: ExportFlags) => {
      const { runSuiteExport } = await import('./run-suite.ts')
      await runSuiteExport(file, flags, context)
    })
}
