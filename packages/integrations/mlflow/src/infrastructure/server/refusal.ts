import type { ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** What a server answers to requests that never reach its routes. */
export interface Refusal {
  readonly status: 400 | 403 | 408 | 431
  readonly message: string
}

/** How a refusal is told. */
export type RefusalBody = (refusal: Refusal) => { readonly type: string; readonly body: string }

/** As MLflow tells its errors. */
export const mlflowRefusal: RefusalBody = ({ status, message }) => ({
  type: 'application/json',
  body: JSON.stringify({
    error_code: status === 403 ? 'PERMISSION_DENIED' : 'INVALID_PARAMETER_VALUE',
    message,
  }),
})

/** Refuses a request; its client may still be sending a body that nobody will read. */
export function refuse(response: ServerResponse, refusal: Refusal, told: RefusalBody): void {
  const { type, body } = told(refusal)
  response.writeHead(refusal.status, { 'content-type': type, connection: 'close' }).end(body)
}

const REASONS = { 400: 'Bad Request', 403: 'Forbidden', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' }

/** Answers what is no HTTP, whose headers are too many, or do not come. */
export function refuseBroken(error: Error, socket: Duplex, told: RefusalBody): void {
  if (!socket.writable || ('code' in error && error.code === 'ECONNRESET')) {
    socket.destroy()
    return
  }
  hangUp(socket, brokenOf('code' in error ? error.code : undefined), told)
}

/** Says why on the connection itself, and closes it. */
export function hangUp(socket: Duplex, refusal: Refusal, told: RefusalBody): void {
  const { type, body } = told(refusal)
  const head = `HTTP/1.1 ${refusal.status} ${REASONS[refusal.status]}\r\ncontent-type: ${type}\r\n`
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`, () =>
    socket.destroy(),
  )
}

function brokenOf(code: unknown): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, message: 'the header fields are too large' }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, message: 'the request did not come in time' }
  return { status: 400, message: 'this is no HTTP/1.1 request' }
}
