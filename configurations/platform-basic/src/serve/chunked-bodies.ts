import type { MiddlewareHandler } from 'hono'

/** A body that comes in chunks is measured, and handed on in a copy of the request: only one of Node's own can be copied. */
export const chunkedBodies: MiddlewareHandler = async (c, next) => {
  const { url, method, headers } = c.req.raw
  if (method !== 'GET' && method !== 'HEAD' && !headers.has('content-length')) {
    const { body, signal } = c.req.raw
    c.req.raw = new Request(url, { method, headers, body, signal, duplex: 'half' })
  }
  await next()
}
