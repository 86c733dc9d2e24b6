import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import { explainKept } from '../../application/results/explain-kept.ts'
import { checkRow } from '../../application/results/give-feedback.ts'
import { findModel } from '../../application/score-with-model.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { RowExplanation } from '../../domain/explanation/explanation.ts'
import { problem } from './described.ts'
import type { DetectionRoutesDeps, ResultRoutesDeps } from './detection-deps.ts'
import { rowInPath } from './result-schemas.ts'

const route = createRoute({
  method: 'get',
  path: '/results/{id}/rows/{row}/explanation',
  tags: ['Results'],
  operationId: 'explainResultRow',
  summary: 'Say why a row of a result scores as it does',
  request: {
    params: z.object({ id: z.string().min(1).max(64), row: rowInPath }),
  },
  responses: {
    200: {
      description: 'What each feature has to do with it.',
      content: { 'application/json': { schema: z.looseObject({ row: z.int() }).openapi('RowExplanation') } },
    },
    400: problem('The request is malformed.'),
    404: problem('There is no such result or row.'),
    409: problem('The data set or the model is gone or has changed since.'),
    422: problem('The row cannot be explained: it has no score, or is one of a series.'),
  },
})

/** Explanations of the rows of kept results. */
export function mountResultExplanation(
  app: OpenAPIHono,
  { results, models, openDataset }: DetectionRoutesDeps & { readonly results: ResultRoutesDeps },
): void {
  app.openapi(route, async (c) => {
    const { id, row } = c.req.valid('param')
    const { signal } = c.req.raw
    const kept = await results.store.open(id)
    checkRow(row, kept.info.rows)
    const [explanation] = await explainKept(kept, [row], {
      openDataset: (dataset) => openDataset?.(dataset, signal).catch(orGone) ?? orGone(undefined),
      describe: (choice) => findModel(models, choice).catch(orGone),
      explain: (dataset, options) => results.explaining.execute(dataset, options),
      signal,
    })
    return c.json(plainOf(explanation as RowExplanation), 200) // one for the row that was asked for
  })
}

// Its lists are readonly, which the type of a JSON answer is not.
const plainOf = (explanation: RowExplanation): { row: number } => ({ ...explanation })

function orGone(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error !== undefined && !/\/unknown-(?:dataset|model)$/.test(code)) throw error
  const what = code.endsWith('model') ? 'model' : 'data set'
  const message = `the ${what} of this result is not kept any more, and without it its rows cannot be explained`
  throw new AnomalyDetectionError('anomaly-detection/data-gone', message, {}, error)
}
