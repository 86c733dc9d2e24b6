import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'

import type { Counters, Counts } from '../../application/ports/counters.ts'
import { describedApp, json, refused } from './described.ts'

/** What the routes of analytics need. */
export interface AnalyticsRoutesDeps {
  readonly counters: Pick<Counters, 'days' | 'totals'>
  /** Names that are told also where nothing was counted. */
  readonly names: ReadonlyArray<string>
}

// Beside the route, as their types are inferred from each other.
const counts = z.record(z.string(), z.int()).openapi({ example: { detections: 2, rows: 120, anomalies: 3 } })
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .optional()
  .openapi({ example: '2026-11-20' })
const route = createRoute({
  method: 'get',
  path: '/analytics',
  tags: ['Analytics'],
  operationId: 'getAnalytics',
  summary: 'What was counted, a day in UTC at a time and in all',
  request: { query: z.object({ from: day, to: day }) },
  responses: {
    200: json(
      z.object({ totals: counts, days: z.array(z.object({ day: z.string(), counts })) }).openapi('Analytics'),
      'The totals of all days, and the days from `from` to `to` on which something happened, the oldest first.',
    ),
    400: refused('The request is malformed.'),
  },
})

/** The REST route over counters, with its OpenAPI description; to be mounted under a base path. */
export function createAnalyticsRoutes({ counters, names }: AnalyticsRoutesDeps): OpenAPIHono {
  const app = describedApp()
  const none: Counts = Object.fromEntries(names.map((name) => [name, 0]))
  app.openapi(route, async (c) => {
    const days = await counters.days(c.req.valid('query'))
    const filled = days.map((one) => ({ day: one.day, counts: { ...none, ...one.counts } }))
    return c.json({ totals: { ...none, ...(await counters.totals()) }, days: filled }, 200)
  })
  return app
}
