import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { OutboxEventBus } from '../../application/events/outbox-event-bus.ts'
import { Webhooks } from '../../application/webhooks/webhooks.ts'
import { openSqliteStore, type SqliteStore } from '../../infrastructure/open-sqlite-store.ts'
import { createAnalyticsRoutes } from './analytics-routes.ts'
import { createAuditRoutes } from './audit-routes.ts'
import { createWebhookRoutes } from './webhook-routes.ts'

let store: SqliteStore
beforeEach(() => {
  store = openSqliteStore({ path: ':memory:' })
})
afterEach(() => store.close())

const json = async (answer: Response | Promise<Response>): Promise<unknown> => (await answer).json()
const fail = (error: unknown): never => {
  throw error
}

describe('the routes of webhooks', () => {
  const app = () => {
    const process = { now: Date.now, random: Math.random, onError: fail }
    const calls = new Webhooks({
      ...store,
      ...process,
      bus: new OutboxEventBus({ ...store, ...process }),
      sender: { check: () => undefined, send: async () => ({ status: 410 }) },
      secrets: { seal: (secret) => Buffer.from(secret), open: (sealed) => Buffer.from(sealed).toString() },
      newId: () => crypto.randomUUID(),
    })
    return createWebhookRoutes({ ...store, calls })
  }
  const post = (body: unknown): RequestInit => {
    return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  }

  it('take no endless body', async () => {
    const draft = { url: 'https://example.com', patterns: ['a.b'], description: 'x'.repeat(2 ** 21) }
    expect((await app().request('/webhooks', post(draft))).status).toBe(413)
  })

  it('tell a secret once, how calls went, and enable and remove', async () => {
    const routes = app()
    const made = await routes.request('/webhooks', post({ url: 'https://example.com', patterns: ['nomaly.*.*'] }))
    const { id } = (await made.clone().json()) as { readonly id: string } // as described
    expect([made.status, made.headers.get('location')]).toEqual([201, `/webhooks/${id}`])
    expect(await json(made)).toMatchObject({ secret: expect.stringMatching(/^whsec_/), status: 'active' })
    expect(Object.keys(((await json(routes.request('/webhooks'))) as { items: [object] }).items[0])).not.toContain(
      'secret',
    )
    expect(await json(routes.request(`/webhooks/${id}/test`, { method: 'POST' }))).toMatchObject({ status: 410 })
    expect(await json(routes.request(`/webhooks/${id}/deliveries?limit=1`))).toMatchObject({
      items: [{ attempt: 0, isDelivered: false }],
      next: null,
    })
    await store.webhooks.setDisabled(id, 'gone')
    expect(await json(routes.request('/webhooks'))).toMatchObject({ items: [{ status: 'disabled', reason: 'gone' }] })
    expect(await json(routes.request(`/webhooks/${id}/enable`, { method: 'POST' }))).toMatchObject({ status: 'active' })
    expect((await routes.request(`/webhooks/${id}`, { method: 'DELETE' })).status).toBe(204)
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/enable'],
      ['POST', '/test'],
      ['GET', '/deliveries'],
    ] as const)
      expect([path, (await routes.request(`/webhooks/${id}${path}`, { method })).status]).toEqual([path, 404])
  })

  it.each([
    [{ url: 'https://example.com' }, 'patterns'],
    [{ url: 'no url', patterns: ['a.b'] }, 'url: must be'],
    [{ url: 'https://example.com', patterns: ['A.b'] }, 'pattern: must be'],
    [{ url: 'https://example.com', patterns: ['a.b'], secret: 'mine' }, 'secret'],
  ])('refuse %o', async (draft, detail) => {
    const answer = await app().request('/webhooks', post(draft))
    expect([answer.status, await answer.json()]).toMatchObject([400, { detail: expect.stringContaining(detail) }])
  })
})

it('the routes of the audit log page, choose and verify', async () => {
  const routes = createAuditRoutes(store)
  const told = { request: 'r', actor: 'local', method: 'DELETE', path: '/models/a', status: 204 }
  for (const subject of ['models/a', 'models/b', 'jobs/c'])
    await store.audit.append({ ...told, action: `${subject.slice(0, -2)}.delete`, subject })
  const page = (await json(routes.request('/audit?action=models.*&limit=1'))) as { readonly next: string } // as described
  expect(page).toMatchObject({ items: [{ sequence: 2, subject: 'models/b' }] })
  expect(await json(routes.request(`/audit?action=models.*&cursor=${page.next}`))).toMatchObject({
    items: [{ sequence: 1 }],
    next: null,
  })
  expect(await json(routes.request('/audit/verify'))).toMatchObject({ isIntact: true, entries: 3 })
  expect((await routes.request('/audit?cursor=no')).status).toBe(400)
})

it('the route of analytics tells every name, of days and in all', async () => {
  const event = { specversion: '1.0', id: '1', source: '/t', type: 'a.b', time: '2026-11-20T10:00:00Z' } as const
  await store.outbox.append([event])
  await store.counters.count(event, { detections: 2 })
  const routes = createAnalyticsRoutes({ ...store, names: ['uploads'] })
  expect(await json(routes.request('/analytics'))).toEqual({
    totals: { uploads: 0, detections: 2 },
    days: [{ day: '2026-11-20', counts: { uploads: 0, detections: 2 } }],
  })
  expect(await json(routes.request('/analytics?to=2026-11-19'))).toMatchObject({ days: [] })
  expect((await routes.request('/analytics?from=yesterday')).status).toBe(400)
})
