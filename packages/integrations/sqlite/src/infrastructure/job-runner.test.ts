import { afterEach, describe, expect, it } from 'vitest'

import type { HandledType } from '../application/jobs/job-handler.ts'
import { JobRunner, type JobRunnerDeps } from '../application/jobs/job-runner.ts'
import { openSqliteStore, type SqliteStore } from './open-sqlite-store.ts'

const cleanUp: Array<() => Promise<unknown>> = []
const faults: unknown[] = []

afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo()
  expect(faults.splice(0)).toEqual([])
})

function open(): SqliteStore {
  const store = openSqliteStore({ path: ':memory:' })
  cleanUp.push(() => store.close())
  return store
}

function run(
  store: SqliteStore,
  handlers: Readonly<Record<string, HandledType>>,
  options: Partial<JobRunnerDeps> = {},
): JobRunner {
  const runner = new JobRunner({
    ...store,
    handlers,
    now: Date.now,
    random: () => 0,
    pollMs: 10,
    schedule: { firstMs: 1, factor: 2, maxMs: 20 },
    onError: (error) => void faults.push(error),
    ...options,
  })
  cleanUp.push(() => runner.stop())
  runner.start()
  return runner
}

const stateOf = async ({ log }: SqliteStore, id: string) => (await log.find(id))?.state
const event = (id: string) => ({ specversion: '1.0', id, source: '/test', type: 'nomaly.detection.completed' }) as const
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))

