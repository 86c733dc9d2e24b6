import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { OutboxEventBus } from '../../application/events/outbox-event-bus.ts'
import { JobRunner } from '../../application/jobs/job-runner.ts'
import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import { openSqliteStore, type SqliteStore } from '../../infrastructure/open-sqlite-store.ts'
import { createEventRoutes } from './event-routes.ts'
import { createJobRoutes } from './job-routes.ts'

let store: SqliteStore
beforeEach(() => {
  store = openSqliteStore({ path: ':memory:' })
})
afterEach(() => store.close())

const fail = (error: unknown): never => {
  throw error
}
const process = { now: Date.now, random: Math.random, onError: fail }
const post = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const jobsApp = () =>
  createJobRoutes({
    ...store,
    kinds: {
      sum: {
        summary: 'Adds numbers.',
        check: (input) =>
          typeof input === 'object' && input !== null && 'rows' in input
            ? []
            : [{ path: 'input.rows', message: 'is missing' }],
      },
    },
  })
const event = (id: string, type = 'nomaly.detection.completed'): CloudEvent => ({
  specversion: '1.0',
  id,
  source: '/test',
  type,
})

describe('the routes of jobs', () => {
  it('take a job once a key, tell how it goes, cancel and retry it', async () => {
    const app = jobsApp()
    const draft = { kind: 'sum', input: { rows: [1, 2] }, queue: 'high' }
    const first = await app.request('/jobs', post(draft, { 'idempotency-key': 'k' }))
    const job = (await first.json()) as { readonly id: string } // as described
    expect([first.status, first.headers.get('location')]).toEqual([202, `/jobs/${job.id}`])
    const again = await app.request('/jobs', post(draft, { 'idempotency-key': 'k' }))
    expect([again.status, await again.json()]).toMatchObject([200, { id: job.id }])
    const other = await app.request('/jobs', post({ ...draft, input: { rows: [] } }, { 'idempotency-key': 'k' }))
    expect(other.status).toBe(409)
    const cancelled = await app.request(`/jobs/${job.id}/cancel`, { method: 'POST' })
    expect(await cancelled.json()).toMatchObject({ kind: 'sum', queue: 'high', state: 'cancelled' })
    expect(await (await app.request(`/jobs/${job.id}/retry`, { method: 'POST' })).json()).toMatchObject({
      state: 'waiting',
    })
    expect((await app.request(`/jobs/${job.id}/retry`, { method: 'POST' })).status).toBe(409)
    const runner = new JobRunner({ ...store, ...process, handlers: { sum: { handle: async () => ({ sum: 3 }) } } })
    runner.start()
    await expect.poll(async () => (await app.request(`/jobs/${job.id}`)).json()).toMatchObject({ output: { sum: 3 } })
    await runner.stop()
  })

  it('list by state, page by page', async () => {
    const app = jobsApp()
    for (const n of [1, 2, 3]) await app.request('/jobs', post({ kind: 'sum', input: { rows: [n] } }))
    const page = (await (await app.request('/jobs?limit=2&state=waiting')).json()) as {
      readonly items: ReadonlyArray<{ readonly input: unknown }>
      readonly next: string
    } // as described
    expect(page.items.map(({ input }) => input)).toEqual([{ rows: [3] }, { rows: [2] }])
    const rest = await app.request(`/jobs?limit=2&state=waiting&cursor=${encodeURIComponent(page.next)}`)
    expect(await rest.json()).toMatchObject({ items: [{ input: { rows: [1] } }], next: null })
    expect(await (await app.request('/jobs?state=failed')).json()).toEqual({ items: [], next: null })
  })

  it.each([
    ['/jobs', post('{"kind": '), 400, 'JSON'],
    ['/jobs', post({ kind: 'sum', input: {} }), 400, 'input.rows: is missing'],
    ['/jobs', post({ kind: 'constructor', input: {} }), 400, "there is no 'constructor'; there are: sum"],
    ['/jobs', post({ kind: 'sum', input: [], queue: 'urgent' }), 400, 'queue: '],
    ['/jobs', post({ kind: 'sum', input: { rows: 'x'.repeat(2 ** 21) } }), 413, '1 MiB'],
    ['/jobs/none', {}, 404, "no job 'none'"],
    ['/jobs/none/cancel', { method: 'POST' }, 404, 'none'],
    ['/jobs?cursor=no', {}, 400, 'cursor: must be the "next" of a page'],
  ])('refuse %s %#', async (path, request, status, detail) => {
    const answer = await jobsApp().request(path, request)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json'])
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringContaining(detail) })
  })
})

