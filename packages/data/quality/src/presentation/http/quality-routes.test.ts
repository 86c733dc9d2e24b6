import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { QualityAnalyzed } from '../../application/quality-event.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { openQualityStore } from '../../infrastructure/sqlite/open-quality-store.ts'
import { documentText, parseDocumentText } from '../../infrastructure/suites/document-text.ts'
import { parseSuite } from '../../infrastructure/suites/parse-suite.ts'
import { openUploadedTable } from '../../infrastructure/uploads/open-uploaded-table.ts'
import { createQualityRoutes } from './quality-routes.ts'
import type { QualityRoutesOptions } from './routes-deps.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nomaly-quality-http-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Served {
  readonly app: OpenAPIHono
  readonly events: ReadonlyArray<QualityAnalyzed>
  readonly faults: ReadonlyArray<unknown>
}

function served(options: QualityRoutesOptions = {}): Served {
  const { suites, results } = openQualityStore({ path: ':memory:' })
  const events: Array<QualityAnalyzed> = []
  const faults: Array<unknown> = []
  let [ids, time] = [0, 1000]
  const app = createQualityRoutes({
    suites,
    results,
    events: { publish: async (event) => void events.push(event) },
    openTable: openUploadedTable({ temporaryFolder: folder }),
    texts: { parseSuite, parseDocument: parseDocumentText, documentText },
    openDataset: async (id) => ({ engine: memoryEngine(recordsTable([{ id }, { id }])), close: async () => undefined }),
    newId: () => `id-${ids++}`,
    now: () => time++,
    options: { ...options, onFault: (fault) => faults.push(fault) },
  })
  return { app, events, faults }
}

const orders = {
  name: 'orders',
  expectations: [
    { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
    { type: 'expectColumnValuesToMatchRegex', kwargs: { column: 'mail', regex: 'com$' }, severity: 'warning' },
  ],
}
const rows = [
  { id: 1, mail: 'ann@example.org' },
  { id: 1, mail: 'bob@example.com' },
]
const sent = (
  app: OpenAPIHono,
  path: string,
  method: string,
  body: unknown,
  type = 'application/json',
): Promise<Response> =>
  Promise.resolve(
    app.request(path, {
      method,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'Content-Type': type },
    }),
  )

