import type { Command } from 'commander'

import type { DetectionCommandContext } from './command-context.ts'
import type { FitFlags } from './command-flags.ts'
import { addDetectorFlags, addOutputFlags, addReadingFlags, addThreadFlags, FILE_HELP } from './flags.ts'

/** Adds `fit FILE --model NAME`. */
export function addFitCommand(program: Command, context: DetectionCommandContext): void {
  const command = program
    .command('fit')
    .summary('learn from a file and keep the model')
    .description('Fits a detector to a file and keeps it as a model; a name that is taken gets a further version.')
    .argument('<file>', FILE_HELP)
    .requiredOption('--model <name>', "letters, digits, '.', '_' and '-'")
  addDetectorFlags(command)
  addReadingFlags(command, { learns: true })
  command.option('--standardize', 'z-score each column first; the model keeps the scale')
  if (context.tracking !== undefined)
    command.option('--track [experiment]', 'keep the fit as a run, and register the model (default: detectors)')
  addThreadFlags(command)
  addOutputFlags(command)
  command.action(async (file: string, flags: FitFlags) => {
    const { runFit } = await import('./run-fit.ts')
    await runFit(file, flags, context)
  })
}
