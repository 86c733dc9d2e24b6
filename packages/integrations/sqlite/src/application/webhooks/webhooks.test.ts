import { Webhook as Verifier } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import { openSqliteStore, type SqliteStore } from '../../infrastructure/open-sqlite-store.ts'
import { OutboxEventBus } from '../events/outbox-event-bus.ts'
import type { WebhookSender } from '../ports/webhook-sender.ts'
import { Webhooks } from './webhooks.ts'

const DAY = 86_400_000
const faults: unknown[] = []
let store: SqliteStore
let bus: OutboxEventBus
let webhooks: Webhooks
let at: number
let answers: Array<{ readonly status: number; readonly retryAfterMs?: number } | Error>
let sent: Array<Parameters<WebhookSender['send']>[0]>

beforeEach(() => {
  at = Date.now()
  answers = []
  sent = []
  store = openSqliteStore({ path: ':memory:', now: () => at })
  bus = new OutboxEventBus({ ...store, now: () => at, random: () => 0, onError: (error) => faults.push(error) })
  webhooks = opened()
})
afterEach(async () => {
  await store.close()
  expect(faults.splice(0)).toEqual([])
})

function opened(): Webhooks {
  return new Webhooks({
    ...store,
    bus,
    sender: {
      check: (url) => {
        if (url.includes('forbidden')) throw new Error('is no public address')
      },
      send: async (request) => {
        sent.push(request)
        const answer = answers.shift() ?? { status: 204 }
        if (answer instanceof Error) throw answer
        return answer
      },
    },
    secrets: {
      seal: (secret, owner) => new TextEncoder().encode(`${owner} ${secret}`),
      open: (sealed, owner) => new TextDecoder().decode(sealed).slice(owner.length + 1),
    },
    now: () => at,
    newId: () => crypto.randomUUID(),
  })
}
const event = (id: string, type = 'nomaly.anomaly.detected'): CloudEvent => {
  return { specversion: '1.0', id, source: '/test', type, data: { total: 3 } }
}
const settled = async (): Promise<void> => {
  while ((await bus.drain()) > 0) continue
}
const draft = { url: 'https://example.com/hook', patterns: ['nomaly.anomaly.*'] }

