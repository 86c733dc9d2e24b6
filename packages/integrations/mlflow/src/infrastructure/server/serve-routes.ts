import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { getRequestListener } from '@hono/node-server'

import { MlflowError } from '../../domain/errors.ts'
import { allowedHosts } from './allowed-hosts.ts'
import { mlflowRefusal, refuse, type RefusalBody, refuseBroken } from './refusal.ts'
import { giveUpSlowBody } from './slow-bodies.ts'

/** What answers requests, such as the routes of `./http`. */
export interface FetchHandler {
  readonly fetch: (request: Request, bindings: object) => Response | Promise<Response>
}

/** Where to listen. */
export interface ServeOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number
  /** `127.0.0.1` by default: only this machine. */
  readonly hostname?: string
  /**
   * Further names that requests may be addressed to (header `Host`, any port). Listening on this machine alone, only its own
   * names are let in without it: a web page whose name turns into 127.0.0.1 is answered 403. Listening on other addresses,
   * every name is let in unless some are given here. `*` lets in all.
   */
  readonly allowedHosts?: ReadonlyArray<string>
  /** Milliseconds that a request's headers may take, and a body without a kibibyte more; default 20,000. */
  readonly patienceMs?: number
  /** The most connections at once; more are closed as they come. Default: no limit. */
  readonly mostConnections?: number | undefined
  /** How requests that never reach the routes are refused; default: as MLflow does. */
  readonly refusal?: RefusalBody
}

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:8001`, say: what goes into `MLFLOW_TRACKING_URI`. */
  readonly url: string
  /** Takes no more requests, answers those under way for at most 5 s, and ends. */
  readonly close: () => Promise<void>
}

const IDLE_MS = 65_000 // clients keep connections for a minute: who closes first breaks a request on its way
const CLOSING_MS = 5000
const PATIENCE_MS = 20_000

/**
 * Serves routes over HTTP/1.1 with Node's own server.
 * @throws MlflowError `mlflow/unavailable` where the port is taken or not allowed
 */
export async function serveRoutes(routes: FetchHandler, options: ServeOptions = {}): Promise<RunningServer> {
  const { port = 0, hostname = '127.0.0.1', patienceMs = PATIENCE_MS, refusal: told = mlflowRefusal } = options
  const isAllowed = allowedHosts(hostname, options.allowedHosts)
  const listener = getRequestListener((request, bindings) => routes.fetch(request, bindings), {
    overrideGlobalObjects: false,
    errorHandler: () => invalidTarget(told),
  })
  const limits = { headersTimeout: patienceMs, connectionsCheckingInterval: Math.min(patienceMs / 2, 5000) }
  const server = createServer(limits, (request, response) => {
    if (!isAllowed(request.headers.host)) {
      refuse(response, { status: 403, message: NOT_ALLOWED }, told)
      return
    }
    giveUpSlowBody(request, response, { patienceMs, told })
    listener(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.on('clientError', (error, socket) => refuseBroken(error, socket, told))
  server.keepAliveTimeout = IDLE_MS
  server.requestTimeout = 0 // an artifact may take longer than any limit
  if (options.mostConnections !== undefined) server.maxConnections = options.mostConnections
  await listening(server, port, hostname)
  const { port: taken } = server.address() as AddressInfo // a listening TCP server has one
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return { url: `http://${host}:${taken}`, close: () => closed(server) }
}

const NOT_ALLOWED = 'the header Host names no allowed host: see allowedHosts, or --allowed-hosts of the command'

/** A request whose target is no URL never reaches the routes. */
function invalidTarget(told: RefusalBody): Response {
  const { type, body } = told({ status: 400, message: 'Invalid path' })
  return new Response(body, { status: 400, headers: { 'content-type': type } })
}

function listening(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const message = `cannot listen on ${hostname}:${port}: ${error.message}`
      reject(new MlflowError('mlflow/unavailable', message, { port, hostname, retryable: false }, error))
    })
    server.listen(port, hostname, resolve)
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSING_MS)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
