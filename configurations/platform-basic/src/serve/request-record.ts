import { randomUUID } from 'node:crypto'

import type { MiddlewareHandler } from 'hono'
import type { RequestIdVariables } from 'hono/request-id'

import type { Metrics } from './metrics.ts'

const GIVEN_ID = /^[\w.-]{1,128}$/

/**
 * Gives every request an id (its own `X-Request-Id` where it has a sound one), counts it, and writes a line about it.
 * @param log - takes a line of JSON; undefined: no log
 */
export function requestRecord(
  metrics: Metrics,
  log: ((line: string) => void) | undefined,
): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  return async (c, next) => {
    const given = c.req.header('x-request-id') ?? ''
    const id = GIVEN_ID.test(given) ? given : randomUUID()
    c.set('requestId', id)
    const start = performance.now()
    await next()
    c.res.headers.set('x-request-id', id)
    const durationMs = Math.round((performance.now() - start) * 100) / 100
    const { method, path } = c.req
    const { status } = c.res
    metrics.request({ method, status, durationMs })
    log?.(
      JSON.stringify({
        time: new Date().toISOString(),
        level: status >= 500 ? 'error' : 'info',
        id,
        method,
        path,
        status,
        durationMs,
      }),
    )
  }
}
