import type { ModelSummary } from '../../application/ports/model-repository.ts'
import { checkModelName } from '../../domain/model-name.ts'
import type { DetectionCommandContext } from './command-context.ts'
import type { FitFlags } from './command-flags.ts'
import { detectionOptionsOf } from './detection-settings.ts'
import { choiceText } from './detector-text.ts'
import type { FailedFit } from './fit-tracking.ts'
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
  const detector = flags.detector ?? settings.detector ?? 'iforest'
  const failed = { name: flags.model, detector, source: path, startedAt }
  const model = await fitted(path, flags, { options, detector }, context).catch(async (error: unknown) => {
    await keepFailure({ ...failed, error }, flags, context)
    throw error
  })
  const { centrality } = model.metrics
  if (centrality !== undefined) context.note(choiceText(model.algorithm, centrality), 'asked')
  if (flags.track !== undefined && context.tracking !== undefined) {
    const kept = await context.tracking.fit({ experiment: experimentOf(flags), model, source: path, startedAt })
    context.note(`tracked as run ${kept.runId} of ${kept.experiment}, registered as ${kept.version}`, 'asked')
  }
  await context.print(modelRecord(model), { format: flags.format, file: flags.output })
}

async function fitted(
  path: string,
  flags: FitFlags,
  { options, detector }: { readonly options: ReturnType<typeof detectionOptionsOf>; readonly detector: string },
  context: DetectionCommandContext,
): Promise<ModelSummary> {
  const work = await context.work(flags)
  const stacking = isStacking(flags)
  const { dataset, labels } = await readFile(path, { ...flags, unlabelled: stacking }, context)
  context.progress(`fitting ${detector} to ${dataset.rows.toLocaleString('en-US')} rows`)
  const learning = stacking ? withKnownRows(options, labels ?? new Uint8Array(), path, context) : options
  const model = await work.fit(flags.model, dataset, { ...learning, standardize: flags.standardize })
  context.progress(undefined)
  return model
}

// What went wrong with the fit is what the user is told; that it could not be kept is a note.
async function keepFailure(
  failed: Omit<FailedFit, 'experiment'>,
  flags: FitFlags,
  { tracking, note, progress }: DetectionCommandContext,
): Promise<void> {
  if (flags.track === undefined || tracking === undefined) return
  progress(undefined)
  try {
    const { runId, experiment } = await tracking.failedFit({ ...failed, experiment: experimentOf(flags) })
    note(`tracked as failed run ${runId} of ${experiment}`, 'asked')
  } catch (error) {
    note(`the failure is not tracked: ${error instanceof Error ? error.message : String(error)}`, 'warning')
  }
}

function experimentOf({ track }: FitFlags): string | undefined {
  return track === true ? undefined : track
}
