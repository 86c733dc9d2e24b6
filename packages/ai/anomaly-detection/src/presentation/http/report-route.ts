import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import { explainKept } from '../../application/results/explain-kept.ts'
import { findModel } from '../../application/score-with-model.ts'
import { detectionReport } from '../report/detection-report.ts'
import { gatherReport } from '../report/gather-report.ts'
import { problem } from './described.ts'
import type { DetectionRoutesDeps, ResultRoutesDeps } from './detection-deps.ts'

const reportRoute = createRoute({
  method: 'get',
  path: '/results/{id}/report',
  tags: ['Results'],
  operationId: 'getResultReport',
  summary: 'A result as one HTML page that needs nothing else, and prints well',
  request: { params: z.object({ id: z.string().min(1).max(64) }) },
  responses: {
    200: { description: 'The page.', content: { 'text/html': { schema: z.string() } } },
    400: problem('The request is malformed.'),
    404: problem('There is no such result.'),
  },
})

/** The report of a kept result. */
export function mountReport(
  app: OpenAPIHono,
  { models, openDataset }: Pick<DetectionRoutesDeps, 'models' | 'openDataset'>,
  { store, feedback, explaining, version }: ResultRoutesDeps,
): void {
  app.openapi(reportRoute, async (c) => {
    const { id } = c.req.valid('param')
    const { signal } = c.req.raw
    const result = await store.open(id)
    const { dataset } = result.info
    const open = (wanted: string | null) =>
      wanted === null || openDataset === undefined
        ? Promise.reject(new Error('the data set was not kept'))
        : openDataset(wanted, signal)
    const report = await gatherReport({
      result,
      feedback: await feedback.list(id),
      openDataset: () => open(dataset.id),
      explain: (rows) =>
        explainKept(result, rows, {
          openDataset: open,
          describe: (choice) => findModel(models, choice),
          explain: (given, options) => explaining.execute(given, options),
          signal,
        }),
      version,
      signal,
    })
    return c.html(detectionReport(report), 200)
  })
}
