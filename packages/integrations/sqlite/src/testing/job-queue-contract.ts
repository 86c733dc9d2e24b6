import type { HandledType } from '../application/jobs/job-handler.ts'
import type { JobLog } from '../application/ports/job-log.ts'
import type { JobQueue } from '../application/ports/job-queue.ts'
import type { Job } from '../domain/jobs/job.ts'
import { type Case, expectEqual, expectReason, there } from './case.ts'

/** A queue of its own for each test, with somebody who does its jobs. */
export interface JobQueueHarness {
  readonly queue: JobQueue
  readonly log: JobLog
  /**
   * Begins to run jobs of these types, one at a time, until `stop`. Waits between attempts are some milliseconds, and a running job
   * learns within some milliseconds that it was cancelled.
   */
  readonly work: (handlers: Readonly<Record<string, HandledType>>) => Promise<{ readonly stop: () => Promise<void> }>
}

/** What every `JobQueue` with its `JobLog` must keep, whoever runs the jobs. @param make - an empty queue */
export function jobQueueContract(it: Case, make: () => Promise<JobQueueHarness>): void {
  it('keeps a job as it was asked for', async () => {
    const { queue, log } = await make()
    const asked = { type: 'score', input: { rows: [1, null] }, queue: 'low', priority: 5, attempts: 2 } as const
    const { job, created } = await queue.enqueue(asked)
    const { type, input, queue: name, priority, attempts, state, attempt } = there(await log.find(job.id), 'the job')
    expectEqual({ type, input, queue: name, priority, attempts }, asked)
    expectEqual([created, state, attempt], [true, 'waiting', 0])
    expectEqual(await log.find('none'), undefined)
  })

  it('refuses what it cannot keep', async () => {
    const { queue, log } = await make()
    for (const wrong of [
      { type: '' },
      { type: 'a b' },
      { type: 'a', input: Number.NaN },
      { type: 'a', input: 1n },
      { type: 'a', input: 'x'.repeat(1_100_000) },
      { type: 'a', queue: 'urgent' as never },
      { type: 'a', priority: 0.5 },
      { type: 'a', attempts: 0 },
      { type: 'a', delayMs: -1 },
      { type: 'a', idempotencyKey: '' },
    ])
      await expectReason(queue.enqueue(wrong), 'invalid-argument')
    expectEqual((await log.list()).items, [])
  })

  it('gives the same job for the same key, and refuses another one under it', async () => {
    const { queue, log } = await make()
    const draft = { type: 'a', input: { x: 1 }, idempotencyKey: 'k' }
    const [first, second] = [await queue.enqueue(draft), await queue.enqueue(draft)]
    expectEqual([first.created, second.created, second.job.id], [true, false, first.job.id])
    await expectReason(queue.enqueue({ ...draft, input: { x: 2 } }), 'idempotency-conflict')
    await expectReason(queue.enqueue({ ...draft, type: 'b' }), 'idempotency-conflict')
    expectEqual((await log.list()).items.length, 1)
  })

  it('runs what is more urgent first', async () => {
    const { queue, log, work } = await make()
    const order: unknown[] = []
    for (const [name, priority, input] of [
      ['low', 0, 'last'],
      ['normal', 0, 'fourth'],
      ['normal', 9, 'third'],
      ['high', 0, 'second'],
      ['high', 1, 'first'],
    ] as const)
      await queue.enqueue({ type: 'a', queue: name, priority, input })
    const { stop } = await work({ a: { handle: async (input) => void order.push(input) } })
    await until(log, 5, 'completed')
    await stop()
    expectEqual(order, ['first', 'second', 'third', 'fourth', 'last'])
  })

  it('keeps the output, and how far it was', async () => {
    const { queue, log, work } = await make()
    const { job } = await queue.enqueue({ type: 'a', input: 20 })
    const { stop } = await work({
      a: {
        handle: async (input, { progress }) => {
          progress({ done: 3, total: 4, message: 'nearly' })
          return { twice: Number(input) * 2 }
        },
      },
    })
    await until(log, 1, 'completed')
    await stop()
    const { output, progress, attempt } = there(await log.find(job.id), 'the job')
    expectEqual([output, progress, attempt], [{ twice: 40 }, { done: 3, total: 4, message: 'nearly' }, 1])
  })

  it('tries again what fails, then gives up with the reason; what cannot succeed is not tried again', async () => {
    const { queue, log, work } = await make()
    const tried: string[] = []
    const { job: flaky } = await queue.enqueue({ type: 'flaky' })
    const { job: broken } = await queue.enqueue({ type: 'broken', attempts: 2 })
    const { job: hopeless } = await queue.enqueue({ type: 'hopeless', attempts: 9 })
    const { stop } = await work({
      flaky: {
        handle: async (_, { attempt }) => {
          tried.push(`flaky ${attempt}`)
          if (attempt === 1) throw new Error('not yet')
          return 'well'
        },
      },
      broken: {
        handle: async () => {
          tried.push('broken')
          throw new Error('broken for good')
        },
      },
      hopeless: {
        handle: async () => {
          tried.push('hopeless')
          throw Object.assign(new Error('no such file'), { code: 'x/no-file', details: { retryable: false } })
        },
      },
    })
    await until(log, 2, 'failed')
    await until(log, 1, 'completed')
    await stop()
    expectEqual(tried.toSorted(), ['broken', 'broken', 'flaky 1', 'flaky 2', 'hopeless'])
    expectEqual(there(await log.find(flaky.id), 'the job').output, 'well')
    expectEqual(there(await log.find(broken.id), 'the job').failure?.message, 'broken for good')
    expectEqual(there(await log.find(hopeless.id), 'the job').failure, { message: 'no such file', code: 'x/no-file' })
  })

  it('cancels a job that waits, and one that runs', async () => {
    const { queue, log, work } = await make()
    const waiting = await queue.enqueue({ type: 'a', delayMs: 1_000_000 })
    expectEqual((await queue.cancel(waiting.job.id)).state, 'cancelled')
    const { job } = await queue.enqueue({ type: 'a' })
    const { stop } = await work({
      a: {
        handle: (_, { signal }) =>
          new Promise((__, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      },
    })
    await until(log, 1, 'running')
    await queue.enqueue({ type: 'other', queue: 'low' })
    expectEqual(await log.counts(), { waiting: { high: 0, normal: 0, low: 1 }, running: 1 })
    await queue.cancel(job.id)
    await until(log, 2, 'cancelled')
    await stop()
    expectEqual((await queue.cancel(job.id)).state, 'cancelled')
    await expectReason(queue.cancel('none'), 'not-found')
  })

  it('makes failed and cancelled jobs wait again, from their checkpoint, and no others', async () => {
    const { queue, log, work } = await make()
    const { job } = await queue.enqueue({ type: 'a', attempts: 1 })
    let fails = true
    const { stop } = await work({
      a: {
        handle: async (_, { checkpoint, resumeFrom }) => {
          if (resumeFrom === undefined) await checkpoint({ page: 7 })
          if (fails) throw new Error('no')
          return resumeFrom
        },
      },
    })
    await until(log, 1, 'failed')
    fails = false
    expectEqual((await queue.retry(job.id)).failure, undefined)
    await until(log, 1, 'completed')
    await stop()
    expectEqual(there(await log.find(job.id), 'the job').output, { page: 7 })
    await expectReason(queue.retry(job.id), 'invalid-state')
    await expectReason(queue.retry('none'), 'not-found')
  })

  it('lists the newest first, page by page, by state, type and queue; forgets what ended long ago', async () => {
    const { queue, log, work } = await make()
    const ids: string[] = []
    for (const type of ['a', 'b', 'a'])
      ids.unshift((await queue.enqueue({ type, queue: type === 'b' ? 'low' : 'high' })).job.id)
    const first = await log.list({ limit: 2 })
    const rest = await log.list({ limit: 2, pageToken: there(first.next, 'a next page') })
    expectEqual(
      [...first.items, ...rest.items].map(({ id }) => id),
      ids,
    )
    expectEqual(rest.next, undefined)
    expectEqual((await log.list({ type: 'a' })).items.length, 2)
    expectEqual((await log.list({ queue: 'low', state: 'waiting' })).items.length, 1)
    await expectReason(log.list({ limit: 0 }), 'invalid-argument')
    const { stop } = await work({ a: { handle: async () => 1 } })
    await until(log, 2, 'completed')
    await stop()
    expectEqual(await log.prune(Date.now() + 1_000_000), 2)
    expectEqual(
      (await log.list()).items.map(({ type }) => type),
      ['b'],
    )
  })

  it('calls back after a change', async () => {
    const { queue, log } = await make()
    const told = new Set<string>()
    const stop = log.onChanged((id) => told.add(id))
    const { job } = await queue.enqueue({ type: 'a' })
    for (let i = 0; i < 200 && told.size === 0; i += 1) await new Promise((resolve) => setTimeout(resolve, 5))
    stop()
    expectEqual([...told], [job.id])
  })
}

/** Waits until so many jobs are in that state. */
async function until(log: JobLog, count: number, state: Job['state']): Promise<void> {
  for (let i = 0; i < 1000; i += 1) {
    if ((await log.list({ state })).items.length >= count) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const states = (await log.list()).items.map((job) => `${job.type} ${job.state} ${job.failure?.message ?? ''}`)
  throw new Error(`there should be ${count} ${state} jobs by now, but there are: ${states.join(', ')}`)
}
