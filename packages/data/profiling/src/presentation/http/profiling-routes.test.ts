import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { parseProfile } from '../../application/profile-document.ts'
import type { ProfileGenerated } from '../../application/profile-event.ts'
import { memoryEngine } from '../../infrastructure/memory/memory-engine.ts'
import { recordsTable } from '../../infrastructure/memory/records-table.ts'
import { openProfilesStore } from '../../infrastructure/sqlite/open-profiles-store.ts'
import { openUploadedTable } from '../../infrastructure/uploads/open-uploaded-table.ts'
import { createProfilingRoutes } from './profiling-routes.ts'
import type { ProfilingRoutesOptions } from './routes-deps.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nomaly-profiling-http-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Served {
  readonly app: OpenAPIHono
  readonly events: ReadonlyArray<ProfileGenerated>
  readonly faults: ReadonlyArray<unknown>
}

function served(options: ProfilingRoutesOptions = {}): Served {
  const events: Array<ProfileGenerated> = []
  const faults: Array<unknown> = []
  let [ids, time] = [0, 1000]
  const app = createProfilingRoutes({
    profiles: openProfilesStore({ path: ':memory:' }).profiles,
    events: { publish: async (event) => void events.push(event) },
    openTable: openUploadedTable({ temporaryFolder: folder }),
    openDataset: async (id) => ({ engine: memoryEngine(recordsTable([{ id }, { id }])), close: async () => undefined }),
    newId: () => `id-${ids++}`,
    now: () => time++,
    options: { ...options, onFault: (fault) => faults.push(fault) },
  })
  return { app, events, faults }
}

const people = (count: number, shift = 0): ReadonlyArray<Record<string, unknown>> =>
  Array.from({ length: count }, (_, i) => ({ n: i + shift, mail: `someone${i}@example.org` }))
const csv = (rows: ReadonlyArray<Record<string, unknown>>): string =>
  ['n,mail', ...rows.map((row) => Object.values(row).join(','))].join('\n')
const post = (app: OpenAPIHono, query: string, body: string, type: string): Promise<Response> =>
  Promise.resolve(app.request(`/profiles${query}`, { method: 'POST', body, headers: { 'Content-Type': type } }))

it('profiles what is sent, keeps it, tells of it, and masks what is personal', async () => {
  const { app, events } = served()
  const answer = await post(app, '?source=people.csv', csv(people(40)), 'text/csv')
  expect([answer.status, answer.headers.get('location')]).toEqual([201, 'profiles/id-0'])
  const kept = (await answer.json()) as { readonly id: string; readonly profile: unknown }
  expect(parseProfile(kept.profile)).toMatchObject({ source: 'people.csv', rows: 40, engine: 'duckdb' })
  expect(JSON.stringify(kept)).not.toContain('someone')
  expect(await (await app.request('/profiles/id-0')).json()).toEqual(kept)
  expect(await (await app.request('/profiles?source=people.csv')).json()).toMatchObject({
    profiles: [{ id: 'id-0', rows: 40, columns: 2 }],
  })
  expect(events).toMatchObject([
    { type: 'nomaly.profile.generated', subject: 'people.csv', data: { rows: 40, personalColumns: ['mail'] } },
  ])
  const report = await app.request('/profiles/id-0/report')
  expect(report.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await report.text()).toMatch(/^<!doctype html>.*Profile of people\.csv/s)
  expect(readdirSync(folder)).toEqual([])
})

it('profiles rows and compares profiles', async () => {
  const { app } = served()
  for (const shift of [0, 500]) {
    const body = JSON.stringify({ rows: people(300, shift), source: `by ${shift}`, sketches: true })
    expect((await post(app, '', body, 'application/json')).status).toBe(201)
  }
  const comparison = await (await app.request('/profiles/id-2/comparison?reference=id-0')).json()
  expect(comparison).toMatchObject({ columns: [{ column: 'n', values: { outcome: 'drift' } }, { column: 'mail' }] })
  expect(await (await app.request('/profiles/id-2/report?reference=id-0')).text()).toContain('id="drift"')
  expect(await (await app.request('/profiles/schema')).json()).toMatchObject({ type: 'object' })
})

it.each([
  ['POST', '', '{"rows": 1', 'application/json', 400, 'profiling/invalid-json'],
  ['POST', '', '{"rows": 1}', 'application/json', 400, 'profiling/invalid-options'],
  ['POST', '', '{"rows": [], "datasetId": "a"}', 'application/json', 400, 'profiling/invalid-options'],
  ['POST', '', 'a\n1\n', 'text/plain', 400, 'profiling/invalid-options'],
  ['POST', '?columns=b', 'a\n1\n', 'text/csv', 422, 'profiling/unknown-column'],
  ['POST', '?format=parquet', 'PAR1 no', 'application/octet-stream', 422, 'profiling/unreadable-data'],
  ['POST', '', 'a\n'.repeat(1000), 'text/csv', 413, 'profiling/too-large'],
  ['GET', '/none', undefined, 'text/plain', 404, 'profiling/unknown-profile'],
  ['GET', '/none/comparison', undefined, 'text/plain', 400, 'profiling/invalid-options'],
  ['GET', '?limit=0', undefined, 'text/plain', 400, 'profiling/invalid-options'],
  ['GET', '/a/b/c', undefined, 'text/plain', 404, 'profiling/not-found'],
])('%s /profiles%s with %j is answered with %s %i %s', async (method, path, body, type, status, code) => {
  const { app, faults } = served({ maxFileBytes: 1000 })
  const answer = await app.request(`/profiles${path}`, {
    method,
    headers: { 'Content-Type': type },
    ...(body === undefined ? {} : { body }),
  })
  const text = await answer.text()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
  expect(JSON.parse(text)).toMatchObject({ status, code })
  expect(text).not.toContain(folder)
  expect(faults).toEqual([])
  expect(readdirSync(folder)).toEqual([])
})

it('profiles a kept data set', async () => {
  const answer = await post(served().app, '', '{"datasetId": "pumps"}', 'application/json')
  expect([answer.status, await answer.json()]).toMatchObject([201, { profile: { source: 'pumps', rows: 2 } }])
})

it('describes every route, and nothing else', () => {
  const { app } = served()
  const { paths = {} } = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Profiling', version: '1' } })
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  )
  expect(described.toSorted()).toEqual(app.routes.map(({ method, path }) => `${method} ${path}`).toSorted())
})