describe('a runner of jobs', () => {
  it('publishes what a job emits with its completion, and nothing of an attempt that fails', async () => {
    const store = open()
    const { job } = await store.queue.enqueue({ type: 'a' })
    run(store, {
      a: {
        handle: async (_, { attempt, emit }) => {
          emit(event(`attempt ${attempt}`))
          if (attempt === 1) throw new Error('no')
        },
      },
    })
    await expect.poll(() => stateOf(store, job.id)).toBe('completed')
    expect((await store.events.read()).map((one) => one.event.id)).toEqual(['attempt 2'])
  })

  it('fails a job whose output or event is no data', async () => {
    const store = open()
    const { job } = await store.queue.enqueue({ type: 'output' })
    const { job: other } = await store.queue.enqueue({ type: 'event' })
    run(store, {
      output: { handle: async () => Number.NaN },
      event: { handle: async (_, { emit }) => emit({ ...event('x'), type: 'Wrong' }) },
    })
    await expect.poll(() => stateOf(store, job.id)).toBe('failed')
    await expect.poll(() => stateOf(store, other.id)).toBe('failed')
    expect((await store.log.find(job.id))?.failure?.message).toMatch(/^output: must be JSON/)
    expect((await store.log.find(other.id))?.failure?.message).toMatch(/^type: must be lower-case words/)
  })

  it('cancels within a second a job that does not heed its signal', async () => {
    const store = open()
    const { job } = await store.queue.enqueue({ type: 'deaf' })
    run(store, { deaf: { handle: () => new Promise(() => undefined) } }, { pollMs: 500 })
    await expect.poll(() => stateOf(store, job.id)).toBe('running')
    const began = performance.now()
    await store.queue.cancel(job.id)
    await expect.poll(() => stateOf(store, job.id), { interval: 10 }).toBe('cancelled')
    expect(performance.now() - began).toBeLessThan(1000)
  })

  it('renews a lease as often as it looks, however much the job tells', async () => {
    const store = open()
    let renewals = 0
    const claims: SqliteStore['claims'] = {
      ...store.claims,
      renew: (...given) => {
        renewals += 1
        return store.claims.renew(...given)
      },
    }
    const { job } = await store.queue.enqueue({ type: 'a' })
    const handle: HandledType['handle'] = async (_, { progress }) => {
      for (let done = 0; done < 40; done += 1) {
        progress({ done })
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
    run(store, { a: { handle } }, { claims, pollMs: 50 })
    await expect.poll(() => stateOf(store, job.id)).toBe('completed')
    expect((await store.log.find(job.id))?.progress).toEqual({ done: 39 })
    // 200 ms and more, as timers are late, by 50.
    expect(renewals).toBeGreaterThanOrEqual(2)
    expect(renewals).toBeLessThan(20)
  })

  it('ends an attempt that takes too long, with the reason', async () => {
    const store = open()
    const { job } = await store.queue.enqueue({ type: 'slow', attempts: 1 })
    run(store, { slow: { timeoutMs: 20, handle: (_, { signal }) => untilAborted(signal) } })
    await expect.poll(() => stateOf(store, job.id)).toBe('failed')
    expect((await store.log.find(job.id))?.failure).toEqual({
      message: 'the job took longer than 20 ms',
      code: 'sqlite/timed-out',
    })
  })

  it('lets jobs end when it stops, and gives back the others without counting the attempt', async () => {
    const store = open()
    const { job: short } = await store.queue.enqueue({ type: 'short' })
    const { job: long } = await store.queue.enqueue({ type: 'long' })
    const runner = run(store, {
      short: { handle: () => new Promise((resolve) => setTimeout(resolve, 150)) },
      long: { handle: (_, { signal }) => untilAborted(signal) },
    })
    await expect.poll(() => runner.running, { interval: 5 }).toBe(2)
    await runner.stop({ drainMs: 400 })
    expect(await stateOf(store, short.id)).toBe('completed')
    expect(await store.log.find(long.id)).toMatchObject({ state: 'waiting', attempt: 0 })
    await runner.stop() // again is harmless
  })

  it('runs no more at once than it is told, and none of a type it does not know', async () => {
    const store = open()
    for (let i = 0; i < 9; i += 1) await store.queue.enqueue({ type: i === 0 ? 'unknown' : 'a' })
    let [now, most] = [0, 0]
    run(
      store,
      {
        a: {
          handle: async () => {
            most = Math.max(most, (now += 1))
            await new Promise((resolve) => setTimeout(resolve, 5))
            now -= 1
          },
        },
      },
      { concurrency: 3 },
    )
    await expect.poll(async () => (await store.log.list({ state: 'completed' })).items.length).toBe(8)
    expect(most).toBe(3)
    expect((await store.log.list({ type: 'unknown' })).items[0]?.state).toBe('waiting')
  })

  it('starves no queue: every eighth job is of the lowest that waits', async () => {
    const store = open()
    await store.queue.enqueue({ type: 'a', queue: 'low', input: 'low' })
    for (let i = 0; i < 20; i += 1) await store.queue.enqueue({ type: 'a', queue: 'high', input: i })
    const order: unknown[] = []
    run(store, { a: { handle: async (input) => void order.push(input) } }, { concurrency: 1 })
    await expect.poll(() => order.length).toBe(21)
    expect(order.indexOf('low')).toBe(7)
  })

  it('drops what it works on when another process has it meanwhile', async () => {
    let at = Date.now()
    const store = openSqliteStore({ path: ':memory:', now: () => at })
    cleanUp.push(() => store.close())
    const { job } = await store.queue.enqueue({ type: 'a' })
    let reason: unknown
    const runner = run(
      store,
      {
        a: {
          handle: async (_, { signal, emit }) => {
            emit(event('first'))
            await untilAborted(signal).catch((error: unknown) => (reason = error))
            return 'first'
          },
        },
      },
      { leaseMs: 1000, pollMs: 100 },
    )
    await expect.poll(() => runner.running).toBe(1)
    at += 2000 // as if this process had stood still
    const claim = await store.claims.claim({ types: ['a'], queues: ['normal'], leaseMs: 10_000, except: [] })
    await expect.poll(() => runner.running).toBe(0)
    expect(reason).toMatchObject({ code: 'sqlite/cancelled', details: { reason: 'lost' } })
    await store.claims.settle(
      { lease: claim?.lease ?? '' },
      { kind: 'completed', output: 'second', events: [] },
      undefined,
    )
    expect((await store.log.find(job.id))?.output).toBe('second')
    expect(await store.events.read()).toEqual([])
  })
})