describe('suites', () => {
  it('are kept by name and version', async () => {
    const { app } = served()
    expect((await sent(app, '/suites/orders', 'PUT', orders)).status).toBe(201)
    const again = await sent(app, '/suites/orders', 'PUT', orders)
    expect([again.status, await again.json()]).toMatchObject([200, { version: 1, suite: orders }])
    await sent(app, '/suites/orders', 'PUT', { ...orders, expectations: [] })
    expect(await (await app.request('/suites')).json()).toMatchObject({
      suites: [{ name: 'orders', version: 2, expectations: 0 }],
    })
    expect(await (await app.request('/suites/orders?version=1')).json()).toMatchObject({ suite: orders })
    expect(await (await app.request('/suites/orders/versions')).json()).toMatchObject({
      versions: [{ version: 2 }, { version: 1 }],
    })
  })

  it('with faults are refused, with the path of each', async () => {
    const { app } = served()
    const bad = { name: 'orders', expectations: [{ type: 'expectColumnValuesToBeBetwen', kwargs: {} }] }
    const answer = await sent(app, '/suites/orders', 'PUT', bad)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({
      type: 'urn:nomaly:quality/invalid-suite',
      status: 422,
      code: 'quality/invalid-suite',
      errors: [
        { path: 'expectations.0.type', message: expect.stringContaining('expectColumnValuesToBeBetween') as unknown },
      ],
    })
  })

  it('are read and written as YAML, with the line of each fault', async () => {
    const { app } = served()
    const yaml = documentText(orders, 'yaml')
    const kept = await sent(app, '/suites', 'POST', yaml, 'application/yaml')
    expect([kept.status, kept.headers.get('location')]).toEqual([201, 'suites/orders'])
    expect((await sent(app, '/suites/orders', 'PUT', orders)).status).toBe(200)
    expect(await (await app.request('/suites/orders?format=yaml')).text()).toBe(yaml)
    const bad = await sent(app, '/suites/orders', 'PUT', yaml.replace('ToBeUnique', 'ToBeUniqe'), 'text/yaml')
    expect([bad.status, await bad.json()]).toMatchObject([
      422,
      { errors: [{ path: 'expectations.0.type', line: 3, column: 5, message: expect.any(String) as unknown }] },
    ])
    const torn = await sent(app, '/suites/orders', 'PUT', '{"name": "orders",\n"expectations": [', 'application/json')
    expect([torn.status, await torn.json()]).toMatchObject([422, { errors: [{ path: '', line: 2 }] }])
  })

  it('are made of other documents, and of their own files', async () => {
    const { app } = served()
    const schema = { title: 'orders', type: 'object', properties: { id: { type: 'integer', oddity: 1 } } }
    const made = await sent(app, '/imports?types=false', 'POST', schema)
    expect([made.status, await made.json()]).toMatchObject([
      200,
      { from: 'json-schema', suite: { name: 'orders' }, yaml: expect.stringMatching(/^name: orders\n/) as unknown },
    ])
    const own = await sent(app, '/imports', 'POST', documentText(orders, 'yaml'), 'application/yaml')
    expect(await own.json()).toMatchObject({ from: 'nomaly', suite: orders, untranslated: [] })
    const none = await sent(app, '/imports', 'POST', 'a: 1\n', 'application/yaml')
    expect([none.status, await none.json()]).toMatchObject([422, { code: 'quality/invalid-suite' }])
  })

  it('with statements are refused unless that is allowed, also where they are contained', async () => {
    const statement = {
      type: 'expectQueryValueToBeBetween',
      kwargs: { query: "SELECT count(*) FROM read_text('/etc/passwd')" },
    }
    const nested = { type: 'expectSegmentsToSatisfy', kwargs: { groupBy: ['id'], expectation: statement } }
    for (const expectation of [statement, nested]) {
      const suite = { name: 's', expectations: [expectation] }
      const { app } = served()
      expect((await sent(app, '/suites/s', 'PUT', suite)).status).toBe(422)
      expect((await sent(app, '/checks', 'POST', { suite, rows })).status).toBe(422)
      expect((await sent(served({ allowStatements: true }).app, '/suites/s', 'PUT', suite)).status).toBe(201)
    }
  })
})

