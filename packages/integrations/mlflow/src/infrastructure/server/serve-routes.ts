import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { getRequestListener } from '@hono/node-server'

import { MlflowError } from '../../domain/errors.ts'
import { allowedHosts } from './allowed-hosts.ts'

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

/**
 * Serves routes over HTTP/1.1 with Node's own server.
 * @throws MlflowError `mlflow/unavailable` where the port is taken or not allowed
 */
export async function serveRoutes(
  routes: FetchHandler,
  { port = 0, hostname = '127.0.0.1', allowedHosts: more }: ServeOptions = {},
): Promise<RunningServer> {
  const isAllowed = allowedHosts(hostname, more)
  const listener = getRequestListener((request, bindings) => routes.fetch(copyable(request), bindings), {
    overrideGlobalObjects: false,
    errorHandler: invalidRequest,
  })
  const server = createServer((request, response) => {
    if (!isAllowed(request.headers.host)) {
      refuse(response)
      return
    }
    listener(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  server.keepAliveTimeout = IDLE_MS
  server.requestTimeout = 0 // an artifact may take longer than any limit
  await listening(server, port, hostname)
  const { port: taken } = server.address() as AddressInfo // a listening TCP server has one
  const host = hostname.includes(':') ? `[${hostname}]` : hostname
  return { url: `http://${host}:${taken}`, close: () => closed(server) }
}

// A body that comes in chunks is measured, and handed on in a copy of the request: only one of Node's own can be copied.
function copyable(request: Request): Request {
  if (!request.headers.has('transfer-encoding')) return request
  const { url, method, headers, body, signal } = request
  return new Request(url, { method, headers, body, signal, duplex: 'half' })
}

// The client may still be sending a body that nobody will read.
function refuse(response: ServerResponse): void {
  const message = 'the header Host names no allowed host: see allowedHosts, or --allowed-hosts of nomaly mlflow serve'
  const body = JSON.stringify({ error_code: 'PERMISSION_DENIED', message })
  response.writeHead(403, { 'content-type': 'application/json', connection: 'close' }).end(body)
}

/** A request whose target is no URL never reaches the routes. */
function invalidRequest(): Response {
  return Response.json({ error_code: 'INVALID_PARAMETER_VALUE', message: 'Invalid path' }, { status: 400 })
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
