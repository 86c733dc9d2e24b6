import type { MiddlewareHandler } from 'hono'

// A report has a script of its own, which runs apart from everything that this origin has.
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "script-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'none'",
  'sandbox allow-scripts allow-popups',
].join('; ')

/** Lets reports be what they are as files: one page with its own style and script, and nothing else. */
export const reportPolicy: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.req.path.endsWith('/report') && c.res.headers.get('content-type')?.startsWith('text/html') === true)
    c.res.headers.set('content-security-policy', POLICY)
}
