import type { Command } from 'commander'

import { EXPLANATION_METHODS } from '../../application/explanation/method-names.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { DetectFlags } from './command-flags.ts'
import { parseCount, parseFailLimit } from './flag-values.ts'
import { addDetectorFlags, addOutputFlags, addReadingFlags, addThreadFlags, choice, FILE_HELP } from './flags.ts'
import { addSeriesFlags } from './series-flags.ts'

/** Adds `detect FILE`. */
export function addDetectCommand(program: Command, context: DetectionCommandContext): void {
  const command = program
    .command('detect')
    .summary('find the anomalies in a file')
    .description(
      'Finds the anomalies in a file. Prints the anomalous rows, the highest score first, and the features that stand out ' +
        'most, in standard deviations from the median. Rows are numbered from 1; a header is not counted. With --time the rows ' +
        'are a time series: prints where it is unlike itself, what was expected there, and draws it on a terminal.',
    )
    .argument('<file>', FILE_HELP)
  addDetectorFlags(command)
  addReadingFlags(command, { learns: true })
  command
    .option('--standardize', 'z-score each column first')
    .option(
      '--confidence',
      'also how sure each prediction is, 0 to 1: would other rows of the same source give the same?',
    )
  addShownRowsFlags(command)
  command.addOption(
    choice(
      command,
      '--explain [method]',
      "also the detector's own reasons for the rows printed, at most 20 without --top; see the command explain",
      ['auto', ...EXPLANATION_METHODS].filter((method) => method !== 'permutation'),
    )
      .preset('auto')
      .conflicts('all'),
  )
  addSeriesFlags(command, parseCount)
  if (context.results !== undefined) addKeepFlags(command)
  addThreadFlags(command)
  addOutputFlags(command)
  command.action(async (file: string, flags: DetectFlags) => {
    if (flags.time !== undefined) {
      const { runDetectSeries } = await import('./run-detect-series.ts')
      await runDetectSeries(file, { ...flags, time: flags.time }, context)
      return
    }
    const { runDetect } = await import('./run-detect.ts')
    await runDetect(file, flags, context)
  })
}

function addKeepFlags(command: Command): void {
  command
    .option('--keep', 'keep the result and a copy of the data, for the commands results and report, and for serve')
    .option('--report <file>', 'also write it as one HTML page; see the command report')
}

/** Adds the flags of `ShownRowsFlags`. */
export function addShownRowsFlags(command: Command): void {
  command
    .addOption(
      command
        .createOption('--all', 'every row in the order of the file, as row,score,anomaly (0 or 1)')
        .conflicts('top'),
    )
    .option('--top <rows>', 'at most so many rows (default: 20 on a terminal, else all)', parseCount)
    .option(
      '--fail-on <limit>',
      'exit with 1 when at least so many rows, or such a % of them, are anomalies',
      parseFailLimit,
    )
}
