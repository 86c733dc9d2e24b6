import type { LoggedModel } from '../../domain/logged-model.ts'
import { COPY_ID, COPY_STATE, ownTags, stateOf } from './copied-from.ts'
import { copyArtifacts, filesOf } from './copy-artifacts.ts'
import type { CopyContext } from './copy-context.ts'
import { renamed } from './copy-run.ts'
import { logInParts } from './log-in-parts.ts'

/** Makes the model in the target, or finds it. Its run has to be there. */
export async function beginLoggedModel(
  { target, runIds, modelIds, locations }: CopyContext,
  model: LoggedModel,
  experimentId: string,
): Promise<LoggedModel> {
  const { items } = await target.loggedModels.search({
    experimentIds: [experimentId],
    filter: `tags.\`${COPY_ID}\` = '${model.id}'`,
  })
  const sourceRunId = model.sourceRunId === undefined ? undefined : runIds.get(model.sourceRunId)
  const copy =
    items[0] ??
    (await target.loggedModels.create({
      experimentId,
      name: model.name,
      params: model.params,
      tags: { ...ownTags(model.tags), [COPY_ID]: model.id },
      ...(model.modelType === undefined ? {} : { modelType: model.modelType }),
      ...(sourceRunId === undefined ? {} : { sourceRunId }),
    }))
  modelIds.set(model.id, copy.id)
  locations.set(model.id, copy.artifactLocation)
  return copy
}

/** Copies a model's metrics and files and finishes it, unless nothing has changed since the last copy. */
export async function fillLoggedModel(context: CopyContext, model: LoggedModel, copy: LoggedModel): Promise<void> {
  const { source, target, tally, runIds, modelIds } = context
  const of = `logged model ${model.id}`
  const files = await filesOf(source, model.artifactLocation)
  const own = ownTags(model.tags)
  const state = await stateOf([{ ...model, tags: own }, files])
  if (copy.tags[COPY_STATE] === state) {
    tally.count('loggedModels', 'unchanged')
    return
  }
  for (const { runId, ...point } of model.metrics) {
    const id = runIds.get(runId)
    if (id === undefined) continue
    await logInParts(
      { log: target.log, tally },
      id,
      { metrics: [renamed({ ...point, modelId: model.id }, modelIds)] },
      of,
    )
  }
  const places = { from: model.artifactLocation, to: copy.artifactLocation, of }
  await copyArtifacts({ source, artifacts: target.artifacts, tally }, files, places)
  if (model.status !== 'PENDING') await target.loggedModels.change(copy.id, { kind: 'finalize', status: model.status })
  await target.loggedModels.change(copy.id, { kind: 'set-tags', tags: { ...own, [COPY_STATE]: state } })
  tally.count('loggedModels', 'copied')
}
