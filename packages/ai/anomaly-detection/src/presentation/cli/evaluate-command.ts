import type { Command } from 'commander'

import type { DetectionCommandContext } from './command-context.ts'
import type { EvaluateFlags } from './command-flags.ts'
import { parseCount, parseNames, parseParameter } from './flag-values.ts'
import { addCombinationFlags, addOutputFlags, addReadingFlags, addThreadFlags, FILE_HELP } from './flags.ts'

/** Adds `evaluate FILE... --label COLUMN` and `evaluate FILE... --windows FILE --time COLUMN`. */
export function addEvaluateCommand(program: Command, context: DetectionCommandContext): void {
  const command = program
    .command('evaluate')
    .summary('measure detectors on labelled rows')
    .description(
      'Ranks labelled rows with several detectors, without showing them the labels, and measures the rankings; with ' +
        '--combine, --unify or --weights also what they say together, as ensemble. Of several files it prints each, and ' +
        'at the end the means over them. With --windows it scores series instead, all files being one corpus: the NAB score ' +
        'in three profiles, the volumes under the surface, range precision and recall, and how soon windows are noticed.',
    )
    .argument('<files...>', FILE_HELP)
    .option(
      '--detectors <ids>',
      'a,b,c or all (default: all); with --windows also of streams, such as metric-alerts or rcf+anomaly-likelihood',
      parseNames,
    )
    .option('--param <id.name=value>', 'a parameter of one detector; may be repeated', parseParameter)
    .option('--seed <number>', 'the same seed gives the same result (default: 0)', parseCount)
    .option('--standardize', 'z-score each column first')
  addCombinationFlags(command)
  addReadingFlags(command)
  command
    .option(
      '--windows <file>',
      "labelled windows of time: NAB's combined_windows.json, or a table with the columns start, end and file",
    )
    .option('--time <column>', 'with --windows: the column of times')
  if (context.tracking !== undefined)
    command.option('--track [experiment]', 'keep the figures as runs, one for each detector (default: detectors)')
  addThreadFlags(command)
  addOutputFlags(command)
  command.action(async (files: ReadonlyArray<string>, flags: EvaluateFlags) => {
    if (flags.label === undefined && flags.windows === undefined) {
      command.error("error: required option '--label <column>' or '--windows <file>' not specified")
    }
    const { runEvaluate } = await import('./run-evaluate.ts')
    await runEvaluate(files, flags, context)
  })
}
