import { z } from 'zod'

import { MlflowError } from '../../../domain/errors.ts'
import type { ModelVersion } from '../../../domain/model-version.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { field } from '../request/fields.ts'
import { maxResults, versionOf } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { recordOf, some } from '../wire/plain.ts'
import { modelVersionWire, registeredModelWire } from '../wire/registry-wire.ts'
import { foundModel, foundVersion } from './found.ts'
import { queryOf } from './query.ts'
import { stageOf } from './stages.ts'

const pair = z.object({ key: field.requiredText(), value: field.textOr('') })
const name = { name: field.requiredText() }
const path = (last: string): string => `/mlflow/registered-models/${last}`

/** Registered models: create, read, search, change, delete, tags, aliases, newest versions. */
export function modelEndpoints(ports: TrackerPorts): ReadonlyArray<Endpoint> {
  const { registeredModels: models } = ports
  return [
    endpoint(
      'POST',
      path('create'),
      { ...name, tags: field.list(pair), description: field.text() },
      async ({ name: model, tags, description }) => {
        const made = await models.create({
          name: model,
          tags: recordOf(tags),
          ...(description === undefined ? {} : { description }),
        })
        return { registered_model: registeredModelWire(made) }
      },
    ),
    endpoint('GET', path('get'), name, async ({ name: model }) => ({
      registered_model: registeredModelWire(await foundModel(ports, model)),
    })),
    endpoint(
      'GET',
      path('search'),
      {
        filter: field.text(),
        max_results: maxResults(1000, 100),
        order_by: field.texts(),
        page_token: field.text(),
      },
      async (request) => {
        const { items, next } = await models.search(queryOf(request, 'active'))
        return { registered_models: some(items)?.map(registeredModelWire), next_page_token: next }
      },
    ),
    endpoint('PATCH', path('update'), { ...name, description: field.textOr('') }, async (request) => {
      const changed = await models.change(request.name, { kind: 'describe', description: request.description })
      return { registered_model: registeredModelWire(changed ?? (await foundModel(ports, request.name))) }
    }),
    endpoint('POST', path('rename'), { ...name, new_name: field.requiredText() }, async (request) => {
      const changed = await models.change(request.name, { kind: 'rename', name: request.new_name })
      return { registered_model: registeredModelWire(changed ?? (await foundModel(ports, request.new_name))) }
    }),
    endpoint('DELETE', path('delete'), name, async (request) => {
      await models.change(request.name, { kind: 'delete' })
      return {}
    }),
    ...(['GET', 'POST'] as const).map((method) =>
      endpoint(method, path('get-latest-versions'), { ...name, stages: field.texts() }, async (request) => ({
        model_versions: some(await latestVersions(ports, request.name, request.stages))?.map(modelVersionWire),
      })),
    ),
    endpoint('POST', path('set-tag'), { ...name, ...pair.shape }, async ({ name: model, key, value }) => {
      await models.change(model, { kind: 'set-tag', key, value })
      return {}
    }),
    endpoint('DELETE', path('delete-tag'), { ...name, key: field.requiredText() }, async ({ name: model, key }) => {
      await models.change(model, { kind: 'delete-tag', key })
      return {}
    }),
    ...aliasEndpoints(ports),
  ]
}

function aliasEndpoints(ports: TrackerPorts): ReadonlyArray<Endpoint> {
  const shape = { ...name, alias: field.requiredText() }
  return [
    endpoint('POST', path('alias'), { ...shape, version: field.requiredText() }, async (request) => {
      const version = versionOf(request.version)
      await ports.registeredModels.change(request.name, { kind: 'set-alias', alias: request.alias, version })
      return {}
    }),
    endpoint('DELETE', path('alias'), shape, async ({ name: model, alias }) => {
      await ports.registeredModels.change(model, { kind: 'delete-alias', alias })
      return {}
    }),
    endpoint('GET', path('alias'), shape, async ({ name: model, alias }) => ({
      model_version: modelVersionWire(await versionByAlias(ports, model, alias)),
    })),
  ]
}

/** @throws MlflowError `mlflow/not-found` for the model; `mlflow/invalid-argument` for the alias, as MLflow does */
export async function versionByAlias(ports: TrackerPorts, model: string, alias: string): Promise<ModelVersion> {
  const { aliases, latestVersions: latest } = await foundModel(ports, model)
  if (alias.toLowerCase() === 'latest') {
    const newest = latest[0]
    if (newest !== undefined) return newest
  }
  const version = Object.hasOwn(aliases, alias) ? aliases[alias] : undefined
  if (version !== undefined) return foundVersion(ports, model, version)
  throw new MlflowError('mlflow/invalid-argument', `Registered model alias ${alias} not found.`)
}

/** The newest version of each stage asked for, of all stages where none is. */
export async function latestVersions(
  ports: TrackerPorts,
  model: string,
  stages: ReadonlyArray<string>,
): Promise<ReadonlyArray<ModelVersion>> {
  const wanted = stages.map(stageOf)
  const { latestVersions: latest } = await foundModel(ports, model)
  return wanted.length === 0 ? latest : latest.filter(({ stage }) => wanted.includes(stage))
}
