import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'

import { auditRecord } from './audit-record.ts'
import { chunkedBodies } from './chunked-bodies.ts'
import { dashboardRoutes } from './dashboard-routes.ts'
import { describeApi } from './describe-api.ts'
import { docsPage, docsScript } from './docs-page.ts'
import { guard } from './guard.ts'
import { healthRoutes } from './health-routes.ts'
import { createMetrics } from './metrics.ts'
import { ownPages } from './own-pages.ts'
import type { PlatformParts } from './platform-parts.ts'
import { problem, refusalOf } from './problem.ts'
import { reportPolicy } from './report-policy.ts'
import { requestRecord } from './request-record.ts'

/** How the platform is served. */
export interface PlatformAppOptions {
  /** Asked of everybody where it is set. */
  readonly apiKey?: string | undefined
  /** Takes a line of JSON for each request. */
  readonly log?: ((line: string) => void) | undefined
  /** Told of faults, whose answers say nothing of them. */
  readonly onFault: (error: unknown) => void
}

const MLFLOW_PATHS = ['/api/2.0/*', '/ajax-api/*', '/get-artifact', '/model-versions/*', '/version']

const HEAVY_PATHS = [
  '/api/v1/detect',
  '/api/v1/explain',
  '/api/v1/models/:name/versions',
  '/v2/models/:name/*',
  '/api/v1/profiles',
  '/api/v1/quality/checks',
  '/api/v1/results/:id/report',
  '/api/v1/results/:id/rows/:row/explanation',
]

// Those whose routes have no limit of their own.
const SMALL_BODIES = ['/api/v1/events/*', '/api/v1/webhooks/*']
const MOST_SMALL_BYTES = 2 ** 20

const CONTENT_POLICY = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
}

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  tags: ['Health'],
  operationId: 'getMetrics',
  summary: 'Counts and durations, for Prometheus',
  responses: { 200: { description: 'Its text format.', content: { 'text/plain': { schema: z.string() } } } },
})

/** Everything that the platform answers: REST, the inference protocol, MLflow's API, health, metrics and the description. */
export function platformApp(parts: PlatformParts, { apiKey, log, onFault }: PlatformAppOptions): OpenAPIHono {
  const metrics = createMetrics(parts)
  const app = new OpenAPIHono()
  app.use(requestRecord(metrics, log))
  app.use(reportPolicy)
  // whether there is TLS is for whoever puts it in front to say
  app.use(secureHeaders({ contentSecurityPolicy: CONTENT_POLICY, strictTransportSecurity: false }))
  app.use(ownPages)
  app.use(guard(apiKey))
  app.use(auditRecord(parts.audit, apiKey, onFault))
  app.use(compress())
  for (const path of ['/api/v1/*', '/v2/*']) app.use(path, chunkedBodies)
  app.use('/openapi.json', etag())
  app.on(['POST', 'PUT'], SMALL_BODIES, bodyLimit({ maxSize: MOST_SMALL_BYTES, onError: tooLarge }))
  for (const path of HEAVY_PATHS) app.use(path, parts.handOver)
  app.use('/docs/*', etag())
  for (const { path, routes } of parts.api) app.route(path === '/' ? '/api/v1' : `/api/v1${path}`, routes)
  app.route('/v2', parts.inference)
  app.route('/health', healthRoutes(parts.checks))
  app.openapi(metricsRoute, async (c) => {
    const { body, type } = await metrics.text()
    return c.text(body, 200, { 'content-type': type })
  })
  const described = JSON.stringify(describeApi(app, parts.version))
  app.get('/openapi.json', (c) => c.body(described, 200, { 'content-type': 'application/json' }))
  app.get('/docs', (c) => c.html(docsPage))
  app.get('/docs/docs.js', (c) => c.body(docsScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  for (const path of MLFLOW_PATHS) app.all(path, (c) => parts.mlflow.fetch(c.req.raw, c.env as object))
  app.route('/', dashboardRoutes())
  app.notFound((c) =>
    problem({
      status: 404,
      code: 'not-found',
      title: 'Not found',
      detail: `there is nothing at ${c.req.path}; see /docs`,
    }),
  )
  app.onError((error, c) => {
    const refused = refusalOf(error, c.req.raw.signal)
    if (refused !== undefined) return refused
    onFault(error)
    const detail = 'something went wrong in here; the log of the server says what'
    return problem({ status: 500, code: 'internal-error', title: 'Internal error', detail })
  })
  return app
}

function tooLarge(): Response {
  const detail = `the body has more than ${MOST_SMALL_BYTES} bytes`
  return problem({ status: 413, code: 'too-large', title: 'Too large', detail })
}
