import { Hono } from 'hono'

import { MlflowError } from '../../domain/errors.ts'
import { unquote } from '../../domain/unquote.ts'
import { ArtifactRoots } from './artifacts/artifact-roots.ts'
import { mountArtifacts } from './artifacts/artifact-routes.ts'
import type { Endpoint } from './endpoint.ts'
import { experimentEndpoints } from './endpoints/experiment-endpoints.ts'
import { historyEndpoints } from './endpoints/history-endpoints.ts'
import { listEndpoints } from './endpoints/list-endpoints.ts'
import { logEndpoints } from './endpoints/log-endpoints.ts'
import { loggedModelEndpoints } from './endpoints/logged-model-endpoints.ts'
import { modelEndpoints } from './endpoints/model-endpoints.ts'
import { runEndpoints } from './endpoints/run-endpoints.ts'
import { versionEndpoints } from './endpoints/version-endpoints.ts'
import { webhookEndpoints } from './endpoints/webhook-endpoints.ts'
import { failureOf } from './failure.ts'
import { json } from './json.ts'
import { type MlflowRoutesOptions, type ReadyOptions, readyOptions } from './options.ts'
import { bodyText, type MlflowContext, type NodeBindings } from './request/bytes.ts'
import { bodyFields, type Fields, queryFields } from './request/read-request.ts'
import type { TrackerPorts } from './tracker-ports.ts'

/** Hono's application of these routes; `fetch` answers a `Request`. */
export type MlflowRoutes = Hono<{ Bindings: NodeBindings }>

const APIS = ['/api/2.0', '/ajax-api/2.0'] as const

/**
 * MLflow's REST API over a tracker, a registry and an artifact store: what the Python client of 2.x and 3.x needs, under
 * `/api/2.0` and `/ajax-api/2.0`, artifacts through the proxy included. Paths that it does not have answer 404
 * ENDPOINT_NOT_FOUND, on which clients fall back to older ones. No answer has CORS headers.
 * @throws MlflowError `mlflow/invalid-options`
 */
export function createMlflowRoutes(ports: TrackerPorts & { readonly options?: MlflowRoutesOptions }): MlflowRoutes {
  const options = readyOptions(ports.options ?? {})
  const roots = new ArtifactRoots(ports.artifacts, options.fileRoot)
  const app: MlflowRoutes = new Hono({ getPath: routedPath })
  const prefix = options.staticPrefix
  app.get(`${prefix}/health`, (context) => context.text('OK'))
  app.get(`${prefix}/version`, (context) => context.text(options.version))
  for (const pattern of [
    `${prefix}/api/*`,
    `${prefix}/ajax-api/*`,
    `${prefix}/get-artifact`,
    `${prefix}/model-versions/*`,
  ]) {
    app.use(pattern, async (context, next) => {
      await refuseUnsafe(context, options)
      await next()
    })
  }
  const cut = options.truncateLongValues
  const endpoints = [
    ...experimentEndpoints(ports),
    ...runEndpoints(ports, cut),
    ...logEndpoints(ports, cut),
    ...historyEndpoints(ports),
    ...modelEndpoints(ports),
    ...versionEndpoints(ports),
    ...loggedModelEndpoints(ports, roots),
    ...listEndpoints(ports, roots),
    ...webhookEndpoints(ports),
  ]
  for (const endpoint of endpoints) {
    for (const api of endpoint.isAjaxOnly === true ? APIS.slice(1) : APIS) mount(app, prefix + api, endpoint, options)
  }
  mountArtifacts(app, { ports, roots, options })
  for (const path of ['/api/*', '/ajax-api/*']) app.all(prefix + path, (context) => notFound(context))
  app.notFound((context) => notFound(context))
  app.onError((error, context) => answerOf(error, context, options))
  return app
}

function mount(app: MlflowRoutes, prefix: string, endpoint: Endpoint, options: ReadyOptions): void {
  app.on(endpoint.method, prefix + endpoint.path, async (context) => {
    const fields = await fieldsOf(context, endpoint, options.maxJsonBytes)
    return json(200, await endpoint.answer(fields))
  })
}

