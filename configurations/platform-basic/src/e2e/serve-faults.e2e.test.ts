import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { answerTo, connected } from './raw-socket.ts'
import { endAll, type Served, serveFolder } from './serving.ts'
import { sampleCsv, type Scratch, scratch } from './spawn-nomaly.ts'

let files: Scratch
let server: Served
let api = ''
beforeAll(async () => {
  files = scratch()
  server = await serveFolder(join(files.folder, 'data'))
  api = `${server.url}/api/v1`
})
afterAll(() => {
  endAll()
  files.remove()
})

const JSON_TYPE = { 'content-type': 'application/json' }
const MIB = 2 ** 20

/** A body that is sent in chunks, without its length, as long as it is taken. */
function chunked(bytes: number): RequestInit {
  const part = new Uint8Array(MIB).fill(32)
  let left = bytes
  const pull = (controller: ReadableStreamDefaultController): void => {
    controller.enqueue(part.subarray(0, Math.min(left, MIB)))
    left -= MIB
    if (left <= 0) controller.close()
  }
  return { method: 'POST', body: new ReadableStream({ pull }), duplex: 'half' }
}

async function refusalOf(asked: Promise<Response>): Promise<{ readonly status: number; readonly detail: string }> {
  const answer = await asked
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const told = (await answer.json()) as { status: number; title: string; type: string; detail: string } // as described
  expect(told).toMatchObject({ status: answer.status, title: expect.any(String), type: expect.any(String) })
  return told
}

const peakMiB = async (): Promise<number> => {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / MIB
}

/** Paths of the description that take a JSON body, without their parameters. */
async function jsonPaths(): Promise<ReadonlyArray<readonly [string, string]>> {
  const described = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { requestBody?: { content: object } }>>
  } // OpenAPI's
  return Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { requestBody }]) => requestBody !== undefined && 'application/json' in requestBody.content)
      .map(([method]) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x')] as const),
  )
}

describe('bodies that are too large', () => {
  it('are refused by their length before they come', async () => {
    const head = `POST /api/v1/detect HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99999999\r\n\r\n`
    expect(await answerTo(server.url, head)).toMatch(/^HTTP\/1.1 413 [^]*problem\+json/)
  })

  it('are refused by every route that reads JSON, also without a length', async () => {
    const paths = await jsonPaths()
    expect(paths.length).toBeGreaterThan(6)
    for (const [method, path] of paths) {
      const asked = fetch(server.url + path, { ...chunked(80 * MIB), method, headers: JSON_TYPE })
      const status = await asked.then(
        (answer) => (void answer.body?.cancel(), answer.status),
        () => 413, // it hung up on us while we were sending
      )
      expect([path, status]).toEqual([path, 413])
    }
    expect(await peakMiB()).toBeLessThan(700)
  }, 60_000)
})

