import { threadId } from 'node:worker_threads'

import { createJobThreads, JobRunner, openSqliteStore } from '@nomaly/integration-sqlite'
import { afterAll, expect, it } from 'vitest'

import * as thread from './thread-handlers.ts'

const FILE = new URL('thread-handlers.ts', import.meta.url)
const threads = createJobThreads({ threads: 2 })
const store = openSqliteStore({ path: ':memory:' })
const faults: unknown[] = []
const handlers = Object.fromEntries(
  [...Object.keys(thread), 'missing'].map((name) => [name, { handle: threads.handler(FILE, name) }]),
)
const runner = new JobRunner({
  ...store,
  handlers,
  now: Date.now,
  random: Math.random,
  schedule: { firstMs: 1, factor: 2, maxMs: 20 },
  onError: (error) => void faults.push(error),
})
runner.start()
afterAll(async () => {
  await runner.stop()
  await threads.close()
  await store.close()
  expect(faults).toEqual([])
})

const jobOf = async (type: string, input: unknown = null, attempts = 2) => {
  const { job } = await store.queue.enqueue({ type, input, attempts })
  return job.id
}
const stateOf = async (id: string) => (await store.log.find(id))?.state

it('runs a handler on another thread, with what it is given and tells', async () => {
  const id = await jobOf('where', { rows: [1] })
  await expect.poll(() => stateOf(id), { timeout: 10_000 }).toBe('completed')
  const job = await store.log.find(id)
  expect(job).toMatchObject({
    output: { input: { rows: [1] }, type: 'where', attempt: 1 },
    progress: { done: 1, total: 2 },
  })
  expect(job?.output).not.toMatchObject({ threadId })
  expect((await store.events.read()).map(({ event }) => event.id)).toEqual([`of-${id}`])
})

it('keeps checkpoints, and goes on from the last one', async () => {
  const id = await jobOf('resumes')
  await expect.poll(() => stateOf(id), { timeout: 10_000 }).toBe('completed')
  expect((await store.log.find(id))?.output).toEqual({ resumeFrom: { page: 2 } })
})

it.each(['heeds', 'spins'])('cancels one that %s within a second; its thread works on or is replaced', async (type) => {
  const id = await jobOf(type)
  await expect.poll(() => stateOf(id), { timeout: 10_000 }).toBe('running')
  await new Promise((resolve) => setTimeout(resolve, 100))
  const began = performance.now()
  await store.queue.cancel(id)
  await expect.poll(() => stateOf(id), { interval: 10 }).toBe('cancelled')
  expect(performance.now() - began).toBeLessThan(1000)
  const next = await jobOf('where')
  await expect.poll(() => stateOf(next), { timeout: 10_000 }).toBe('completed')
})

it.each([
  ['exits', /./, 2],
  ['hopeless', /^no such file$/, 1],
  ['missing', /exports no function missing/, 1],
])('fails one that %s, with the reason', async (type, message, attempt) => {
  const id = await jobOf(type)
  await expect.poll(() => stateOf(id), { timeout: 10_000 }).toBe('failed')
  const job = await store.log.find(id)
  expect(job?.failure?.message).toMatch(message)
  expect(job?.attempt).toBe(attempt)
})