describe('the routes of events', () => {
  const read = async (reader: ReadableStreamDefaultReader<Uint8Array>, until: string): Promise<string> => {
    let text = ''
    while (!text.includes(until)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`ended after ${text}`)
      text += new TextDecoder().decode(value)
    }
    return text
  }
  const readerOf = (answer: Response): ReadableStreamDefaultReader<Uint8Array> => {
    if (answer.body === null) throw new Error('no body')
    return answer.body.getReader()
  }

  it('list, and stream from where the reader was', async () => {
    const closing = new AbortController()
    const app = createEventRoutes({ ...store, closing: closing.signal, heartbeatMs: 30 })
    await store.outbox.append([event('a'), event('b', 'nomaly.model.trained'), event('c')])
    expect(await (await app.request('/events?patterns=nomaly.detection.*')).json()).toMatchObject({
      items: [{ event: { id: 'a' } }, { event: { id: 'c' } }],
      next: 3,
    })
    expect(await (await app.request('/events?after=-1')).json()).toMatchObject({ items: [{ event: { id: 'c' } }] })
    expect(await (await app.request('/events?after=-9')).json()).toMatchObject({ items: [{}, {}, {}], next: 3 })
    const headers = { accept: 'text/event-stream', 'last-event-id': '1' }
    const answer = await app.request('/events?patterns=nomaly.detection.*', { headers })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    const reader = readerOf(answer)
    const text = await read(reader, '"c"')
    expect(text).toMatch(/id: 3\nevent: nomaly\.detection\.completed\ndata: \{.*"id":"c"/)
    expect(text).not.toContain('"a"')
    await read(reader, ': heartbeat')
    await store.outbox.append([event('d')])
    await read(reader, 'id: 4\n')
    closing.abort()
    while (!(await reader.read()).done) continue
    expect((await app.request('/events?patterns=no..good', { headers })).status).toBe(400)
  })

  it('show what could not be delivered, and replay or discard it', async () => {
    const bus = new OutboxEventBus({ ...store, ...process })
    const app = createEventRoutes(store)
    let isBroken = true
    const handled: string[] = []
    await bus.subscribe({
      name: 'hook',
      patterns: ['nomaly.*.*'],
      handle: async (delivery) => {
        if (isBroken) throw Object.assign(new Error('no route'), { details: { retryable: false } })
        handled.push(delivery.event.id)
      },
    })
    await bus.publish(event('a'), event('b'))
    while ((await bus.drain()) > 0) continue
    const { items } = (await (await app.request('/events/dead-letters')).json()) as {
      readonly items: ReadonlyArray<{ readonly id: string }>
    } // as described
    expect(items).toMatchObject([{ subscription: 'hook', error: 'no route', event: { id: 'a' } }, { attempts: 1 }])
    isBroken = false
    const gone = await app.request('/events/dead-letters/discard', post({ ids: [items[1]?.id] }))
    expect(await gone.json()).toEqual({ count: 1 })
    expect(await (await app.request('/events/dead-letters/replay', post({}))).json()).toEqual({ count: 1 })
    while ((await bus.drain()) > 0) continue
    expect(handled).toEqual(['a'])
    expect((await app.request('/events/dead-letters/discard', post({ ids: [] }))).status).toBe(400)
  })
})
