import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { afterEach, describe, expect, it } from 'vitest'

import { MlflowError, type MlflowErrorCode } from '../../domain/errors.ts'
import { connectMlflow } from './connect-mlflow.ts'
import type { RemoteMlflowOptions } from './remote-options.ts'

let server: Server | undefined
const waits: number[] = []
const requests: IncomingMessage[] = []

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  waits.length = 0
  requests.length = 0
})

/** A tracker on a server that answers as the test says, waiting for nothing. */
async function against(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<RemoteMlflowOptions> = {},
) {
  server = createServer((request, response) => {
    requests.push(request)
    request.resume()
    answer(request, response)
  })
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // of a TCP server that listens
  const sleep = async (ms: number): Promise<void> => void waits.push(ms)
  return connectMlflow({ trackingUri: `http://127.0.0.1:${port}/base/`, sleep, ...options })
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const experiment = { experiment: { experiment_id: '1', name: 'one', creation_time: '5' } }

async function failure(work: Promise<unknown>): Promise<MlflowError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (MlflowError.is(error)) return error
  throw new Error(`expected a MlflowError, found ${String(error)}`)
}

describe('a remote MLflow', () => {
  it('is asked again where it is busy, with waits that double, and then answers', async () => {
    const { experiments } = await against((_, response) => {
      if (requests.length < 5) json(response, [503, 429, 500, 502][requests.length - 1] ?? 500, {})
      else json(response, 200, experiment)
    })
    expect(await experiments.find({ id: '1' })).toMatchObject({ name: 'one', createdAt: 5, folder: '' })
    expect(waits).toEqual([1000, 2000, 4000, 8000])
  })

  it('is given up after seven further attempts', async () => {
    const { experiments } = await against((_, response) => json(response, 503, {}))
    const error = await failure(experiments.find({ id: '1' }))
    expect(error).toMatchObject({ code: 'mlflow/unavailable', details: { attempts: 8, status: 503, retryable: true } })
    expect(requests).toHaveLength(8)
  })

  it('says how long to wait', async () => {
    const { experiments } = await against((_, response) => {
      if (requests.length === 1) json(response, 429, {}, { 'retry-after': '30' })
      else json(response, 200, experiment)
    })
    await experiments.find({ id: '1' })
    expect(waits).toEqual([30_000])
  })

  it('that never answers is left after the time allowed', async () => {
    const { experiments } = await against(() => undefined, { timeoutMs: 30, retries: 1 })
    const error = await failure(experiments.find({ id: '1' }))
    expect(error).toMatchObject({ code: 'mlflow/unavailable', details: { attempts: 2 } })
    expect(error.message).toContain('no answer in 30 ms')
  })

  it('that is not there is told by its address, without credentials', async () => {
    const nowhere = { trackingUri: 'http://me:secret@127.0.0.1:1', retries: 0 }
    const error = await failure(connectMlflow(nowhere).experiments.find({ id: '1' }))
    expect(error.code).toBe('mlflow/unavailable')
    expect(error.message).toContain('http://127.0.0.1:1')
    expect(error.message).not.toContain('secret')
  })

  it.each<[string, Partial<RemoteMlflowOptions>, string]>([
    ['basic', { auth: { kind: 'basic', username: 'ada', password: 'pä:ss' } }, 'Basic YWRhOnDDpDpzcw=='],
    ['bearer', { auth: { kind: 'bearer', token: 't0ken' } }, 'Bearer t0ken'],
  ])('is told who asks: %s', async (_, options, header) => {
    const { experiments } = await against((_request, response) => json(response, 200, experiment), options)
    await experiments.find({ id: '1' })
    expect(requests[0]?.headers.authorization).toBe(header)
    expect(requests[0]?.url).toBe('/base/api/2.0/mlflow/experiments/get?experiment_id=1')
  })

  it.each<[number, unknown, MlflowErrorCode]>([
    [400, { error_code: 'RESOURCE_ALREADY_EXISTS', message: 'x' }, 'mlflow/already-exists'],
    [400, { error_code: 'INVALID_PARAMETER_VALUE', message: 'x' }, 'mlflow/invalid-argument'],
    [500, { error_code: 'INVALID_STATE', message: 'x' }, 'mlflow/invalid-state'],
    [404, { error_code: 'ENDPOINT_NOT_FOUND', message: 'x' }, 'mlflow/not-supported'],
    [404, 'a page', 'mlflow/not-supported'],
    [401, { error_code: 'UNAUTHENTICATED', message: 'x' }, 'mlflow/not-allowed'],
    [403, 'a page', 'mlflow/not-allowed'],
    [413, {}, 'mlflow/too-large'],
    [200, { experiment: 5 }, 'mlflow/unexpected-answer'],
    [200, 'a page', 'mlflow/unexpected-answer'],
  ])('that answers %i %j fails at once with %s', async (status, body, code) => {
    const { experiments } = await against((_, response) => json(response, status, body))
    expect((await failure(experiments.create({ name: 'x' }))).code).toBe(code)
    expect(requests).toHaveLength(1)
  })

  it('is not sent a file twice', async () => {
    const { artifacts } = await against((_, response) => json(response, 503, {}))
    const content = async function* (): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(1)
    }
    const error = await failure(artifacts.put('a/b', content()))
    expect(error).toMatchObject({ code: 'mlflow/unavailable', details: { retryable: true } })
    expect(requests).toHaveLength(1)
  })

  it('has to be named by an http URL', () => {
    for (const trackingUri of ['sqlite:///x.db', 'nonsense', '']) {
      expect(() => connectMlflow({ trackingUri })).toThrow(/trackingUri/)
    }
    expect(() => connectMlflow({ trackingUri: 'http://x', retries: -1 })).toThrow(/retries/)
  })
})