describe('webhooks', () => {
  it('are called once for each event that they want, with a signature that receivers of the standard verify', async () => {
    const { webhook, secret } = await webhooks.create(draft)
    await bus.publish(event('a.b'), event('c', 'nomaly.model.trained'))
    await settled()
    expect(sent).toHaveLength(1)
    const { url, headers = {}, body = '' } = sent[0] ?? {}
    expect([url, headers['content-type']]).toEqual([draft.url, 'application/cloudevents+json; charset=utf-8'])
    expect(headers['webhook-id']).toMatch(/^msg_[\w-]{27}$/)
    expect(new Verifier(secret).verify(body, headers)).toMatchObject({ id: 'a.b', data: { total: 3 } })
    expect(() => new Verifier(secret).verify(`${body} `, headers)).toThrow(/signature/)
    expect(await store.webhooks.attempts(webhook.id, 10)).toMatchObject({
      items: [{ message: headers['webhook-id'], attempt: 1, isDelivered: true, status: 204 }],
    })
    expect(JSON.stringify(await store.webhooks.list())).not.toContain(secret.slice(6, 20))
  })

  it('are called again with the same id after a failure, later each time, and not before the receiver asks', async () => {
    const { webhook } = await webhooks.create(draft)
    answers = [new Error('no route'), { status: 503, retryAfterMs: 60_000 }]
    await bus.publish(event('a'))
    await settled()
    expect(await store.webhooks.find(webhook.id)).toMatchObject({ status: 'active', failingSince: at })
    for (const [ms, calls] of [
      [900, 1],
      [200, 2],
      [59_000, 2],
      [1100, 3],
    ] as const) {
      at += ms
      await settled()
      expect([ms, sent.length]).toEqual([ms, calls])
    }
    expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect((await store.webhooks.find(webhook.id))?.failingSince).toBeUndefined()
    const { items, next } = await store.webhooks.attempts(webhook.id, 2)
    expect(items).toMatchObject([{ attempt: 3 }, { attempt: 2, status: 503, error: 'the receiver answered 503' }])
    const rest = await store.webhooks.attempts(webhook.id, 2, next)
    expect(rest).toEqual({ items: [expect.objectContaining({ attempt: 1, error: 'no route' })] })
  })

  it.each([
    ['after five days of failures', { status: 500 }, 5 * DAY],
    ['at once when it is gone', { status: 410 }, 0],
  ])('are disabled %s, tell of it, and get what they missed once enabled and replayed', async (_, answer, ms) => {
    const { webhook } = await webhooks.create(draft)
    await webhooks.create({ url: 'https://example.com/ops', patterns: ['nomaly.webhook.disabled'] })
    answers = ms === 0 ? [] : [answer]
    if (ms > 0) {
      await bus.publish(event('a'))
      await settled()
    }
    at += ms
    answers = [answer]
    await bus.publish(event('b'))
    await settled()
    const found = await store.webhooks.find(webhook.id)
    expect(found).toMatchObject({ status: 'disabled', reason: expect.stringContaining(String(answer.status)) })
    expect(sent.at(-1)?.url).toBe('https://example.com/ops')
    expect(sent.at(-1)?.body).toContain(`"webhookId":"${webhook.id}"`)
    await bus.publish(event('while it is disabled'))
    await opened().start() // as after a restart
    const calls = sent.length
    await settled()
    expect(sent).toHaveLength(calls)
    const letters = await store.deadLetters.list(`webhook:${webhook.id}`)
    expect(letters.map(({ event: { id } }) => id)).toEqual(ms === 0 ? ['b'] : ['a', 'b'])
    expect(await webhooks.enable(webhook.id)).toMatchObject({ status: 'active' })
    await store.deadLetters.replay()
    await settled()
    expect(sent.slice(calls).map(({ body }) => (JSON.parse(body) as CloudEvent).id)).toEqual(
      letters.map(({ event: { id } }) => id),
    )
  })

  it('go on after a restart with what was published before it', async () => {
    await webhooks.create(draft)
    await bus.publish(event('a'))
    bus = new OutboxEventBus({ ...store, now: () => at, random: () => 0, onError: (error) => faults.push(error) })
    await opened().start()
    await settled()
    expect(sent.map(({ body }) => (JSON.parse(body) as CloudEvent).id)).toEqual(['a'])
  })

  it('can be tried, and removed with all that waits', async () => {
    const { webhook } = await webhooks.create(draft)
    answers = [{ status: 500 }]
    expect(await webhooks.test(webhook.id)).toMatchObject({ attempt: 0, isDelivered: false, status: 500 })
    expect((await store.webhooks.find(webhook.id))?.failingSince).toBeUndefined()
    await bus.publish(event('a'))
    await webhooks.remove(webhook.id)
    await settled()
    expect([sent.length, await store.webhooks.list()]).toEqual([1, []])
    await expect(webhooks.remove(webhook.id)).rejects.toMatchObject({ code: 'sqlite/not-found' })
    expect(await store.events.prune(at + 1)).toBe(1)
  })

  it('are a hundred at most', async () => {
    for (let i = 0; i < 100; i += 1) await webhooks.create(draft)
    await expect(webhooks.create(draft)).rejects.toMatchObject({ code: 'sqlite/invalid-state' })
  })

  it.each([
    [{ url: 'ftp://example.com' }, 'url: must be an http or https URL'],
    [{ url: 'https://ann:pw@example.com' }, 'without user name'],
    [{ url: 'http://forbidden' }, 'is no public address'],
    [{ patterns: [] }, 'at least one'],
    [{ patterns: ['a..b'] }, 'pattern'],
  ])('refuse %o', async (change, reason) => {
    await expect(webhooks.create({ ...draft, ...change })).rejects.toThrow(reason)
    expect(await store.webhooks.list()).toEqual([])
  })
})
