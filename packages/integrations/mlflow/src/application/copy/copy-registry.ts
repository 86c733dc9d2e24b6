import { MlflowError } from '../../domain/errors.ts'
import type { ModelVersion } from '../../domain/model-version.ts'
import type { RegisteredModel } from '../../domain/registered-model.ts'
import { COPY_ID, COPY_STATE, ownTags, stateOf } from './copied-from.ts'
import type { CopyContext } from './copy-context.ts'

const WIDEST_GAP = 1000

/** Copies a registered model with its versions under their numbers, its tags and its aliases. */
export async function copyRegisteredModel(context: CopyContext, model: RegisteredModel): Promise<void> {
  const { source, target, tally } = context
  const { name, description } = model
  const found = await target.registeredModels.find(name)
  if (found !== undefined && found.tags[COPY_ID] !== name) {
    tally.problems.push({ what: `registered model ${name}`, why: 'the target has one of this name that is no copy' })
    return
  }
  if (found === undefined) {
    await target.registeredModels.create({ name, description, tags: { ...ownTags(model.tags), [COPY_ID]: name } })
  } else {
    if (found.description !== description) await target.registeredModels.change(name, { kind: 'describe', description })
    for (const [key, value] of Object.entries(ownTags(model.tags))) {
      if (found.tags[key] !== value) await target.registeredModels.change(name, { kind: 'set-tag', key, value })
    }
  }
  tally.count('registeredModels', found === undefined ? 'copied' : 'unchanged')
  for await (const version of source.modelVersions(name)) {
    try {
      await copyVersion(context, version)
    } catch (error) {
      tally.note(`version ${version.version} of registered model ${name}`, error)
    }
  }
  for (const [alias, version] of Object.entries(model.aliases)) {
    if (found?.aliases[alias] === version) continue
    try {
      await target.registeredModels.change(name, { kind: 'set-alias', alias, version })
    } catch (error) {
      tally.note(`alias ${alias} of registered model ${name}`, error)
    }
  }
}

async function copyVersion(context: CopyContext, version: ModelVersion): Promise<void> {
  const { target, tally, runIds, modelIds } = context
  const { name, description } = version
  const own = ownTags(version.tags)
  const state = await stateOf({ ...version, tags: own })
  const found = await target.modelVersions.find(name, version.version)
  if (found?.tags[COPY_STATE] === state) {
    tally.count('modelVersions', 'unchanged')
    return
  }
  if (found === undefined) {
    const runId = version.runId === undefined ? undefined : runIds.get(version.runId)
    const modelId = version.modelId === undefined ? undefined : modelIds.get(version.modelId)
    await createNumbered(context, version, {
      name,
      source: sourceOf(context, version.source),
      description,
      tags: own,
      ...(version.userId === '' ? {} : { userId: version.userId }),
      ...(version.runLink === undefined ? {} : { runLink: version.runLink }),
      ...(runId === undefined ? {} : { runId }),
      ...(modelId === undefined ? {} : { modelId }),
    })
  } else if (found.description !== description) {
    await target.modelVersions.change(name, version.version, { kind: 'describe', description })
  }
  const { stage } = version
  if (stage !== (found?.stage ?? 'None'))
    await target.modelVersions.change(name, version.version, { kind: 'stage', stage })
  for (const [key, value] of Object.entries({ ...own, [COPY_STATE]: state })) {
    await target.modelVersions.change(name, version.version, { kind: 'set-tag', key, value })
  }
  tally.count('modelVersions', 'copied')
}

/** Numbers are given in order: those that were deleted in the source are made and deleted. */
async function createNumbered(
  { target }: CopyContext,
  { name, version }: ModelVersion,
  made: Parameters<CopyContext['target']['modelVersions']['create']>[0],
): Promise<void> {
  for (let tries = 0; tries < WIDEST_GAP; tries++) {
    const next = await target.modelVersions.create(made)
    if (next.version === version) return
    await target.modelVersions.change(name, next.version, { kind: 'delete' })
    if (Number(next.version) > Number(version)) break
  }
  const message = `number ${version} of '${name}' cannot be given in the target any more`
  throw new MlflowError('mlflow/already-exists', message, { entity: 'model-version', name, key: version })
}

/** Where the copied files are, for a source within a run or a logged model that was copied. */
function sourceOf({ runIds, modelIds, locations }: CopyContext, source: string): string {
  const [, runId, rest = ''] = /^runs:\/+([^/]+)(\/.*)?$/.exec(source) ?? []
  if (runId !== undefined) return `runs:/${runIds.get(runId) ?? runId}${rest}`
  const modelId = /^models:\/(m-[^/]+)$/.exec(source)?.[1]
  if (modelId !== undefined) return `models:/${modelIds.get(modelId) ?? modelId}`
  // `.../<run or model>/artifacts/...`, whatever the scheme and wherever the files were
  for (const [, id = '', below = ''] of source.matchAll(/(?<=\/)([^/]+)\/artifacts(\/.*)?$/g)) {
    const to = locations.get(id)
    if (to !== undefined) return to + below
  }
  return source
}
