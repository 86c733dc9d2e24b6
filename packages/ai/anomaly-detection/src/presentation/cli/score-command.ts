import type { Command } from 'commander'

import type { DetectionCommandContext } from './command-context.ts'
import type { ScoreFlags } from './command-flags.ts'
import { addShownRowsFlags } from './detect-command.ts'
import { parseModelChoice, parseScore } from './flag-values.ts'
import { addOutputFlags, addReadingFlags, addThreadFlags, FILE_HELP } from './flags.ts'

/** Adds `score FILE --model NAME[@VERSION]`. */
export function addScoreCommand(program: Command, context: DetectionCommandContext): void {
  const command = program
    .command('score')
    .summary('find the anomalies in a file with a kept model')
    .description(
      'Scores the rows of a file with a kept model, and prints what detect prints. The file needs the columns that the ' +
        'model was fitted on, in any order. Rows are numbered from 1; a header is not counted.',
    )
    .argument('<file>', FILE_HELP)
    .requiredOption('--model <name>', 'a name, or name@3 for its third version', parseModelChoice)
    .option('--threshold <score>', "cut here (default: the model's own threshold)", parseScore)
  addReadingFlags(command, { hasModel: true })
  addShownRowsFlags(command)
  addThreadFlags(command)
  addOutputFlags(command)
  command.action(async (file: string, flags: ScoreFlags) => {
    const { runScore } = await import('./run-score.ts')
    await runScore(file, flags, context)
  })
}
