import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startTracker, type TrackerServer } from './tracker-server.ts'

interface Raw {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

let tracker: TrackerServer
let run = ''
let experiment = ''

beforeAll(async () => {
  tracker = await startTracker({ routes: { maxJsonBytes: 8 * 2 ** 20 } })
  experiment = (await tracker.store.experiments.create({ name: 'bad input' })).id
  run = (await tracker.store.runs.create({ experimentId: experiment })).id
})

afterAll(async () => {
  expect(tracker.faults).toEqual([])
  await tracker.close()
})

/** As it is written: `fetch` would resolve `..` before it is sent. */
function raw(
  method: string,
  path: string,
  { body = [], headers = {} }: { readonly body?: Iterable<Uint8Array>; readonly headers?: Record<string, string> } = {},
): Promise<Raw> {
  const { hostname, port } = new URL(tracker.url)
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method, path, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }))
      response.once('error', reject)
    })
    request.once('error', reject)
    const parts = body[Symbol.iterator]()
    const next = (): void => {
      for (;;) {
        const { done, value } = parts.next()
        if (done === true) return void request.end()
        if (!request.write(value)) return void request.once('drain', next)
      }
    }
    next()
  })
}

const post = async (path: string, body: unknown): Promise<Raw> => {
  const response = await fetch(`${tracker.url}/api/2.0/mlflow/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.text(), headers: {} }
}

const ART = '/api/2.0/mlflow-artifacts/artifacts'

describe('paths that climb', () => {
  const climbing = [
    '../secret',
    'a/../../secret',
    '%2e%2e/secret',
    '%2E%2e%2Fsecret',
    '%252e%252e%252fsecret',
    '%25252e%25252e/secret',
    'a/%2e%2e/%2e%2e/secret',
    '..%5csecret',
    '%5c..%5csecret',
    '/etc/passwd',
    '%2fetc/passwd',
    'C:%5cwindows',
    'C:/windows',
    'file:///etc/passwd',
    'file%3a%2f%2f%2fetc/passwd',
    'a%23b',
  ]

  it.each(climbing)('%s is refused on every way in', async (path) => {
    const invalid = { error_code: 'INVALID_PARAMETER_VALUE', message: 'Invalid path' }
    for (const [method, url] of [
      ['PUT', `${ART}/${path}`],
      ['GET', `${ART}/${path}`],
      ['DELETE', `${ART}/${path}`],
      ['GET', `${ART}?path=${path}`],
      ['GET', `/api/2.0/mlflow/artifacts/list?run_id=${run}&path=${path}`],
      ['GET', `/get-artifact?run_id=${run}&path=${path}`],
      ['GET', `//model-versions/get-artifact?name=m&version=1&path=${path}`],
      ['POST', `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${run}&path=${path}`],
    ] as const) {
      const { status, body } = await raw(method, url, method[0] === 'P' ? { body: [Buffer.from('x')] } : {})
      expect({ url, status, body: JSON.parse(body) }).toEqual({ url, status: 400, body: invalid })
    }
    expect(await tracker.ports.artifacts.list('')).toEqual([])
  })

  it('the root itself is no file', async () => {
    for (const path of ['/', '/.', '/%2e', '//']) expect((await raw('DELETE', ART + path)).status).toBe(400)
  })
})

