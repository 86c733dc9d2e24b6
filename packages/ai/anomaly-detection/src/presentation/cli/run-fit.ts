import { checkModelName } from '../../domain/model-name.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { FitFlags } from './command-flags.ts'
import { detectionOptionsOf } from './detection-settings.ts'
import { choiceText } from './detector-text.ts'
import { modelRecord } from './model-record.ts'
import { readFile } from './read-file.ts'

/** Runs `fit FILE --model NAME`. */
export async function runFit(path: string, flags: FitFlags, context: DetectionCommandContext): Promise<void> {
  checkModelName(flags.model)
  const settings = await context.settings()
  const options = detectionOptionsOf(flags, settings)
  const work = await context.work(flags)
  const { dataset } = await readFile(path, flags, context)
  context.progress(
    `fitting ${flags.detector ?? settings.detector ?? 'iforest'} to ${dataset.rows.toLocaleString('en-US')} rows`,
  )
  const model = await work.fit(flags.model, dataset, options)
  context.progress(undefined)
  const { centrality } = model.metrics
  if (centrality !== undefined) context.note(choiceText(model.algorithm, centrality), 'asked')
  await context.print(modelRecord(model), { format: flags.format, file: flags.output })
}
