import { afterEach, describe, expect, it } from 'vitest'

import { OutboxEventBus } from '../application/events/outbox-event-bus.ts'
import { JobRunner } from '../application/jobs/job-runner.ts'
import { eventBusContract, jobClaimsContract, jobQueueContract } from '../testing/index.ts'
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts'

const opened: SqliteStore[] = []
const faults: unknown[] = []
const onError = (error: unknown): void => void faults.push(error)

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close()
  expect(faults.splice(0)).toEqual([])
})

function open(now?: () => number): SqliteStore {
  const store = openSqliteStore({ path: ':memory:', now })
  opened.push(store)
  return store
}

describe('jobs', () => {
  jobQueueContract(it, async () => {
    const store = open()
    return {
      ...store,
      work: async (handlers) => {
        const schedule = { firstMs: 1, factor: 2, maxMs: 20 }
        const deps = {
          ...store,
          handlers,
          concurrency: 1,
          now: Date.now,
          random: Math.random,
          schedule,
          pollMs: 5,
          onError,
        }
        const runner = new JobRunner(deps)
        runner.start()
        return { stop: () => runner.stop() }
      },
    }
  })
})

describe('claims', () => {
  jobClaimsContract(it, async () => {
    let at = 1_000_000
    return { ...open(() => at), pass: (ms) => void (at += ms), now: () => at }
  })
})

describe('events', () => {
  eventBusContract(it, async () => {
    let at = Date.now()
    const store = open(() => at)
    const bus = new OutboxEventBus({ ...store, now: () => at, random: () => 0, onError })
    const settled = async (): Promise<void> => {
      while ((await bus.drain()) > 0) continue
    }
    return { ...store, bus, settled, pass: (ms) => void (at += ms) }
  })
})