describe('malformed requests', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const invalidUtf8 = Uint8Array.of(...Buffer.from('{"rows": [["'), 0xff, 0xfe, ...Buffer.from('"]]}'))
  const BODIES: ReadonlyArray<readonly [string, string | Uint8Array<ArrayBuffer>]> = [
    ['a half object', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"rows"'],
    ['no UTF-8', invalidUtf8],
    ['deep nesting', deep],
    ['deep nesting in rows', `{"rows": [${deep}]}`],
    ['NaN', '{"rows": [[NaN]]}'],
    ['a huge number', '{"rows": [[1e999], [1], [2]]}'],
    ['its prototype', '{"__proto__": {"rows": [[1], [2]]}, "constructor": {"prototype": {}}}'],
    ['a prototype among records', '{"rows": [{"__proto__": 1}, {"toString": 3}], "columns": ["__proto__"]}'],
    ['rows of nothing', '{"rows": [[], []]}'],
    ['rows of two lengths', '{"rows": [[1], [1, 2]]}'],
    ['parameters that are none', '{"rows": [[1], [2]], "parameters": {"nEstimators": 1e308}}'],
    ['a threshold beyond', '{"rows": [[1], [2], [3]], "contamination": 1e-400}'],
    ['a data set elsewhere', '{"dataset": "../../etc/passwd"}'],
    ['a model elsewhere', '{"rows": [[1]], "model": {"name": "../../x"}}'],
  ]

  it.each(BODIES)('with %s are problems, for detect, explain, training and jobs', async (_what, body) => {
    for (const path of ['detect', 'explain', 'models/m/versions', 'jobs', 'profiles', 'quality/checks']) {
      const { status } = await refusalOf(fetch(`${api}/${path}`, { method: 'POST', headers: JSON_TYPE, body }))
      expect([path, status >= 400 && status < 500]).toEqual([path, true])
    }
  })

  it.each([
    ['a.csv', 'a,b\n1\n'],
    ['a.csv', '"a\n'],
    ['a.csv', Uint8Array.of(0x61, 0x0a, 0xff, 0xfe, 0x0a)],
    ['a.csv', ''],
    ['a.csv.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0)],
    ['a.json', '[{"a": 1}, {]'],
    ['a.json', '7'],
    ['a.jsonl', '{"a": 1}\n{"a": \n'],
    ['a.parquet', 'PAR1 this is none PAR1'],
    ['a.parquet', ''],
    ['a.parquet', Uint8Array.from([...Buffer.from('PAR1'), ...Array(64).fill(255), ...Buffer.from('PAR1')])],
  ])('of a file %s that is none are problems, and nothing is kept', async (name, body) => {
    const { status } = await refusalOf(fetch(`${api}/datasets?name=${name}`, { method: 'POST', body }))
    expect(status).toBe(422)
    expect(await (await fetch(`${api}/datasets`)).json()).toMatchObject({ items: [] })
  })

  it.each([
    'datasets/..%2f..%2fetc%2fpasswd',
    'datasets/%00',
    'datasets/.incoming',
    'models/..%2f..%2fx/versions/1',
    'models/%2e%2e',
    'jobs/..%2f',
    'profiles/..%2f..%2foperations.db',
    'quality/suites/..%2f..%2fx?version=1e9',
    'datasets?limit=1e9',
    'datasets?limit=-1',
    'jobs?cursor=%f0%28%8c%28',
    'events?after=1e400',
    'events?patterns=**',
    'detectors/__proto__',
    'detectors/constructor',
    'nowhere',
  ])('for %s are problems', async (path) => {
    const { status } = await refusalOf(fetch(`${api}/${path}`))
    expect([400, 404, 422]).toContain(status)
  })

  it('with another content type or method are problems', async () => {
    const xml = { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<rows/>' }
    for (const path of ['detect', 'explain', 'jobs', 'models/m/versions']) {
      expect(await refusalOf(fetch(`${api}/${path}`, xml))).toMatchObject({
        status: 415,
        detail: expect.stringContaining('application/json'),
      })
    }
    for (const [method, path] of [
      ['PATCH', 'detect'],
      ['PUT', 'jobs'],
      ['DELETE', 'detect'],
    ] as const) {
      const { status } = await refusalOf(fetch(`${api}/${path}`, { method }))
      expect([404, 405]).toContain(status)
    }
    for (const method of ['OPTIONS', 'HEAD']) {
      const answer = await fetch(`${api}/datasets`, { method, headers: { origin: 'https://evil.example' } })
      expect(answer.status).toBeLessThan(500)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      await answer.body?.cancel()
    }
  })

  it('that are conditional are answered as RFC 9110 says', async () => {
    for (const path of ['/', '/openapi.json', '/docs/docs.js']) {
      const first = await fetch(server.url + path)
      const etag = first.headers.get('etag') ?? ''
      expect(etag).toMatch(/^(W\/)?".+"$/)
      const same = await fetch(server.url + path, { headers: { 'if-none-match': `"other", ${etag}` } })
      expect([path, same.status, await same.text()]).toEqual([path, 304, ''])
      const other = await fetch(server.url + path, { headers: { 'if-none-match': '"other"' } })
      expect(other.status).toBe(200)
    }
  })
})

describe('requests that could be read in two ways', () => {
  const head = 'POST /api/v1/detect HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
  it.each([
    ['two lengths', `${head}content-length: 2\r\ncontent-length: 30\r\n\r\n{}GET /metrics HTTP/1.1\r\n\r\n`],
    [
      'a length and chunks',
      `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: localhost\r\n\r\n`,
    ],
    ['another encoding', `${head}transfer-encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`],
    ['a negative length', `${head}content-length: -1\r\n\r\n{}`],
    ['a chunk of no length', `${head}transfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n`],
    ['a folded header', `${head}x-a: b\r\n c\r\ncontent-length : 2\r\n\r\n{}`],
    ['bare line feeds', 'GET /metrics HTTP/1.1\nhost: localhost\n\n'],
    ['no host', 'GET /metrics HTTP/1.1\r\n\r\n'],
    ['another host', 'GET /metrics HTTP/1.1\r\nhost: evil.example\r\n\r\n'],
    ['no version', 'GET /metrics\r\n\r\n'],
    ['a long header', `GET /metrics HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ])('by %s are refused, and the connection is closed', async (_what, bytes) => {
    const answer = await answerTo(server.url, bytes)
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d /)
    expect(answer.match(/HTTP\/1.1 \d/g)).toHaveLength(1)
    expect(answer).toMatch(/^connection: close\r$/im)
    expect(answer).not.toContain('nomaly_http_requests_total')
  })
})

describe('many clients', () => {
  it('that send next to nothing hold nobody up', async () => {
    const slow: Socket[] = []
    for (let i = 0; i < 200; i++) {
      const socket = await connected(server.url)
      socket.write(
        i % 2 === 0 ? 'GET /hea' : 'POST /api/v1/detect HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{',
      )
      slow.push(socket)
    }
    const start = performance.now()
    expect((await fetch(`${api}/datasets?name=sample.csv`, { method: 'POST', body: sampleCsv() })).status).toBe(201)
    expect(performance.now() - start).toBeLessThan(2000)
    for (const socket of slow) socket.destroy()
  })

  it('that say nothing, ten thousand of them, are borne', async () => {
    const WANTED = 10_000
    const [, most = '0'] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    const count = Math.min(WANTED, Number(most) - 1000)
    if (count < WANTED)
      process.stdout.write(`only ${count} of ${WANTED} idle connections: this process may have ${most} files open\n`)
    const before = await peakMiB()
    const idle: Socket[] = []
    while (idle.length < count) {
      idle.push(
        ...(await Promise.all(Array.from({ length: Math.min(100, count - idle.length) }, () => connected(server.url)))),
      )
    }
    for (let i = 0; i < 3; i++) {
      const start = performance.now()
      expect((await fetch(`${server.url}/health/readiness`)).status).toBe(200)
      expect(performance.now() - start).toBeLessThan(1000)
    }
    expect((await peakMiB()) - before).toBeLessThan(300)
    expect(idle.filter((socket) => socket.closed)).toEqual([])
    for (const socket of idle) socket.destroy()
  }, 60_000)

  it('and whatever came before: it serves, and told of no fault', async () => {
    expect((await fetch(`${server.url}/health/readiness`)).status).toBe(200)
    const told = server.told()
    expect(told.split('\n').filter((line) => line !== '' && !/^(serving|\{)/.test(line))).toEqual([])
    expect(told.split('\n').filter((line) => /"status":5\d\d/.test(line))).toEqual([])
  })
})
