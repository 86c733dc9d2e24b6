import { z } from 'zod'

import { MlflowError } from '../../../domain/errors.ts'
import type { MetricPoint } from '../../../domain/metric.ts'
import { type Endpoint, endpoint } from '../endpoint.ts'
import { detailsOf } from '../failure.ts'
import { field } from '../request/fields.ts'
import type { RequestOf } from '../request/read-request.ts'
import type { TrackerPorts } from '../tracker-ports.ts'
import { recordOf } from '../wire/plain.ts'
import { cutParams, cutTags } from './long-values.ts'
import { OneByOne } from './one-by-one.ts'

const id = { run_id: field.requiredText() }
const pair = z.object({ key: field.requiredText(), value: field.textOr('') })
const metric = {
  key: field.requiredText(),
  value: field.requiredDouble(),
  timestamp: field.requiredInt64(),
  step: field.int64(),
  model_id: field.text(),
  dataset_name: field.text(),
  dataset_digest: field.text(),
}
const path = (name: string): string => `/mlflow/runs/${name}`

/** What is written to runs: metrics, parameters, tags, inputs, outputs and, for 2.x, models. */
export function logEndpoints(ports: TrackerPorts, isCutting: boolean): ReadonlyArray<Endpoint> {
  const { log } = ports
  return [
    endpoint('POST', path('log-metric'), { ...id, ...metric }, async (request) => {
      await alone(log.log(request.run_id, { metrics: [pointOf(request)] }))
      return {}
    }),
    endpoint('POST', path('log-parameter'), { ...id, ...pair.shape }, async ({ run_id, key, value }) => {
      await alone(log.log(run_id, { params: cutParams([{ key, value }], isCutting) }))
      return {}
    }),
    endpoint('POST', path('set-tag'), { ...id, ...pair.shape }, async ({ run_id, key, value }) => {
      await alone(log.log(run_id, { tags: cutTags([{ key, value }], isCutting) }))
      return {}
    }),
    endpoint(
      'POST',
      path('log-batch'),
      { ...id, metrics: field.list(z.object(metric)), params: field.list(pair), tags: field.list(pair) },
      async ({ run_id, metrics, params, tags }) => {
        refuseLongBatch(metrics.length, params.length, tags.length)
        refuseRepeatedParams(params)
        await log.log(run_id, {
          metrics: metrics.map(pointOf),
          params: cutParams(params, isCutting),
          tags: cutTags(tags, isCutting),
        })
        return {}
      },
    ),
    logInputs(ports),
    endpoint(
      'POST',
      path('outputs'),
      {
        ...id,
        models: field.requiredList(z.object({ model_id: field.requiredText(), step: field.int64() })),
      },
      async ({ run_id, models }) => {
        await log.logOutputs(
          run_id,
          models.map(({ model_id, step }) => ({ modelId: model_id, step: step ?? 0 })),
        )
        return {}
      },
    ),
    logModel(ports),
  ]
}

/** What is wrong with the one piece of a batch is said of the piece, as it was sent alone. */
async function alone(work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    const details = detailsOf(error)
    const [, list, member] = /^(metrics|params|tags)\[0\]\.(\w+)$/.exec(String(details['field'])) ?? []
    if (!(error instanceof Error) || member === undefined) throw error
    const name = list === 'metrics' && member === 'key' ? 'metric name' : member
    throw new MlflowError('mlflow/invalid-argument', error.message, { ...details, field: name }, error)
  }
}

