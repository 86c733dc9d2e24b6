/**
 * Open Inference Protocol 2 over the kept models, as clients of KServe and Triton speak it.
 * Source: KServe, open-inference-protocol, specification/protocol/inference_rest.md. Its errors are `{ "error": text }`.
 */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'

import { findModel, type ModelChoice } from '../../application/score-with-model.ts'
import { datasetOf } from '../../domain/dataset-of.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Model } from '../../domain/model.ts'
import { type DetectionRoutesDeps, MOST_BODY_BYTES } from './detection-deps.ts'
import { problemOf } from './problem.ts'

/** What the protocol's routes need, beside those of detection. */
export interface InferenceRoutesDeps extends Pick<DetectionRoutesDeps, 'models' | 'scoring' | 'mostBodyBytes'> {
  /** What the server calls itself. */
  readonly server: { readonly name: string; readonly version: string }
}

const NUMERIC = [
  'FP64',
  'FP32',
  'INT64',
  'INT32',
  'INT16',
  'INT8',
  'UINT64',
  'UINT32',
  'UINT16',
  'UINT8',
  'BOOL',
] as const

const requestSchema = z.object({
  id: z.string().optional(),
  inputs: z
    .array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().min(0)).min(1).max(2),
        datatype: z.enum(NUMERIC),
        data: z.array(z.unknown()),
      }),
    )
    .min(1),
  outputs: z.array(z.object({ name: z.string() })).optional(),
})

type InferenceRequest = z.infer<typeof requestSchema>
type Tensor = InferenceRequest['inputs'][number]

/** Routes under `/v2`: health, metadata and inference. A model takes one tensor `features` (rows, features), or one a feature. */
export function createInferenceRoutes({ models, scoring, server, mostBodyBytes }: InferenceRoutesDeps): Hono {
  const app = new Hono()
  const tooLarge = { error: 'the body is too large' }
  app.use(bodyLimit({ maxSize: mostBodyBytes ?? MOST_BODY_BYTES, onError: (c) => c.json(tooLarge, 413) }))
  app.onError((error, c) => {
    const problem = problemOf(error)
    if (problem === undefined) throw error
    return Response.json(
      { error: problem.detail },
      { status: problem.status === 422 ? 400 : problem.status, headers: c.res.headers },
    )
  })
  app.get('/health/live', (c) => c.json({ live: true }))
  app.get('/health/ready', (c) => c.json({ ready: true }))
  app.get('/', (c) => c.json({ ...server, extensions: [] }))
  for (const path of ['/models/:name', '/models/:name/versions/:version']) {
    app.get(path, async (c) => {
      const model = await findModel(models, choiceOf(c.req.param()))
      const all = (await models.list()).filter((one) => one.name === model.name)
      return c.json(
        metadataOf(
          model,
          all.map((one) => one.version),
        ),
      )
    })
    app.get(`${path}/ready`, async (c) => {
      const { name, version } = await findModel(models, choiceOf(c.req.param()))
      return c.json({ name, version: String(version), ready: true })
    })
    app.post(`${path}/infer`, async (c) => {
      const request = parsed(await c.req.json().catch(() => undefined))
      const model = await findModel(models, choiceOf(c.req.param()))
      const { name, version, features } = model
      const dataset = datasetOf(matrixOf(request.inputs, features), { features })
      const result = await scoring.execute({ name, version }, dataset, { signal: c.req.raw.signal })
      const shape = [dataset.rows]
      const outputs = [
        { name: 'score', shape, datatype: 'FP64', data: Array.from(result.scores) },
        { name: 'is_anomaly', shape, datatype: 'BOOL', data: Array.from(result.predictions, (one) => one === 1) },
      ].filter((output) => request.outputs?.some((wanted) => wanted.name === output.name) ?? true)
      return c.json({
        model_name: name,
        model_version: String(version),
        ...(request.id !== undefined && { id: request.id }),
        outputs,
      })
    })
  }
  return app
}

function choiceOf({ name = '', version }: Readonly<Partial<Record<string, string>>>): ModelChoice {
  if (version === undefined) return { name }
  if (/^[1-9]\d{0,8}$/.test(version)) return { name, version: Number(version) }
  const message = `there is no version ${JSON.stringify(version)}; versions are 1, 2, 3 ...`
  throw new AnomalyDetectionError('anomaly-detection/unknown-model', message, { name, version })
}

function metadataOf({ name, features }: Model, versions: ReadonlyArray<number>): object {
  return {
    name,
    versions: versions.map(String),
    platform: 'nomaly',
    inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, features.length] }],
    outputs: [
      { name: 'score', datatype: 'FP64', shape: [-1] },
      { name: 'is_anomaly', datatype: 'BOOL', shape: [-1] },
    ],
    properties: { features: features.join(',') },
  }
}

function parsed(input: unknown): InferenceRequest {
  const result = requestSchema.safeParse(input)
  if (result.success) return result.data
  const issues = result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw invalid(issues.map(({ path, message }) => `${path === '' ? 'the body' : path}: ${message}`).join('; '))
}

function matrixOf(inputs: ReadonlyArray<Tensor>, features: ReadonlyArray<string>) {
  const [first] = inputs
  if (inputs.length === 1 && first?.shape.length === 2) {
    const [rows = 0, columns = 0] = first.shape
    if (columns !== features.length) {
      throw invalid(
        `input ${JSON.stringify(first.name)} has ${columns} columns; the model reads ${features.length}: ${features.join(', ')}`,
      )
    }
    return { data: numbersOf(first), rows, columns }
  }
  const rows = first?.shape[0] ?? 0
  const data = new Float64Array(rows * features.length)
  features.forEach((feature, column) => {
    const tensor = inputs.find((one) => one.name === feature)
    if (tensor === undefined)
      throw invalid(`there is no input ${JSON.stringify(feature)}; the model reads ${features.join(', ')}`)
    const values = numbersOf(tensor)
    if (values.length !== rows)
      throw invalid(`input ${JSON.stringify(feature)} has ${values.length} values, and the first input ${rows}`)
    for (let row = 0; row < rows; row++) data[row * features.length + column] = values[row] as number
  })
  return { data, rows, columns: features.length }
}

// The protocol lets data be nested as the shape is, or flat.
function numbersOf({ name, shape, data }: Tensor): Float64Array {
  const flat = data.flat()
  const expected = shape.reduce((product, size) => product * size, 1)
  if (flat.length !== expected)
    throw invalid(`input ${JSON.stringify(name)} has ${flat.length} values; its shape needs ${expected}`)
  const values = new Float64Array(expected)
  flat.forEach((value, i) => {
    if (typeof value !== 'number' && typeof value !== 'boolean')
      throw invalid(`input ${JSON.stringify(name)}: value ${i} is no number`)
    values[i] = Number(value)
  })
  return values
}

const invalid = (message: string): AnomalyDetectionError =>
  new AnomalyDetectionError('anomaly-detection/invalid-options', message)
