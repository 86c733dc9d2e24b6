import type { z } from 'zod'

import { MlflowError } from '../../domain/errors.ts'
import type { ReadyRemote } from './remote-options.ts'
import { remoteRefusal } from './remote-refusal.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Fields = Readonly<Record<string, unknown>>

const LONGEST_WAIT_MS = 120_000

/** Calls one MLflow server. Repeats what may succeed later, as MLflow's own client does. */
export class MlflowConnection {
  readonly #remote: ReadyRemote

  constructor(remote: ReadyRemote) {
    this.#remote = remote
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#remote.now()
  }

  /** A call of the REST API; the answer is read leniently: what this package does not know is ignored. */
  async call<T>(method: Method, path: string, fields: Fields, schema: z.ZodType<T>, api = '/api/2.0'): Promise<T> {
    const url = `${this.#remote.trackingUri}${api}/mlflow/${path}`
    const response = await (method === 'GET'
      ? this.#patiently(method, url + queryOf(fields), {})
      : this.#patiently(method, url, { body: JSON.stringify(fields) }))
    const text = await response.text()
    const result = schema.safeParse(text === '' ? {} : jsonOf(text))
    if (result.success) return result.data
    const where = result.error.issues[0]?.path.join('.') ?? ''
    const message = `${method} ${path} was answered with what MLflow does not answer${where === '' ? '' : `, at ${where}`}`
    throw new MlflowError('mlflow/unexpected-answer', message, { status: response.status, retryable: false })
  }

  /** A call of the artifact proxy, repeated where it has no body. `path` is percent-encoded here. */
  artifact(method: 'GET' | 'DELETE', path: string, query: Fields = {}): Promise<Response> {
    return this.#patiently(method, this.#artifactUrl(path) + queryOf(query), {}, this.#remote.artifactTimeoutMs)
  }

  /** Streams a file into the artifact proxy. Tried once: the bytes cannot be read again. */
  async upload(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const request: RequestInit & { readonly duplex: 'half' } = { body: ReadableStream.from(content), duplex: 'half' }
    await this.#once('PUT', this.#artifactUrl(path), request, this.#remote.artifactTimeoutMs)
  }

  #artifactUrl(path: string): string {
    const encoded = path.split('/').map(encodeURIComponent).join('/')
    return `${this.#remote.trackingUri}/api/2.0/mlflow-artifacts/artifacts${encoded === '' ? '' : `/${encoded}`}`
  }

  async #patiently(
    method: string,
    url: string,
    init: RequestInit,
    timeoutMs = this.#remote.timeoutMs,
  ): Promise<Response> {
    const { retries, backoffMs, sleep } = this.#remote
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#once(method, url, init, timeoutMs)
      } catch (error) {
        if (!MlflowError.is(error) || error.details['retryable'] !== true) throw error
        if (attempt === retries) {
          const message = `${error.message} (after ${attempt + 1} attempts)`
          throw new MlflowError(error.code, message, { ...error.details, attempts: attempt + 1 }, error.cause)
        }
        const asked = Number(error.details['retryAfterMs'] ?? 0)
        await sleep(Math.min(Math.max(backoffMs * 2 ** attempt, asked), LONGEST_WAIT_MS))
      }
    }
  }

  async #once(method: string, url: string, init: RequestInit, timeoutMs: number): Promise<Response> {
    const { authorization } = this.#remote
    const call = `${method} ${url.slice(this.#remote.trackingUri.length).split('?')[0] ?? ''}`
    let response: Response
    try {
      response = await this.#remote.fetch(url, {
        ...init,
        method,
        headers: {
          ...(typeof init.body === 'string' ? { 'Content-Type': 'application/json' } : {}),
          'Accept-Encoding': 'identity',
          ...(authorization ? { Authorization: authorization } : {}),
        },
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'follow',
      })
    } catch (error) {
      throw notReached(error, call, this.#remote.trackingUri, timeoutMs)
    }
    if (response.ok) return response
    const refusal = remoteRefusal(response.status, await response.text(), call)
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
    if (!(seconds > 0)) throw refusal
    throw new MlflowError(refusal.code, refusal.message, { ...refusal.details, retryAfterMs: seconds * 1000 })
  }
}

function notReached(error: unknown, call: string, server: string, timeoutMs: number): MlflowError {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const why = isTimeout ? `no answer in ${timeoutMs} ms` : cause instanceof Error ? cause.message : String(cause)
  return new MlflowError('mlflow/unavailable', `${call} did not reach ${server}: ${why}`, { retryable: true }, error)
}

function queryOf(fields: Fields): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(fields)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined) query.append(key, String(item))
    }
  }
  return query.size === 0 ? '' : `?${query.toString()}`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no schema takes it, so the caller is told
  }
}
