import type { Command } from 'commander'

import type { CheckCommandContext } from './check-command-context.ts'
import { type CheckFlags, parseColumnNames, parsePositive, parseRepeated } from './check-flags.ts'

/** Adds `check FILE... --suite suite.yml`. What it needs is loaded when it runs. */
export function addCheckCommand(program: Command, context: CheckCommandContext): void {
  const choice = (
    flags: string,
    description: string,
    choices: ReadonlyArray<string>,
  ): ReturnType<Command['createOption']> => program.createOption(flags, description).choices(choices)
  program
    .command('check')
    .summary('check a table against the expectations of a suite')
    .description(
      'Checks files (CSV, TSV, JSON, JSON lines, Parquet; globs; - for the standard input) or a table of Postgres against a suite ' +
        'of expectations. Exit code 1 only with --fail-on; 4 when an expectation could not be evaluated.',
    )
    .argument('<files...>', 'files or globs of one format, -, or postgres://user@host/database with --table')
    .requiredOption('--suite <file>', 'the expectations, as YAML or JSON')
    .addOption(
      choice('--fail-on <severity>', 'exit code 1 when an expectation of this severity or a worse one is unmet', [
        'critical',
        'warning',
        'info',
      ]),
    )
    .addOption(
      choice('--result-format <level>', 'how much the JSON tells of each expectation (default: SUMMARY)', [
        'BOOLEAN_ONLY',
        'BASIC',
        'SUMMARY',
        'COMPLETE',
      ]),
    )
    .option(
      '--keys <names>',
      'columns that tell rows apart: the JSON names failing rows by them: a,b,c',
      parseColumnNames,
    )
    .option(
      '--table <name>',
      'table or view of a database, as schema.name where it needs one; or name=FILE: another table that expectations compare with (may be repeated)',
      parseRepeated,
    )
    .addOption(choice('--engine <engine>', 'default: duckdb where it is installed, else memory', ['duckdb', 'memory']))
    .addOption(choice('--input-format <format>', 'default: by the name', ['csv', 'tsv', 'json', 'jsonl', 'parquet']))
    .option('--memory-limit <mb>', 'of DuckDB (default: 512)', parsePositive)
    .option('--threads <number>', 'of DuckDB (default: one a processor)', parsePositive)
    .option('--timeout <seconds>', 'of a statement of Postgres (default: 300)', parsePositive)
    .addOption(
      choice('--format <format>', 'default: a table on a terminal, csv in a pipe', [
        'table',
        'csv',
        'json',
        'jsonl',
        'junit',
        'github',
      ]),
    )
    .option('-o, --output <file>', 'write there, whole or not at all; JUnit where it ends in .xml')
    .action(async (files: ReadonlyArray<string>, flags: CheckFlags) => {
      const { runCheck } = await import('./run-check.ts')
      await runCheck(files, flags, context)
    })
}
