import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { DetectionOptions } from '../../application/detection-options.ts'
import { EXPLANATION_METHODS } from '../../application/explanation/method-names.ts'
import type { DetectionResult } from '../../domain/detection-result.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import { datasetOfBody } from './dataset-of-body.ts'
import { json, problem } from './described.ts'
import type { DetectionRoutesDeps } from './detection-deps.ts'
import { modelSchema, summaryJson } from './model-json.ts'

const MOST_ANOMALIES = 10_000

// Beside the routes, as their types are inferred from each other.
const data = {
  rows: z
    .array(z.unknown()) // of which each value is checked as it is taken over: looking at each twice would take longer than scoring it
    .min(1)
    .optional()
    .openapi({
      description: 'Lists of numbers, or records; null is missing.',
      items: { anyOf: [{ type: 'array', items: {} }, { type: 'object' }] },
      example: [
        [1, 2],
        [1, 3],
        [90, 2],
      ],
    }),
  dataset: z.string().min(1).max(64).optional().openapi({ description: 'The id of a kept data set, instead of rows.' }),
  columns: z.array(z.string()).min(1).optional().openapi({ description: 'Names of the columns, or which to use.' }),
  missing: z.enum(['reject', 'drop', 'median']).optional(),
}
const model = z.strictObject({ name: z.string().min(1), version: z.int().min(1).optional() })
const policy = z.union([
  z.number(),
  z.strictObject({ kind: z.literal('contamination'), contamination: z.number().gt(0).max(0.5) }),
  z.strictObject({ kind: z.literal('mad'), multiplier: z.number().gt(0) }),
  z.strictObject({ kind: z.literal('fixed'), value: z.number() }),
])
const how = {
  detector: z.string().optional().openapi({ description: 'Default iforest.' }),
  parameters: z.record(z.string(), z.unknown()).optional(),
  contamination: z.number().gt(0).max(0.5).optional(),
  threshold: policy.optional().openapi({ description: 'Where to cut the scores; a number is the cut itself.' }),
  seed: z.int().min(0).optional(),
}
const normalize = z.enum(['z-score', 'min-max', 'robust']).optional()
const detectBody = z.strictObject({ ...data, ...how, model: model.optional() }).openapi('DetectRequest')
const trainBody = z.strictObject({ ...data, ...how, normalize }).openapi('TrainRequest')
const explainBody = z
  .strictObject({
    ...data,
    ...how,
    normalize,
    model: model.optional(),
    explanation: z
      .strictObject({
        rows: z.array(z.int().min(0)).min(1).max(1000).optional(),
        limit: z.int().min(1).max(1000).optional(),
        method: z.enum(['auto', ...EXPLANATION_METHODS]).optional(),
        samples: z.int().min(1).optional(),
        backgroundRows: z.int().min(10).optional(),
        counterfactual: z.boolean().optional(),
      })
      .optional(),
  })
  .openapi('ExplainRequest')

const anomalySchema = z
  .object({
    index: z.int().openapi({ description: '0-based row of what was sent.' }),
    score: z.number(),
    features: z.array(z.looseObject({ feature: z.string() })),
    explanation: z.looseObject({}).optional(),
  })
  .openapi('Anomaly')

const detectionSchema = z
  .object({
    id: z.string(),
    algorithm: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    threshold: z.number(),
    scores: z.array(z.number()).openapi({ description: 'One a row; higher is more anomalous.' }),
    anomalies: z
      .array(anomalySchema)
      .openapi({ description: 'The rows above the threshold, the highest score first, at most 10,000.' }),
    metadata: z.record(z.string(), z.unknown()),
  })
  .openapi('Detection')

const body = <S>(schema: S) => ({ required: true, content: { 'application/json': { schema } } })
const refusals = {
  400: problem('The request is malformed.'),
  404: problem('There is no such detector, model or data set.'),
  413: problem('The body is too large.'),
  422: problem('The data or options cannot be used; the detail says which and why.'),
}

