import type { Command } from 'commander'

import type { CheckCommandContext } from './check-command-context.ts'
import { type CheckFlags, type HistoryFlags, parseColumnNames, parsePositive, parseRepeated } from './check-flags.ts'

/** Adds `check FILE... --suite suite.yml`. What it needs is loaded when it runs. */
export function addCheckCommand(program: Command, context: CheckCommandContext): void {
  const choice = (
    flags: string,
    description: string,
    choices: ReadonlyArray<string>,
  ): ReturnType<Command['createOption']> => program.createOption(flags, description).choices(choices)
  const check = program
    .command('check')
    .summary('check a table against the expectations of a suite')
    .description(
      'Checks files (CSV, TSV, JSON, JSON lines, Parquet; globs; - for the standard input) or a table of Postgres against a suite ' +
        'of expectations. Exit code 1 only with --fail-on; 4 when an expectation could not be evaluated.',
    )
    .argument('<files...>', 'files or globs of one format, -, or postgres://user@host/database with --table')
    .option('--suite <file>', 'the expectations, as YAML or JSON')
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
        'openlineage',
      ]),
    )
    .option('-o, --output <file>', 'write there, whole or not at all; a report where it ends in .html, JUnit in .xml')
    .option('--quarantine <folder>', 'write good and bad rows there, apart, the bad ones with their reasons')
    .option('--history <file>', 'keep the result in this SQLite file; expectations of volume look at earlier ones')
    .option('--dataset <name>', 'what the results of this table are kept under (default: the name of the suite)')
    .option('--unmask', 'show personal values, such as e-mail addresses, as they are')
    .action(async (files: ReadonlyArray<string>, flags: CheckFlags) => {
      const { runCheck } = await import('./run-check.ts')
      await runCheck(files, flags, context)
    })
  for (const [name, summary] of [
    ['history', 'list the results that --history has kept'],
    ['trend', 'show how each expectation went over the results that --history has kept'],
  ] as const) {
    check
      .command(name)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase() ?? ''}${summary.slice(1)}, for one table or for all.`)
      .argument('<file>', 'the file that --history has written')
      .option('--limit <number>', 'of results, newest first (default: 30)', parsePositive)
      .action(async (file: string, _flags: unknown, command: Command) => {
        const { runHistory } = await import('./run-history.ts')
        // The flags that `check` has itself are taken by it, wherever they stand.
        await runHistory(name, file, command.optsWithGlobals<HistoryFlags>(), context)
      })
  }
}
