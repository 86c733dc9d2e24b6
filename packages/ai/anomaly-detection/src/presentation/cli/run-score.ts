import type { DetectionCommandContext } from './command-context.ts'
import type { ScoreFlags } from './command-flags.ts'
import { printDetection } from './print-detection.ts'
import { readForModel } from './read-for-model.ts'

/** Runs `score FILE --model NAME`: reads only the columns that the model was made of. */
export async function runScore(path: string, flags: ScoreFlags, context: DetectionCommandContext): Promise<void> {
  const work = await context.work(flags)
  const model = await work.describe(flags.model)
  const { dataset, labels } = await readForModel(path, model, flags, context)
  context.progress(`scoring ${dataset.rows.toLocaleString('en-US')} rows`)
  const choice = { name: model.name, version: model.version }
  const detected = await work.score(choice, dataset, { threshold: flags.threshold, labels })
  context.progress(undefined)
  await printDetection(detected, { labels }, flags, { format: flags.format, file: flags.output }, context)
}
