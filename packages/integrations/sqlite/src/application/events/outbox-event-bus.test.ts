import { expect, it } from 'vitest'

import { openSqliteStore } from '../../infrastructure/open-sqlite-store.ts'
import { OutboxEventBus } from './outbox-event-bus.ts'

it('ends attempts that hang when it stops, and makes them again', async () => {
  const store = openSqliteStore({ path: ':memory:' })
  const faults: unknown[] = []
  const bus = new OutboxEventBus({
    ...store,
    now: Date.now,
    random: () => 0,
    onError: (error) => void faults.push(error),
  })
  let attempts = 0
  await bus.subscribe({
    name: 'slow',
    patterns: ['a.b'],
    handle: ({ attempt }, signal) => {
      attempts = attempt
      if (attempt > 1) return Promise.resolve()
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
  })
  bus.start()
  await bus.publish({ specversion: '1.0', id: '1', source: '/t', type: 'a.b' })
  await expect.poll(() => attempts).toBe(1)
  const start = performance.now()
  await bus.stop({ graceMs: 20 })
  expect(performance.now() - start).toBeLessThan(5000) // an attempt may take 10 s
  expect([await bus.drain(), attempts]).toEqual([1, 2])
  expect([await store.deadLetters.list(), faults]).toEqual([[], []])
  await store.close()
})
