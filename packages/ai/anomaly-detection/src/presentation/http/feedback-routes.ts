import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import { evaluateFeedback } from '../../application/results/give-feedback.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { json, problem } from './described.ts'
import type { ResultRoutesDeps } from './detection-deps.ts'
import { feedbackBody, feedbackSchema, rowInPath } from './result-schemas.ts'

// Beside the routes, as their types are inferred from each other.
const tags = ['Results']
const id = z.string().min(1).max(64)
const params = z.object({ id })
const rowParams = z.object({ id, row: rowInPath })
const malformed = problem('The request is malformed.')
const absent = problem('There is no such result or row.')

const putRoute = createRoute({
  method: 'put',
  path: '/results/{id}/feedback/{row}',
  tags,
  operationId: 'giveFeedback',
  summary: 'Say whether a row is an anomaly',
  request: {
    params: rowParams,
    body: { required: true, content: { 'application/json': { schema: feedbackBody } } },
  },
  responses: { 200: json(feedbackSchema, 'It is kept.'), 400: malformed, 404: absent },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/results/{id}/feedback/{row}',
  tags,
  operationId: 'removeFeedback',
  summary: 'Take back what was said of a row',
  request: { params: rowParams },
  responses: { 204: { description: 'It is gone.' }, 400: malformed, 404: absent },
})

const listRoute = createRoute({
  method: 'get',
  path: '/results/{id}/feedback',
  tags,
  operationId: 'listFeedback',
  summary: 'The feedback on a result',
  request: { params },
  responses: {
    200: json(z.object({ feedback: z.array(feedbackSchema) }).openapi('FeedbackList'), 'By row.'),
    400: malformed,
    404: absent,
  },
})

const evaluationRoute = createRoute({
  method: 'get',
  path: '/results/{id}/evaluation',
  tags,
  operationId: 'evaluateResult',
  summary: 'How many of the anomalies that were looked at are ones',
  request: { params },
  responses: {
    200: json(
      z
        .object({
          reviewed: z.int().openapi({ description: 'Anomalies of the result on which there is feedback.' }),
          trueAlarms: z.int(),
          falseAlarms: z.int(),
          precision: z.number().nullable().openapi({ description: 'trueAlarms / reviewed.' }),
          interval: z.array(z.number()).nullable().openapi({
            description: "Wilson's interval of the precision, 95 %: what was reviewed taken for a sample.",
          }),
          missed: z.int().openapi({ description: 'True alarms among rows that the result takes for normal.' }),
        })
        .openapi('ResultEvaluation'),
      'Null where nothing is reviewed.',
    ),
    400: malformed,
    404: absent,
  },
})

/** Feedback on the rows of kept results. */
export function mountFeedback(app: OpenAPIHono, { store, feedback, giving }: ResultRoutesDeps): void {
  app.openapi(putRoute, async (c) => {
    const { id: result, row } = c.req.valid('param')
    return c.json(await giving.execute(result, { row, ...c.req.valid('json') }), 200)
  })
  app.openapi(removeRoute, async (c) => {
    const { id: result, row } = c.req.valid('param')
    if (!(await feedback.remove(result, row))) {
      const message = `there is no feedback on row ${row}`
      throw new AnomalyDetectionError('anomaly-detection/unknown-row', message, { row })
    }
    return c.body(null, 204)
  })
  app.openapi(listRoute, async (c) => {
    const all = await feedback.list(c.req.valid('param').id)
    return c.json({ feedback: [...all.values()] }, 200)
  })
  app.openapi(evaluationRoute, async (c) => {
    const { id: result } = c.req.valid('param')
    const { interval, ...found } = await evaluateFeedback(await store.open(result), await feedback.list(result))
    return c.json({ ...found, interval: interval === null ? null : [...interval] }, 200)
  })
}
