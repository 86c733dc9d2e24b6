import { z } from 'zod'

import type { DatasetKey, LoggedModelStore } from '../../application/ports/logged-model-store.ts'
import { MlflowError } from '../../domain/errors.ts'
import type { LoggedModel, LoggedModelChange } from '../../domain/logged-model.ts'
import * as answers from './answers.ts'
import type { MlflowConnection } from './mlflow-connection.ts'
import { orUndefined, pairsOf, remoteSearch } from './remote-search.ts'

const { read } = answers

const model: z.ZodType<LoggedModel> = z
  .object({
    info: z.object({
      model_id: z.string(),
      experiment_id: z.string(),
      name: z.string().default(''),
      creation_timestamp_ms: read.whole.default(0),
      last_updated_timestamp_ms: read.whole.default(0),
      artifact_uri: z.string().default(''),
      status: z
        .enum(['LOGGED_MODEL_PENDING', 'LOGGED_MODEL_READY', 'LOGGED_MODEL_UPLOAD_FAILED'])
        .catch('LOGGED_MODEL_PENDING'),
      model_type: read.filled,
      source_run_id: read.filled,
      status_message: read.filled,
      tags: read.pairs,
    }),
    data: z
      .object({ params: read.pairs, metrics: z.array(answers.metric).default([]) })
      .default({ params: {}, metrics: [] }),
  })
  .transform(({ info, data }) => ({
    id: info.model_id,
    experimentId: info.experiment_id,
    name: info.name,
    ...(info.model_type === undefined ? {} : { modelType: info.model_type }),
    ...(info.source_run_id === undefined ? {} : { sourceRunId: info.source_run_id }),
    status: info.status.slice('LOGGED_MODEL_'.length) as LoggedModel['status'], // one of the three above
    ...(info.status_message === undefined ? {} : { statusMessage: info.status_message }),
    artifactLocation: info.artifact_uri,
    createdAt: info.creation_timestamp_ms,
    updatedAt: info.last_updated_timestamp_ms,
    params: data.params,
    tags: info.tags,
    metrics: data.metrics.map((point) => ({ ...point, runId: point.runId ?? '' })),
  }))
const one = z.object({ model })

const MOST_PARAMS = 100 // in one call

/** Logged models of a remote MLflow 3; a server of 2.x has none and answers `not-supported`. */
export function remoteLoggedModels(connection: MlflowConnection): LoggedModelStore {
  const get = async (id: string): Promise<LoggedModel> => (await connection.call('GET', pathOf(id), {}, one)).model
  const logParams = async (id: string, params: ReadonlyArray<object>): Promise<void> => {
    for (let i = 0; i < params.length; i += MOST_PARAMS) {
      const part = { model_id: id, params: params.slice(i, i + MOST_PARAMS) }
      await connection.call('POST', pathOf(id, '/params'), part, answers.nothing)
    }
  }
  return {
    create: async ({ experimentId, name, modelType, sourceRunId, params = {}, tags = {} }) => {
      if (name === '') throw new MlflowError('mlflow/invalid-argument', 'name: must not be empty', { field: 'name' })
      const listed = pairsOf(params)
      const fields = {
        experiment_id: experimentId,
        name,
        model_type: modelType,
        source_run_id: sourceRunId,
        params: listed.slice(0, MOST_PARAMS),
        tags: pairsOf(tags),
      }
      const made = (await connection.call('POST', 'logged-models', fields, one)).model
      if (listed.length <= MOST_PARAMS) return made
      await logParams(made.id, listed.slice(MOST_PARAMS))
      return get(made.id)
    },
    find: (id) => orUndefined(get(id)),
    change: async (id, change) => {
      const before = await get(id)
      if (change.kind === 'log-params') await logParams(id, pairsOf(change.params))
      else {
        const [method, path, fields] = callOf(id, change)
        await connection.call(method, path, fields, answers.nothing)
      }
      return change.kind === 'delete' ? before : get(id)
    },
    search: (query) =>
      remoteSearch(connection, query, {
        method: 'POST',
        path: 'logged-models/search',
        member: 'models',
        item: model,
        longest: 50,
        fields: {
          experiment_ids: query.experimentIds,
          order_by: (query.orderBy ?? []).map((text, i) => orderOf(text, query.orderDatasets?.[i])),
          ...(query.datasets === undefined
            ? {}
            : { datasets: query.datasets.map(({ name, digest }) => ({ dataset_name: name, dataset_digest: digest })) }),
        },
      }),
  }
}

const pathOf = (id: string, rest = ''): string => `logged-models/${encodeURIComponent(id)}${rest}`

function callOf(
  id: string,
  change: Exclude<LoggedModelChange, { readonly kind: 'log-params' }>,
): readonly ['PATCH' | 'DELETE', string, Readonly<Record<string, unknown>>] {
  switch (change.kind) {
    case 'finalize':
      return ['PATCH', pathOf(id), { model_id: id, status: `LOGGED_MODEL_${change.status}` }]
    case 'set-tags':
      return ['PATCH', pathOf(id, '/tags'), { model_id: id, tags: pairsOf(change.tags) }]
    case 'delete-tag':
      return ['DELETE', pathOf(id, `/tags/${encodeURIComponent(change.key)}`), {}]
    case 'delete':
      return ['DELETE', pathOf(id), {}]
  }
}

function orderOf(text: string, dataset: DatasetKey | undefined): object {
  const [, name = text, direction = 'ASC'] = /^\s*(.*?)(?:\s+(ASC|DESC))?\s*$/i.exec(text) ?? []
  const of = dataset && { dataset_name: dataset.name, dataset_digest: dataset.digest }
  return { field_name: name, ascending: direction.toUpperCase() === 'ASC', ...of }
}
