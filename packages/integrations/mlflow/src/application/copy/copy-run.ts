import type { MetricPoint } from '../../domain/metric.ts'
import type { Run } from '../../domain/run.ts'
import { COPY_ID, COPY_STATE, ownTags, stateOf } from './copied-from.ts'
import { copyArtifacts, filesOf } from './copy-artifacts.ts'
import type { CopyContext } from './copy-context.ts'
import { logInParts } from './log-in-parts.ts'

const PARENT = 'mlflow.parentRunId'

/** Makes the run in the target, or finds it; what it holds comes later, when all runs have their ids. */
export async function beginRun(
  { target, runIds, locations }: CopyContext,
  run: Run,
  experimentId: string,
  there: ReadonlyMap<string, Run>,
): Promise<Run> {
  const found =
    there.get(run.id) ??
    (await target.runs.create({
      experimentId,
      startedAt: run.startedAt,
      tags: { [COPY_ID]: run.id },
      ...(run.name === '' ? {} : { name: run.name }),
      ...(run.userId === '' ? {} : { userId: run.userId }),
    }))
  runIds.set(run.id, found.id)
  locations.set(run.id, found.artifactLocation)
  return found
}

/** Fills a run with all that the source has of it, unless nothing has changed since the last copy. */
export async function fillRun(context: CopyContext, run: Run, copy: Run): Promise<void> {
  const { source, target, tally, runIds, modelIds } = context
  const of = `run ${run.id}`
  const files = await filesOf(source, run.artifactLocation)
  const own = ownTags(run.tags)
  const state = await stateOf([{ ...run, tags: own }, files])
  if (copy.tags[COPY_STATE] === state) {
    tally.count('runs', 'unchanged')
    // restoring a whole experiment may have brought it back
    if (copy.lifecycleStage !== run.lifecycleStage) {
      await target.runs.change(copy.id, { kind: run.lifecycleStage === 'deleted' ? 'delete' : 'restore' })
    }
    return
  }
  if (copy.lifecycleStage === 'deleted') await target.runs.change(copy.id, { kind: 'restore' })
  const log = { log: target.log, tally }
  const params = Object.entries(run.params).map(([key, value]) => ({ key, value }))
  const parent = run.tags[PARENT]
  const tags = { ...own, ...(parent === undefined ? {} : { [PARENT]: runIds.get(parent) ?? parent }) }
  await logInParts(log, copy.id, { params, tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }, of)
  for (const key of Object.keys(run.metrics)) {
    for await (const points of source.series(run, key)) {
      tally.points += points.length
      await logInParts(log, copy.id, { metrics: points.map((point) => renamed(point, modelIds)) }, of)
    }
  }
  await linkRun(context, run, copy.id)
  await copyArtifacts({ source, artifacts: target.artifacts, tally }, files, {
    from: run.artifactLocation,
    to: copy.artifactLocation,
    of,
  })
  await target.runs.change(copy.id, {
    kind: 'update',
    status: run.status,
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
  })
  // last of all: a copy that was broken off is not taken for a whole one
  await target.log.log(copy.id, { tags: [{ key: COPY_STATE, value: state }] })
  if (run.lifecycleStage === 'deleted') await target.runs.change(copy.id, { kind: 'delete' })
  tally.count('runs', 'copied')
}

async function linkRun({ target, tally, modelIds }: CopyContext, run: Run, id: string): Promise<void> {
  const known = <T extends { readonly modelId: string }>(models: ReadonlyArray<T>): ReadonlyArray<T> =>
    models.flatMap((model) => {
      const modelId = modelIds.get(model.modelId)
      return modelId === undefined ? [] : [{ ...model, modelId }]
    })
  try {
    const [inputs, outputs] = [known(run.modelInputs), known(run.modelOutputs)]
    if (run.datasetInputs.length > 0 || inputs.length > 0) {
      await target.log.logInputs(id, { datasets: run.datasetInputs, models: inputs })
    }
    if (outputs.length > 0) await target.log.logOutputs(id, outputs)
  } catch (error) {
    tally.note(`inputs and outputs of run ${run.id}`, error)
  }
}

/** The point with the target's logged model, or of none where that was not copied. */
export function renamed({ modelId, ...point }: MetricPoint, ids: ReadonlyMap<string, string>): MetricPoint {
  const id = modelId === undefined ? undefined : ids.get(modelId)
  return id === undefined ? point : { ...point, modelId: id }
}