describe('bodies', () => {
  it('of 1 GB are refused and not kept in memory', { timeout: 120_000 }, async () => {
    const chunk = Buffer.alloc(2 ** 20, 'x')
    const gigabyte = function* (): Generator<Uint8Array> {
      for (let i = 0; i < 1024; i++) yield chunk
    }
    for (const headers of [{ 'content-length': String(2 ** 30) }, {}] as ReadonlyArray<Record<string, string>>) {
      const before = process.memoryUsage().rss
      const { status } = await raw('POST', '/api/2.0/mlflow/runs/log-batch', {
        body: gigabyte(),
        headers: { 'content-type': 'application/json', ...headers },
      })
      expect(status).toBe(413)
      expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
    }
  })

  it('that break off leave no artifact', async () => {
    const { hostname, port } = new URL(tracker.url)
    const path = `${ART}/broken/file.bin`
    const headers = { 'content-length': '1000000' }
    const request = httpRequest({ hostname, port, method: 'PUT', path, headers })
    request.on('error', () => undefined) // it is broken off here
    request.write(Buffer.alloc(1000))
    await sleep(100)
    request.destroy()
    await sleep(200)
    expect(await tracker.ports.artifacts.list('')).toEqual([])
    expect((await raw('GET', `${ART}/broken/file.bin`)).status).toBe(404)
  })

  it.each([
    ['no JSON', 'text'],
    ['half of one', '{"run_id":'],
    ['a list', '[]'],
    ['a number', '5'],
    ['a text in a text', '"\\"x\\""'],
    ['deeply nested', '['.repeat(100_000)],
  ])('that are %s are refused', async (_name, body) => {
    const { status, body: text } = await post('runs/log-metric', body)
    expect({ status, code: JSON.parse(text).error_code }).toEqual({ status: 400, code: 'INVALID_PARAMETER_VALUE' })
  })

  it('encoded twice are read', async () => {
    const { status } = await post(
      'runs/set-tag',
      JSON.stringify(JSON.stringify({ run_id: run, key: 'twice', value: '1' })),
    )
    expect(status).toBe(200)
    expect((await tracker.store.runs.find(run))?.tags['twice']).toBe('1')
  })

  it('with bare NaN are read', async () => {
    const { status } = await post(
      'runs/log-metric',
      `{"run_id": "${run}", "key": "bare", "value": NaN, "timestamp": 1}`,
    )
    expect(status).toBe(200)
    expect((await tracker.store.runs.find(run))?.metrics['bare']?.value).toBeNaN()
  })

  it.each(['text/plain', 'application/xml', ''])('of type "%s" are refused', async (type) => {
    const headers: Record<string, string> = type === '' ? {} : { 'content-type': type }
    const { status, body } = await raw('POST', '/api/2.0/mlflow/experiments/create', {
      body: [Buffer.from('{"name":"typed"}')],
      headers,
    })
    expect(status).toBe(400)
    expect(JSON.parse(body).message).toContain('Content-Type')
  })
})

describe('sizes', () => {
  it('10,000 tags are refused whole', async () => {
    const tags = Array.from({ length: 10_000 }, (_, i) => ({ key: `many${i}`, value: 'x' }))
    const { status, body } = await post('runs/log-batch', { run_id: run, tags })
    expect(status).toBe(400)
    expect(JSON.parse(body).message).toContain('at most 100 tags')
    expect(Object.keys((await tracker.store.runs.find(run))?.tags ?? {}).some((key) => key.startsWith('many'))).toBe(
      false,
    )
  })

  it('a filter of 1 MB is refused, and not sent back', async () => {
    for (const filter of ["params.a = 'x' AND ".repeat(60_000), '('.repeat(2 ** 20), 'x'.repeat(2 ** 20)]) {
      const { status, body } = await post('runs/search', { experiment_ids: [experiment], filter })
      expect({ status, code: JSON.parse(body).error_code }).toEqual({ status: 400, code: 'INVALID_PARAMETER_VALUE' })
      expect(body.length).toBeLessThan(3000)
    }
  })

  it('numbers beyond int64 and of no kind are refused', async () => {
    for (const timestamp of [1e300, '9'.repeat(30), 1.5, true, [], {}, '0x10', ' 1']) {
      const { status } = await post('runs/log-metric', { run_id: run, key: 'm', value: 1, timestamp })
      expect({ timestamp, status }).toEqual({ timestamp, status: 400 })
    }
    for (const value of [true, 'one', [], {}, '']) {
      const { status } = await post('runs/log-metric', { run_id: run, key: 'm', value, timestamp: 1 })
      expect({ value, status }).toEqual({ value, status: 400 })
    }
  })

  it('names that JavaScript holds dear are names', async () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect((await post('runs/log-parameter', { run_id: run, key, value: 'p' })).status).toBe(200)
      expect((await post('runs/set-tag', { run_id: run, key, value: 't' })).status).toBe(200)
      expect((await post('runs/log-metric', { run_id: run, key, value: 1, timestamp: 1 })).status).toBe(200)
      const { body } = await raw('GET', `/api/2.0/mlflow/runs/get?run_id=${run}`)
      const { data } = JSON.parse(body).run
      for (const list of [data.params, data.tags, data.metrics]) {
        expect(list.some((item: { readonly key: string }) => item.key === key)).toBe(true)
      }
    }
  })

  it('half a surrogate pair and a NUL are refused or kept, never a fault', async () => {
    for (const value of ['\ud800', 'a\0b', '\uffff']) {
      const { status } = await post('runs/set-tag', `{"run_id":"${run}","key":"odd","value":${JSON.stringify(value)}}`)
      expect([200, 400]).toContain(status)
    }
  })
})

