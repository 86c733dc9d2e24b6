import { checkModelName } from '../../domain/model-name.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { FitFlags } from './command-flags.ts'
import { detectionOptionsOf } from './detection-settings.ts'
import { choiceText } from './detector-text.ts'
import { isStacking, requireLabels, withKnownRows } from './known-rows.ts'
import { modelRecord } from './model-record.ts'
import { readFile } from './read-file.ts'

/** Runs `fit FILE --model NAME`. */
export async function runFit(path: string, flags: FitFlags, context: DetectionCommandContext): Promise<void> {
  checkModelName(flags.model)
  const settings = await context.settings()
  requireLabels(flags)
  const options = detectionOptionsOf(flags, settings)
  const startedAt = Date.now()
  const work = await context.work(flags)
  const stacking = isStacking(flags)
  const { dataset, labels } = await readFile(path, { ...flags, unlabelled: stacking }, context)
  context.progress(
    `fitting ${flags.detector ?? settings.detector ?? 'iforest'} to ${dataset.rows.toLocaleString('en-US')} rows`,
  )
  const learning = stacking ? withKnownRows(options, labels ?? new Uint8Array(), path, context) : options
  const model = await work.fit(flags.model, dataset, { ...learning, standardize: flags.standardize })
  context.progress(undefined)
  const { centrality } = model.metrics
  if (centrality !== undefined) context.note(choiceText(model.algorithm, centrality), 'asked')
  if (flags.track !== undefined && context.trackFit !== undefined) {
    const experiment = flags.track === true ? undefined : flags.track
    const kept = await context.trackFit({ experiment, model, source: path, startedAt })
    context.note(`tracked as run ${kept.runId} of ${kept.experiment}, registered as ${kept.version}`, 'asked')
  }
  await context.print(modelRecord(model), { format: flags.format, file: flags.output })
}
