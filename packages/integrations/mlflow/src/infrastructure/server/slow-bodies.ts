import type { IncomingMessage, ServerResponse } from 'node:http'

import { hangUp, type RefusalBody } from './refusal.ts'

const LEAST_BYTES = 1024

/**
 * Gives up a body that does not come: fewer than 1,024 bytes in `patienceMs` while more was wanted. One that comes slowly may
 * take as long as it needs.
 */
export function giveUpSlowBody(
  request: IncomingMessage,
  response: ServerResponse,
  { patienceMs, told }: { readonly patienceMs: number; readonly told: RefusalBody },
): void {
  let before = request.socket.bytesRead
  const timer = setInterval(() => {
    const came = request.socket.bytesRead - before
    before = request.socket.bytesRead
    const isWanted = request.readableFlowing !== false && request.readableLength < request.readableHighWaterMark
    if (request.complete || !isWanted || came >= LEAST_BYTES) return
    clearInterval(timer)
    if (response.headersSent) request.destroy()
    else hangUp(request.socket, { status: 408, message: 'the body did not come in time' }, told)
  }, patienceMs)
  timer.unref()
  const end = (): void => clearInterval(timer)
  request.once('close', end)
  request.once('end', end)
}