describe('checks', () => {
  it('of rows are answered, kept, told of, and shown as a report; personal values are masked', async () => {
    const { app, events } = served()
    const answer = await sent(app, '/checks', 'POST', { suite: orders, rows, keys: ['id'], source: 'today' })
    expect([answer.status, answer.headers.get('location')]).toEqual([201, 'results/id-0'])
    const result: unknown = await answer.json()
    expect(result).toMatchObject({
      id: 'id-0',
      dataset: 'orders',
      validation: {
        source: 'today',
        rows: 2,
        success: false,
        results: [{ success: false }, { result: { unexpectedCount: 1 } }],
      },
      score: { score: 25 },
    })
    expect(JSON.stringify(result)).not.toContain('ann@')
    expect(await (await app.request('/results/id-0')).json()).toEqual(result)
    expect(await (await app.request('/results?dataset=orders')).json()).toMatchObject({
      results: [{ id: 'id-0', score: 25 }],
    })
    expect(await (await app.request('/trends/orders')).json()).toMatchObject({ runs: [{ id: 'id-0' }] })
    const report = await app.request('/results/id-0/report')
    expect(report.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await report.text()).toMatch(/^<!doctype html>.*orders: check of today/s)
    expect(events).toMatchObject([{ type: 'nomaly.quality.analyzed', data: { result: 'id-0', rows: 2 } }])
    const open = await sent(app, '/checks', 'POST', { suite: orders, rows, unmask: true })
    expect(JSON.stringify(await open.json())).toContain('ann@')
    expect(JSON.stringify(await (await app.request('/results/id-2')).json())).not.toContain('ann@')
  })

  it('of files by a suite that was kept', async () => {
    const { app } = served()
    await sent(app, '/suites/orders', 'PUT', orders)
    const csv = 'id,mail\n1,ann@example.org\n1,bob@example.com\n'
    for (const [query, type, body] of [
      ['suite=orders', 'text/csv', csv],
      [
        'suite=orders&format=jsonl&version=1',
        'application/octet-stream',
        rows.map((row) => JSON.stringify(row)).join('\n'),
      ],
      [
        'suite=orders&source=a.json&format=json&keys=id,mail&resultFormat=BASIC',
        'application/json',
        JSON.stringify(rows),
      ],
    ] as const) {
      const answer = await sent(app, `/checks?${query}`, 'POST', body, type)
      expect([answer.status, await answer.json()]).toMatchObject([
        201,
        { validation: { engine: 'duckdb', rows: 2, results: [{ result: { unexpectedCount: 2 } }, {}] } },
      ])
    }
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['/checks', 'POST', '{"suite": "orders"', 'application/json', 400, 'quality/invalid-json'],
    ['/checks', 'POST', { suite: orders }, 'application/json', 400, 'quality/invalid-options'],
    ['/checks', 'POST', { suite: orders, rows, datasetId: 'a' }, 'application/json', 400, 'quality/invalid-options'],
    ['/checks', 'POST', { suite: 'none', rows }, 'application/json', 404, 'quality/unknown-suite'],
    ['/checks?suite=none', 'POST', 'a\n1\n', 'text/csv', 404, 'quality/unknown-suite'],
    ['/checks?suite=none', 'POST', 'a\n1\n', 'text/plain', 400, 'quality/invalid-options'],
    ['/checks?suit=none', 'POST', 'a\n1\n', 'text/csv', 400, 'quality/invalid-options'],
    ['/checks', 'POST', { suite: orders, rows, keys: ['idd'] }, 'application/json', 422, 'quality/unknown-column'],
    ['/checks', 'POST', { suite: orders, rows: 'x'.repeat(200) }, 'application/json', 413, 'quality/too-large'],
    ['/suites/other', 'PUT', { name: 'o', expectations: [] }, 'application/json', 422, 'quality/invalid-suite'],
    ['/nowhere', 'POST', '', 'text/plain', 404, 'quality/not-found'],
  ])('%s %s %j (%s) is answered with %i %s', async (path, method, body, type, status, code) => {
    const { app, faults } = served(code === 'quality/too-large' ? { maxJsonBytes: 100 } : {})
    const answer = await sent(app, path, method, body, type)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({ status, code, detail: expect.any(String) as unknown })
    expect(faults).toEqual([])
  })

  it('of a file that cannot be read, or is too long, leave nothing behind and name no path', async () => {
    const { app } = served({ maxFileBytes: 1000 })
    await sent(app, '/suites/orders', 'PUT', orders)
    const broken = await sent(app, '/checks?suite=orders&format=parquet', 'POST', 'PAR1 no', 'application/octet-stream')
    expect(broken.status).toBe(422)
    expect(await broken.text()).not.toContain(folder)
    const long = new Request('http://localhost/checks?suite=orders', {
      method: 'POST',
      headers: { 'Content-Type': 'text/csv' },
      body: new ReadableStream({
        pull: (controller) => {
          controller.enqueue(new TextEncoder().encode('1,2\n'.repeat(100)))
        },
      }),
      duplex: 'half',
    })
    const answer = await app.request(long)
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'quality/too-large' }])
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    '/results/none',
    '/results/none/report',
    '/suites/none',
    '/suites/none/versions',
    '/results?limit=0',
    '/results?x=1',
  ])('GET %s is a problem', async (path) => {
    const answer = await served().app.request(path)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect([400, 404]).toContain(answer.status)
  })
})

it('lists every expectation with its arguments', async () => {
  const { expectations } = (await (await served().app.request('/expectations')).json()) as {
    readonly expectations: ReadonlyArray<unknown>
  }
  expect(expectations.length).toBeGreaterThan(60)
})

it('checks a kept data set', async () => {
  const suite = { name: 's', expectations: [{ type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } }] }
  const answer = await sent(served().app, '/checks', 'POST', { suite, datasetId: 'pumps' })
  expect([answer.status, await answer.json()]).toMatchObject([
    201,
    { validation: { source: 'pumps', rows: 2, success: false } },
  ])
})

it('describes every route, and nothing else', () => {
  const { app } = served()
  const { paths = {} } = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Quality', version: '1' } })
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.toSorted()).toEqual(app.routes.map(({ method, path }) => `${method} ${path}`).toSorted())
})
