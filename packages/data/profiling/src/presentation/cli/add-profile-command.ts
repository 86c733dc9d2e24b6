import type { Command } from 'commander'

import type { ProfileCommandContext } from './profile-command-context.ts'
import { parseColumnNames, type ProfileFlags, wholeNumberFrom } from './profile-flags.ts'

const count = wholeNumberFrom(0)
const positive = wholeNumberFrom(1)

/** Adds `profile FILE...`. What it needs is loaded when it runs. */
export function addProfileCommand(program: Command, context: ProfileCommandContext): void {
  const choice = (
    flags: string,
    description: string,
    choices: ReadonlyArray<string>,
  ): ReturnType<Command['createOption']> => program.createOption(flags, description).choices(choices)
  program
    .command('profile')
    .summary('say what a table holds: statistics, meanings, alerts, a report')
    .description(
      'Profiles files (CSV, TSV, JSON, JSON lines, Parquet; globs; - for the standard input) or a table of Postgres: types, ' +
        'missing and different values, distributions, keys, correlations, alerts. Personal data is masked unless --unmask.',
    )
    .argument('<files...>', 'files or globs of one format, -, or postgres://user@host/database with --table')
    .option('--table <name>', 'table or view of a database, as schema.name where it needs one')
    .option('--columns <names>', 'these columns only: a,b,c', parseColumnNames)
    .addOption(choice('--engine <engine>', 'default: duckdb where it is installed, else memory', ['duckdb', 'memory']))
    .addOption(choice('--input-format <format>', 'default: by the name', ['csv', 'tsv', 'json', 'jsonl', 'parquet']))
    .option('--top <number>', 'frequent values listed of a column (default: 10)', count)
    .option(
      '--sample-rows <number>',
      'rows that correlations, meanings and patterns are found on (default: 10000)',
      positive,
    )
    .option('--seed <number>', 'draws that sample (default: 1)', count)
    .option('--no-correlations', 'leave correlations, interactions and time series out')
    .option('--no-duplicates', 'do not count duplicate rows')
    .option('--sketches', 'keep mergeable sketches in the JSON: for merging, and finer comparison')
    .option('--unmask', 'show personal data as it is')
    .option('--compare <other>', 'tell drift against a reference: a file of data, or a profile kept as JSON')
    .option('--fail-on <columns>', 'with --compare: exit code 1 when at least so many columns drifted', positive)
    .option('--memory-limit <mb>', 'of DuckDB (default: 160)', positive)
    .option('--threads <number>', 'of DuckDB (default: one a processor)', positive)
    .option('--timeout <seconds>', 'of a statement of Postgres (default: 300)', positive)
    .addOption(
      choice('--format <format>', 'default: a table on a terminal, csv in a pipe', ['table', 'csv', 'json', 'jsonl']),
    )
    .option('-o, --output <file>', 'write there, whole or not at all; a report where it ends in .html')
    .action(async (files: ReadonlyArray<string>, flags: ProfileFlags) => {
      const { runProfile } = await import('./run-profile.ts')
      await runProfile(files, flags, context)
    })
}