describe('the edge', () => {
  it('answers unknown paths and methods with ENDPOINT_NOT_FOUND', async () => {
    for (const [method, path] of [
      ['GET', '/api/2.0/mlflow/none'],
      ['POST', '/api/3.0/mlflow/traces'],
      ['PUT', '/api/2.0/mlflow/runs/create'],
      ['GET', '/api/2.0/mlflow/metrics/get-history-bulk'],
      ['GET', '/nothing'],
    ] as const) {
      const { status, body } = await raw(method, path)
      expect({ path, status, code: JSON.parse(body).error_code }).toEqual({
        path,
        status: 404,
        code: 'ENDPOINT_NOT_FOUND',
      })
    }
  })

  it('refuses workspaces, multipart and presigned URLs in MLflow’s way', async () => {
    const workspace = await raw('GET', '/api/2.0/mlflow/experiments/get?experiment_id=0', {
      headers: { 'x-mlflow-workspace': 'other' },
    })
    expect(JSON.parse(workspace.body).error_code).toBe('FEATURE_DISABLED')
    const multipart = await raw('POST', '/api/2.0/mlflow-artifacts/mpu/create/a/b')
    expect(multipart.status).toBe(501)
    expect(JSON.parse(multipart.body).message).toMatch(
      /^Multipart upload is not supported for the current artifact repository/,
    )
  })

  it('sends no CORS headers', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const preflight = await raw('OPTIONS', '/api/2.0/mlflow/runs/create', { headers })
    expect(preflight.status).toBe(404)
    const answer = await raw('GET', '/api/2.0/mlflow/experiments/get?experiment_id=0', { headers })
    for (const { headers: sent } of [preflight, answer]) {
      expect(Object.keys(sent).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it('streams artifacts with a type that no browser runs', async () => {
    const content = Buffer.from('<script>alert(1)</script>')
    expect((await raw('PUT', `${ART}/t/x.html`, { body: [content] })).body).toBe('{}')
    const got = await raw('GET', `${ART}/t/x.html`)
    expect(got).toMatchObject({
      status: 200,
      body: content.toString(),
      headers: {
        'content-disposition': 'attachment; filename=x.html',
        'x-content-type-options': 'nosniff',
        'content-length': '25',
      },
    })
    const odd = await raw('PUT', `${ART}/t/${encodeURIComponent('ü "x".txt')}`, { body: [content] })
    expect(odd.status).toBe(200)
    const listed = JSON.parse((await raw('GET', `${ART}?path=t`)).body).files
    expect(listed).toEqual([
      { path: 'x.html', is_dir: false, file_size: 25 },
      { path: 'ü "x".txt', is_dir: false, file_size: 25 },
    ])
    expect((await raw('GET', `${ART}/t`)).status).toBe(400)
    expect((await raw('DELETE', `${ART}/t`)).body).toBe('{}')
    expect((await raw('GET', `${ART}?path=t`)).body).toBe('{}')
  })
})
