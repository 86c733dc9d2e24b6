import type { Command } from 'commander'

import { parseColumnNames, parsePositive } from './check-flags.ts'
import type { SuggestCommandContext } from './suggest-command-context.ts'
import { parseConfidence, type SuggestFlags } from './suggest-flags.ts'

/** Adds `suggest FILE -o suite.yml`. What it needs is loaded when it runs. */
export function addSuggestCommand(program: Command, context: SuggestCommandContext): void {
  const choice = (
    flags: string,
    description: string,
    choices: ReadonlyArray<string>,
  ): ReturnType<Command['createOption']> => program.createOption(flags, description).choices(choices)
  program
    .command('suggest')
    .summary('suggest the expectations that a table speaks for')
    .description(
      'Profiles a table, and suggests the expectations that it meets and that the next one will meet with a stated confidence. Those ' +
        'that are accepted or rejected, by their ids, are remembered in the suite.',
    )
    .argument('[files...]', 'files or globs of one format, -, or postgres://user@host/database with --table')
    .option('-o, --output <file>', 'the suite: suggestions are put into it, whole or not at all')
    .option('--accept <ids>', 'keep these as they are from now on: a,b,c', parseColumnNames)
    .option('--reject <ids>', 'never suggest these again: a,b,c', parseColumnNames)
    .option('--confidence <share>', 'that the next table meets all of them (default: 0.95)', parseConfidence)
    .option('--profile <file>', 'a profile kept as JSON, instead of a new one')
    .option('--table <name>', 'table or view of a database, as schema.name where it needs one')
    .addOption(choice('--engine <engine>', 'default: duckdb where it is installed, else memory', ['duckdb', 'memory']))
    .addOption(choice('--input-format <format>', 'default: by the name', ['csv', 'tsv', 'json', 'jsonl', 'parquet']))
    .option('--memory-limit <mb>', 'of DuckDB', parsePositive)
    .option('--threads <number>', 'of DuckDB (default: one a processor)', parsePositive)
    .option('--timeout <seconds>', 'of a statement of Postgres (default: 300)', parsePositive)
    .addOption(
      choice('--format <format>', 'default: a table on a terminal, csv in a pipe', ['table', 'csv', 'json', 'jsonl']),
    )
    .action(async (files: ReadonlyArray<string>, flags: SuggestFlags) => {
      const { runSuggest } = await import('./run-suggest.ts')
      await runSuggest(files, flags, context)
    })
}
