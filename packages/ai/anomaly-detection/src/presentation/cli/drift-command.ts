import type { Command } from 'commander'

import { DRIFT_METHODS } from '../../domain/drift/two-sample/drift-method.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DriftFlags } from './drift-flags.ts'
import { parseCount, parseNames, parseScore } from './flag-values.ts'
import { addOutputFlags, choice, FILE_HELP } from './flags.ts'

/** Adds `drift REFERENCE CURRENT`. */
export function addDriftCommand(program: Command, context: DetectionCommandContext): void {
  const command = program.command('drift')
  command
    .summary('tell which columns of a file have changed since another')
    .description(
      'Compares the columns of two files, each by a test that fits its type and size, and tells which have changed, how ' +
        'much and from what to what; missing values count as such. Prints a line a column, those that have drifted first.',
    )
    .argument('<reference>', `what was: ${FILE_HELP}`)
    .argument('<current>', 'what is: likewise')
    .option('--columns <names>', 'compare these columns only: a,b,c (default: those that both files have)', parseNames)
    .addOption(
      choice(
        command,
        '--method <method>',
        'for every column that it suits; psi, jensen-shannon, hellinger and wasserstein are distances with a fixed limit',
        ['auto', ...DRIFT_METHODS],
        'auto, by type and size',
      ),
    )
    .option('--alpha <level>', 'an adjusted p value below it is drift (default: 0.05)', parseScore)
    .addOption(
      choice(
        command,
        '--correction <method>',
        'for the number of tests',
        ['holm', 'bonferroni', 'benjamini-hochberg', 'none'],
        'holm',
      ),
    )
    .option(
      '--min-effect <size>',
      'a change is drift from this effect on (default: 0; of more than 10,000 rows 0.05)',
      parseScore,
    )
    .option('--max-distance <size>', 'a distance is drift from this on (default: psi 0.25, others 0.1)', parseScore)
    .addOption(choice(command, '--joint <test>', 'also test all number columns together', ['mmd', 'classifier']))
    .option('--seed <number>', 'of energy and --joint (default: 0)', parseCount)
    .addOption(
      choice(command, '--input-format <format>', 'of both files; default: by the name, or the first bytes', [
        'csv',
        'tsv',
        'json',
        'jsonl',
        'parquet',
      ]),
    )
    .addOption(choice(command, '--fail-on <what>', 'exit with 1 when anything has drifted', ['drift']))
  addOutputFlags(command)
  command.action(async (reference: string, current: string, flags: DriftFlags) => {
    const { runDrift } = await import('./run-drift.ts')
    await runDrift(reference, current, flags, context)
  })
}
