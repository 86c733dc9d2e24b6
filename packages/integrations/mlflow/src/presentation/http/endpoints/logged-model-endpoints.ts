import { z } from 'zod'

import type { DatasetKey } from '../../../application/ports/logged-model-store.ts'
import { MlflowError } from '../../../domain/errors.ts'
import type { ArtifactRoots } from '../artifacts/artifact-roots.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { field, named } from '../request/fields.ts'
import { experimentIdOf, maxResults } from '../request/limits.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { loggedModelWire } from '../wire/logged-model-wire.ts'
import { recordOf, some } from '../wire/plain.ts'
import { foundLoggedModel } from './found.ts'
import { queryOf } from './query.ts'

const pair = z.object({ key: field.requiredText(), value: field.textOr('') })
const id = { model_id: field.requiredText() }
const statuses = {
  LOGGED_MODEL_STATUS_UNSPECIFIED: 0,
  LOGGED_MODEL_PENDING: 1,
  LOGGED_MODEL_READY: 2,
  LOGGED_MODEL_UPLOAD_FAILED: 3,
} as const
const root = '/mlflow/logged-models'
const MOST_PARAMS = 100 // in one call

/** Logged models of MLflow 3: create, read, search, finish, change, delete, list their files. */
export function loggedModelEndpoints(ports: TrackerPorts, roots: ArtifactRoots): ReadonlyArray<Endpoint> {
  const { loggedModels: models } = ports
  return [
    createModel(ports),
    searchModels(ports),
    endpoint('GET', `${root}/:model_id`, id, async ({ model_id }) => ({
      model: loggedModelWire(await foundLoggedModel(ports, model_id)),
    })),
    endpoint('DELETE', `${root}/:model_id`, id, async ({ model_id }) => {
      await foundLoggedModel(ports, model_id)
      await models.change(model_id, { kind: 'delete' })
      return {}
    }),
    endpoint('PATCH', `${root}/:model_id`, { ...id, status: named(statuses) }, async ({ model_id, status }) => {
      if (status !== 'LOGGED_MODEL_READY' && status !== 'LOGGED_MODEL_UPLOAD_FAILED') {
        const message =
          status === undefined ? 'Missing value for required parameter' : `Invalid value "${status}" for parameter`
        throw new MlflowError(
          'mlflow/invalid-argument',
          `${message} 'status'${status === undefined ? '.' : ' supplied.'}`,
        )
      }
      const end = status === 'LOGGED_MODEL_READY' ? 'READY' : 'UPLOAD_FAILED'
      return { model: loggedModelWire(await models.change(model_id, { kind: 'finalize', status: end })) }
    }),
    endpoint('POST', `${root}/:model_id/params`, { ...id, params: field.list(pair) }, async ({ model_id, params }) => {
      refuseManyParams(params.length)
      await models.change(model_id, { kind: 'log-params', params: recordOf(params) })
      return {}
    }),
    endpoint('PATCH', `${root}/:model_id/tags`, { ...id, tags: field.list(pair) }, async ({ model_id, tags }) => {
      await models.change(model_id, { kind: 'set-tags', tags: recordOf(tags) })
      return {}
    }),
    endpoint(
      'DELETE',
      `${root}/:model_id/tags/:key`,
      { ...id, key: field.requiredText() },
      async ({ model_id, key }) => {
        await models.change(model_id, { kind: 'delete-tag', key })
        return {}
      },
    ),
    endpoint(
      'GET',
      `${root}/:model_id/artifacts/directories`,
      { ...id, artifact_directory_path: field.text() },
      async ({ model_id, artifact_directory_path: path }) => {
        const model = await foundLoggedModel(ports, model_id)
        return { root_uri: model.artifactLocation, files: some(await roots.list(model.artifactLocation, path ?? '')) }
      },
    ),
  ]
}

function createModel({ loggedModels }: TrackerPorts): Endpoint {
  const shape = {
    experiment_id: field.requiredText(),
    name: field.text(),
    model_type: field.text(),
    source_run_id: field.text(),
    params: field.list(pair),
    tags: field.list(pair),
  }
  return endpoint('POST', root, shape, async (request) => {
    const { name, model_type: modelType, source_run_id: sourceRunId } = request
    const model = await loggedModels.create({
      experimentId: experimentIdOf(request.experiment_id),
      ...(name ? { name } : {}),
      ...(modelType ? { modelType } : {}),
      ...(sourceRunId ? { sourceRunId } : {}),
      params: recordOf(request.params),
      tags: recordOf(request.tags),
    })
    return { model: loggedModelWire(model) }
  })
}

function searchModels({ loggedModels }: TrackerPorts): Endpoint {
  const dataset = z.object({ dataset_name: field.requiredText(), dataset_digest: field.text() })
  const order = z.object({
    field_name: field.requiredText(),
    ascending: field.flag(),
    dataset_name: field.text(),
    dataset_digest: field.text(),
  })
  const shape = {
    experiment_ids: field.requiredTexts(),
    filter: field.text(),
    datasets: field.list(dataset),
    max_results: maxResults(50_000, 50),
    order_by: field.list(order),
    page_token: field.text(),
  }
  return endpoint('POST', `${root}/search`, shape, async ({ order_by, datasets, experiment_ids, ...request }) => {
    const orderBy = order_by.map(({ field_name, ascending = true }) => `${field_name} ${ascending ? 'ASC' : 'DESC'}`)
    const { items, next } = await loggedModels.search({
      ...queryOf({ ...request, order_by: orderBy }, 'active'),
      experimentIds: experiment_ids.map(experimentIdOf),
      ...(datasets.length === 0
        ? {}
        : { datasets: datasets.map((one) => datasetOf(one.dataset_name, one.dataset_digest)) }),
      ...(order_by.length === 0 ? {} : { orderDatasets: order_by.map(orderDatasetOf) }),
    })
    return { models: some(items)?.map(loggedModelWire), next_page_token: next }
  })
}

interface OrderFields {
  readonly dataset_name?: string | undefined
  readonly dataset_digest?: string | undefined
}

function orderDatasetOf({ dataset_name: name, dataset_digest: digest }: OrderFields): DatasetKey | undefined {
  if (name) return datasetOf(name, digest)
  if (!digest) return undefined
  throw new MlflowError('mlflow/invalid-argument', '`dataset_digest` can only be specified if `dataset_name` is given.')
}

function datasetOf(name: string, digest: string | undefined): DatasetKey {
  return digest ? { name, digest } : { name }
}

function refuseManyParams(count: number): void {
  if (count <= MOST_PARAMS) return
  const message = `A request can contain at most ${MOST_PARAMS} params. Got ${count} params.`
  throw new MlflowError('mlflow/invalid-argument', message)
}