async function fieldsOf(context: MlflowContext, endpoint: Endpoint, mostBytes: number): Promise<Fields> {
  const fields =
    endpoint.method === 'GET'
      ? queryFields(new URL(context.req.url).searchParams, endpoint.shape)
      : await jsonFields(context, mostBytes)
  const named = context.req.param() as Readonly<Record<string, string>> // what `:name` in the path matched
  const values: Record<string, unknown> = { ...fields.values, ...named }
  if (values['run_uuid'] !== undefined) values['run_id'] ??= values['run_uuid'] // what clients of 1.x send
  return { ...fields, values }
}

async function jsonFields(context: MlflowContext, mostBytes: number): Promise<Fields> {
  if (context.req.method === 'POST') {
    const type = context.req.header('content-type')
    if (type === undefined) throw badRequest('Bad Request. Content-Type header is missing.')
    if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
      throw badRequest("Bad Request. Content-Type must be one of ['application/json'].")
    }
  }
  return bodyFields(await bodyText(context, mostBytes))
}

const badRequest = (message: string): MlflowError => new MlflowError('mlflow/invalid-argument', message)

async function refuseUnsafe(context: MlflowContext, options: ReadyOptions): Promise<void> {
  const raw = context.env?.incoming?.url ?? '' // before `..` was resolved on the way here
  const path = unquote(raw.split('?')[0] ?? '')
  if (path.split(/[/\\]/).includes('..')) throw new MlflowError('mlflow/invalid-argument', 'Invalid path')
  if ((context.req.header('x-mlflow-workspace') ?? '').trim() !== '') {
    throw new RefusedAccess(400, 'FEATURE_DISABLED', 'Workspaces are not supported by this server.')
  }
  const { authorize } = options
  if (authorize === undefined) return
  const authorization = context.req.header('authorization')
  const access = await authorize({ method: context.req.method, path: context.req.path, authorization })
  if (access === 'unauthenticated') throw new RefusedAccess(401, 'UNAUTHENTICATED', 'You are not authenticated.')
  if (access === 'forbidden') throw new RefusedAccess(403, 'PERMISSION_DENIED', 'Permission denied')
}

/** An answer that no port gives. */
class RefusedAccess extends Error {
  readonly status: number
  readonly errorCode: string

  constructor(status: number, errorCode: string, message: string) {
    super(message)
    this.status = status
    this.errorCode = errorCode
  }
}

function answerOf(error: Error, context: MlflowContext, options: ReadyOptions): Response {
  if (error instanceof RefusedAccess) {
    const headers: Record<string, string> = error.status === 401 ? { 'WWW-Authenticate': 'Basic realm="mlflow"' } : {}
    return json(error.status, { error_code: error.errorCode, message: error.message }, headers)
  }
  const failure = failureOf(error)
  if (failure !== undefined) return json(failure.status, { error_code: failure.code, message: failure.message })
  if (context.req.raw.signal.aborted) return json(499, { error_code: 'CANCELLED', message: 'The client went away.' })
  options.onFault?.(error)
  return json(500, { error_code: 'INTERNAL_ERROR', message: 'An internal error occurred. See the log of the server.' })
}

function notFound(context: MlflowContext): Response {
  const message = `API request to endpoint ${context.req.path} failed: there is no such endpoint.`
  return json(404, { error_code: 'ENDPOINT_NOT_FOUND', message })
}

/** The path that routes match: undecoded but for `:name` parts, which Hono decodes, and with one leading slash. */
function routedPath(request: Request): string {
  const { url } = request
  const start = url.indexOf('/', url.indexOf('://') + 3)
  const end = url.slice(start).search(/[?#]/)
  const path = end === -1 ? url.slice(start) : url.slice(start, start + end)
  return path.replace(/^\/{2,}/, '/')
}
