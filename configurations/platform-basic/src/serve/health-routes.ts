import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'

import type { HealthCheck } from './platform-parts.ts'

const PATIENCE_MS = 2000

const tags = ['Health']
const status = z.enum(['up', 'down'])
const readiness = z
  .object({
    status,
    dependencies: z.array(z.object({ name: z.string(), status, latencyMs: z.number(), reason: z.string().optional() })),
  })
  .openapi('Readiness')

const livenessRoute = createRoute({
  method: 'get',
  path: '/liveness',
  tags,
  operationId: 'getLiveness',
  summary: 'Whether the process answers',
  responses: {
    200: {
      description: 'It does.',
      content: { 'application/json': { schema: z.object({ status: z.literal('up') }) } },
    },
  },
})

const readinessRoute = createRoute({
  method: 'get',
  path: '/readiness',
  tags,
  operationId: 'getReadiness',
  summary: 'Whether everything answers that the platform stands on',
  responses: {
    200: { description: 'It does.', content: { 'application/json': { schema: readiness } } },
    503: {
      description: 'Some of it does not; `reason` says why.',
      content: { 'application/json': { schema: readiness } },
    },
  },
})

/** `/liveness`: the process answers; `/readiness`: so does everything it stands on, each with its state and latency. */
export function healthRoutes(checks: ReadonlyArray<HealthCheck>): OpenAPIHono {
  const app = new OpenAPIHono()
  app.openapi(livenessRoute, (c) => c.json({ status: 'up' as const }, 200))
  app.openapi(readinessRoute, async (c) => {
    const dependencies = await Promise.all(checks.map(stateOf))
    const isReady = dependencies.every((one) => one.status === 'up')
    return c.json({ status: isReady ? ('up' as const) : ('down' as const), dependencies }, isReady ? 200 : 503)
  })
  return app
}

async function stateOf({ name, check }: HealthCheck) {
  const start = performance.now()
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  const reason = await Promise.race([check(), late]).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )
  clearTimeout(timer)
  const latencyMs = Math.round((performance.now() - start) * 100) / 100
  return {
    name,
    status: reason === undefined ? ('up' as const) : ('down' as const),
    latencyMs,
    ...(reason && { reason }),
  }
}
