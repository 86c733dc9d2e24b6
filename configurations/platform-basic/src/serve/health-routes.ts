import { Hono } from 'hono'

import type { HealthCheck } from './platform-parts.ts'

const PATIENCE_MS = 2000

/** `/liveness`: the process answers; `/readiness`: so does everything it stands on, each with its state and latency. */
export function healthRoutes(checks: ReadonlyArray<HealthCheck>): Hono {
  const app = new Hono()
  app.get('/liveness', (c) => c.json({ status: 'up' }))
  app.get('/readiness', async (c) => {
    const dependencies = await Promise.all(checks.map(stateOf))
    const isReady = dependencies.every(({ status }) => status === 'up')
    return c.json({ status: isReady ? 'up' : 'down', dependencies }, isReady ? 200 : 503)
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