const detectRoute = createRoute({
  method: 'post',
  path: '/detect',
  tags: ['Detection'],
  operationId: 'detect',
  summary: 'Find the anomalies among rows, with a detector fitted to them or with a kept model',
  request: { body: body(detectBody) },
  responses: { 200: json(detectionSchema, 'Scores, threshold and anomalies.'), ...refusals },
})

const explainRoute = createRoute({
  method: 'post',
  path: '/explain',
  tags: ['Detection'],
  operationId: 'explain',
  summary: 'Say why rows score as they do',
  request: { body: body(explainBody) },
  responses: {
    200: json(
      z
        .object({ detection: detectionSchema, explanations: z.array(z.looseObject({ row: z.int() })) })
        .openapi('Explained'),
      'The detection, and what each feature has to do with it.',
    ),
    ...refusals,
  },
})

const trainRoute = createRoute({
  method: 'post',
  path: '/models/{name}/versions',
  tags: ['Models'],
  operationId: 'trainModel',
  summary: 'Fit a detector and keep it as the next version of a model',
  request: { params: z.object({ name: z.string().min(1).max(128) }), body: body(trainBody) },
  responses: { 201: json(modelSchema, 'It is kept; `Location` is where.'), ...refusals },
})

/** Detection, explanation and training. */
export function mountDetection(app: OpenAPIHono, deps: DetectionRoutesDeps): void {
  app.openapi(detectRoute, async (c) => {
    const { model: choice, ...request } = c.req.valid('json')
    const { signal } = c.req.raw
    const dataset = await datasetOfBody(request, deps, signal, choice)
    if (choice !== undefined) {
      const threshold = typeof request.threshold === 'number' ? request.threshold : undefined
      return c.json(jsonOf(await deps.scoring.execute(choice, dataset, { threshold, signal })), 200)
    }
    return c.json(jsonOf(await deps.detection.execute(dataset, optionsOf(request, signal))), 200)
  })
  app.openapi(explainRoute, async (c) => {
    const { model: choice, explanation, ...request } = c.req.valid('json')
    const { signal } = c.req.raw
    const dataset = await datasetOfBody(request, deps, signal, choice)
    const threshold = typeof request.threshold === 'number' ? request.threshold : undefined
    const meant =
      choice === undefined
        ? { detection: { ...optionsOf(request), normalize: request.normalize } }
        : { model: { ...choice, threshold } }
    const { result, explanations } = await deps.explaining.execute(dataset, { ...meant, explanation, signal })
    return c.json({ detection: jsonOf(result), explanations: explanations.map(plainOf) }, 200)
  })
  app.openapi(trainRoute, async (c) => {
    const { name } = c.req.valid('param')
    const request = c.req.valid('json')
    const { signal } = c.req.raw
    const dataset = await datasetOfBody(request, deps, signal)
    const trained = await deps.training.execute(name, dataset, {
      ...optionsOf(request, signal),
      normalize: request.normalize,
    })
    return c.json(summaryJson(trained), 201, { Location: `${c.req.path}/${trained.version}` })
  })
}

type HowOfBody = Omit<z.infer<typeof trainBody>, 'normalize'>

function optionsOf(
  { detector, parameters, contamination, threshold, seed }: HowOfBody,
  signal?: AbortSignal,
): DetectionOptions {
  const policyOf = typeof threshold === 'number' ? ({ kind: 'fixed', value: threshold } as const) : threshold
  return { detector, parameters, contamination, threshold: policyOf, seed, signal }
}

function jsonOf(result: DetectionResult): z.infer<typeof detectionSchema> {
  const { id, algorithm, parameters, threshold, scores, metadata } = result
  const anomalies = result.anomalies(MOST_ANOMALIES).map(({ index, score, features, explanation }) => ({
    index,
    score,
    features: features.map((feature) => ({ ...feature })),
    ...(explanation && { explanation: { ...explanation } }),
  }))
  return { id, algorithm, parameters, threshold, scores: Array.from(scores), anomalies, metadata }
}

// Its lists are readonly, which the type of a JSON answer is not.
const plainOf = (explanation: RowExplanation): { row: number } => ({ ...explanation })
