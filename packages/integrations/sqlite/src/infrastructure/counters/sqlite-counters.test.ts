import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { CloudEvent } from '../../domain/events/cloud-event.ts'
import { openSqliteStore, type SqliteStore } from '../open-sqlite-store.ts'

let store: SqliteStore
beforeEach(() => {
  store = openSqliteStore({ path: ':memory:', now: () => Date.parse('2026-11-21T10:00:00Z') })
})
afterEach(() => store.close())

const event = (id: string, time?: string): CloudEvent => {
  return { specversion: '1.0', id, source: '/t', type: 'nomaly.detection.completed', time }
}

describe('the counters', () => {
  it('count an event of the log once, however often it is delivered, on its day in UTC', async () => {
    const [late, other] = [event('1', '2026-11-19T23:30:00-01:00'), event('2')]
    await store.outbox.append([late, other])
    const told = await Promise.all(
      [late, late, other, event('unknown')].map((one) => store.counters.count(one, { rows: 60 })),
    )
    expect(told).toEqual([true, false, true, false])
    expect(await store.counters.days()).toEqual([
      { day: '2026-11-20', counts: { rows: 60 } },
      { day: '2026-11-21', counts: { rows: 60 } },
    ])
    expect(await store.counters.days({ from: '2026-11-21', to: '2026-11-21' })).toHaveLength(1)
    expect(await store.counters.totals()).toEqual({ rows: 120 })
    await expect(store.counters.count(late, { rows: -1 })).rejects.toThrow('rows: must be')
    await expect(store.counters.days({ from: 'now' })).rejects.toThrow('day: must be')
  })

  it('count jobs as they end, and keep the counts when jobs and events are pruned', async () => {
    const [a, b] = await Promise.all([store.queue.enqueue({ type: 't' }), store.queue.enqueue({ type: 't' })])
    await store.queue.cancel(a.job.id)
    await store.queue.cancel(a.job.id)
    const request = { types: ['t'], queues: ['normal'], leaseMs: 1000, except: [] } as const
    const claim = await store.claims.claim(request)
    expect(claim?.job.id).toBe(b.job.id)
    await store.claims.settle(
      { lease: claim?.lease ?? '' },
      { kind: 'completed', output: 1, events: [event('1')] },
      undefined,
    )
    await store.counters.count(event('1'), { detections: 1 })
    const counts = { jobsCancelled: 1, jobsCompleted: 1, detections: 1 }
    expect(await store.counters.totals()).toEqual(counts)
    expect(await store.events.prune(Number.MAX_SAFE_INTEGER, ['nomaly.detection.completed'])).toBe(0)
    expect(await store.events.prune(Number.MAX_SAFE_INTEGER)).toBe(1)
    expect(await store.log.prune(Number.MAX_SAFE_INTEGER)).toBe(2)
    expect(await store.counters.totals()).toEqual(counts)
  })
})