function logInputs({ log }: TrackerPorts): Endpoint {
  const dataset = z.object({
    name: field.requiredText(),
    digest: field.requiredText(),
    source_type: field.requiredText(),
    source: field.requiredText(),
    schema: field.text(),
    profile: field.text(),
  })
  const shape = {
    ...id,
    datasets: field.list(z.object({ tags: field.list(pair), dataset })),
    models: field.list(z.object({ model_id: field.requiredText() })),
  }
  return endpoint('POST', path('log-inputs'), shape, async ({ run_id, datasets, models }) => {
    await log.logInputs(run_id, {
      datasets: datasets.map(({ tags, dataset: { name, digest, source_type, source, schema, profile } }) => ({
        name,
        digest,
        sourceType: source_type,
        source,
        ...(schema === undefined ? {} : { schema }),
        ...(profile === undefined ? {} : { profile }),
        tags: recordOf(tags),
      })),
      models: models.map(({ model_id }) => ({ modelId: model_id })),
    })
    return {}
  })
}

const HISTORY_TAG = 'mlflow.log-model.history'
const MODEL_FIELDS = ['artifact_path', 'flavors', 'utc_time_created', 'run_id']

function logModel({ runs, log }: TrackerPorts): Endpoint {
  const writers = new OneByOne() // the tag is read, extended and written back
  return endpoint('POST', path('log-model'), { ...id, model_json: field.requiredText() }, async (request) => {
    const model = modelOf(request.model_json)
    const missing = MODEL_FIELDS.filter((name) => !(name in model))
    if (missing.length > 0) {
      const names = missing.map((name) => `'${name}'`).join(', ')
      throw new MlflowError('mlflow/invalid-argument', `Model json is missing mandatory fields: {${names}}`)
    }
    await writers.run(request.run_id, async () => {
      const before = (await runs.find(request.run_id))?.tags[HISTORY_TAG]
      const history: unknown = before === undefined ? [] : JSON.parse(before)
      const value = JSON.stringify([...(Array.isArray(history) ? history : []), model])
      await log.log(request.run_id, { tags: [{ key: HISTORY_TAG, value }] })
    })
    return {}
  })
}

function modelOf(text: string): object {
  let model: unknown
  try {
    model = JSON.parse(text)
  } catch (error) {
    const message = `Malformed model info. \n ${text.slice(0, 1000)} \n is not a valid JSON.`
    throw new MlflowError('mlflow/invalid-argument', message, {}, error)
  }
  if (typeof model === 'object' && model !== null && !Array.isArray(model)) return model
  throw new MlflowError('mlflow/invalid-argument', 'Malformed model info: it must be a JSON object.')
}

function pointOf(request: RequestOf<typeof metric>): MetricPoint {
  const { key, value, timestamp: at, step, model_id, dataset_name, dataset_digest } = request
  return {
    key,
    value,
    at,
    step: step ?? 0,
    ...(model_id === undefined || model_id === '' ? {} : { modelId: model_id }),
    ...(dataset_name === undefined || dataset_name === '' ? {} : { datasetName: dataset_name }),
    ...(dataset_digest === undefined || dataset_digest === '' ? {} : { datasetDigest: dataset_digest }),
  }
}

function refuseLongBatch(metrics: number, params: number, tags: number): void {
  const counts = { metrics, params, tags, 'metrics, params, and tags': metrics + params + tags }
  const limits = { metrics: 1000, params: 100, tags: 100, 'metrics, params, and tags': 1000 }
  for (const [name, limit] of Object.entries(limits)) {
    const count = counts[name as keyof typeof counts] // the same names
    if (count <= limit) continue
    throw new MlflowError(
      'mlflow/invalid-argument',
      `A batch logging request can contain at most ${limit} ${name}. Got ${count} ${name}. ` +
        `Please split up ${name} across multiple requests and try again.`,
    )
  }
}

function refuseRepeatedParams(params: ReadonlyArray<{ readonly key: string }>): void {
  const seen = new Set<string>()
  const repeated = new Set(params.map(({ key }) => key).filter((key) => seen.size === seen.add(key).size))
  if (repeated.size === 0) return
  throw new MlflowError(
    'mlflow/invalid-argument',
    `Duplicate parameter keys have been submitted: [${[...repeated].map((key) => `'${key}'`).join(', ')}]. Please ` +
      'ensure the request contains only one param value per param key.',
  )
}
