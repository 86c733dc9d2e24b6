import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import { type IncomingMessage, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'

import type { WebhookAnswer, WebhookSender } from '../../application/ports/webhook-sender.ts'
import { MlopsError } from '../../domain/errors.ts'
import { isPublicAddress } from './address-guard.ts'
import { type WebhookPolicy, checkWebhookAddress } from './webhook-policy.ts'

/** `dns.lookup` when asked for all addresses. */
type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

const MOST_BODY = 65_536

/** Calls webhooks over HTTP. The address is judged as it is connected to: a name that changes its mind gains nothing. */
export function createHttpWebhookSender(policy: WebhookPolicy = {}, resolve: Resolve = lookup): WebhookSender {
  const lookUp = policy.allowPrivateAddresses === true ? undefined : publicOnly(resolve)
  return {
    send: async (request, signal) => {
      checkWebhookAddress(request.url, policy)
      return post(request, signal, lookUp)
    },
  }
}

function post(
  { url, headers, body }: Parameters<WebhookSender['send']>[0],
  signal: AbortSignal,
  lookUp: LookupFunction | undefined,
): Promise<WebhookAnswer> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest
  const bytes = Buffer.from(body)
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'Content-Length': bytes.length, 'User-Agent': 'nomaly-webhooks' },
        agent: false,
        signal,
        ...(lookUp === undefined ? {} : { lookup: lookUp }),
      },
      (incoming) => {
        answerOf(incoming).then(resolve, (error: unknown) => reject(unreachable(error)))
      },
    )
    outgoing.on('error', (error) => reject(MlopsError.is(error) ? error : unreachable(error)))
    outgoing.end(bytes)
  })
}

async function answerOf(incoming: IncomingMessage): Promise<WebhookAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    size += bytes.length
    if (size >= MOST_BODY) break // leaving the loop ends the connection
  }
  const retryAfterMs = retryAfter(incoming.headers['retry-after'])
  return {
    status: incoming.statusCode ?? 0,
    body: Buffer.concat(chunks).subarray(0, MOST_BODY).toString(),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** Seconds or a date. Source: RFC 9110, section 10.2.3. */
function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined
}

function unreachable(error: unknown): MlopsError {
  const text = error instanceof Error ? error.message : String(error)
  return new MlopsError('mlops/unavailable', `the webhook could not be called: ${text}`, { retryable: true }, error)
}

/** As `dns.lookup`, but knows public addresses only. */
function publicOnly(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const found = addresses.filter(({ address }) => isPublicAddress(address))
      const [first] = found
      if (first === undefined) return callback(blocked(hostname), [])
      if (options.all === true) callback(null, found)
      else callback(null, first.address, first.family)
    })
}

function blocked(hostname: string): MlopsError {
  const message = `webhooks may not call ${hostname}: it has no public address`
  return new MlopsError('mlops/invalid-argument', message, { field: 'url', found: hostname, retryable: false })
}
