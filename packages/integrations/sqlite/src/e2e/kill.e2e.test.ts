import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { OutboxEventBus } from '../application/events/outbox-event-bus.ts'
import { JobRunner } from '../application/jobs/job-runner.ts'
import type { Job } from '../domain/jobs/job.ts'
import { openSqliteStore } from '../infrastructure/open-sqlite-store.ts'

const KILLS = 30

const folder = mkdtempSync(join(tmpdir(), 'nomaly-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const moduleOf = (path: string): string => JSON.stringify(new URL(`../${path}`, import.meta.url))

/**
 * Enqueues jobs and publishes events for ever, and names each on stdout, synchronously, once it is acknowledged; meanwhile it runs the
 * jobs, with checkpoints, and handles the events.
 */
const PROGRAM = `
import { writeSync } from 'node:fs'
import { OutboxEventBus } from ${moduleOf('application/events/outbox-event-bus.ts')}
import { JobRunner } from ${moduleOf('application/jobs/job-runner.ts')}
import { openSqliteStore } from ${moduleOf('infrastructure/open-sqlite-store.ts')}
const [path, durable] = process.argv.slice(1)
const store = openSqliteStore({ path, durable: durable === 'yes' })
const deps = { ...store, now: Date.now, random: Math.random, onError: (error) => writeSync(2, String(error)) }
const event = (id, type) => ({ specversion: '1.0', id, source: '/kill', type })
const bus = new OutboxEventBus({ ...deps, pollMs: 20 })
await bus.subscribe({ name: 'seen', patterns: ['nomaly.*.*'], timeoutMs: 200, handle: async ({ event: { id } }) => { writeSync(1, 'handled ' + id + '\\n') } })
bus.start()
const handle = async (input, { id, attempt, resumeFrom = 0, checkpoint, emit }) => {
  for (let step = resumeFrom; step < 3; step++) {
    await new Promise((resolve) => setTimeout(resolve, 3))
    await checkpoint(step + 1)
    writeSync(1, 'step ' + id + ' ' + (step + 1) + '\\n')
  }
  emit(event('done-' + id, 'nomaly.detection.completed'))
  return { input, attempt }
}
const runner = new JobRunner({ ...deps, handlers: { work: { handle } }, concurrency: 4, leaseMs: 300, pollMs: 20 })
runner.start()
for (let i = 0; ; i++) {
  const key = process.pid + '-' + i
  const [{ job }] = await Promise.all([
    store.queue.enqueue({ type: 'work', input: key, attempts: 50, idempotencyKey: key, queue: ['high', 'normal', 'low'][i % 3] }),
    bus.publish(event('event-' + key, 'nomaly.dataset.uploaded')),
  ])
  writeSync(1, 'kept ' + job.id + ' ' + key + '\\n')
  await new Promise((resolve) => setTimeout(resolve, 8))
}
`

/** Runs the program until it has acknowledged so many jobs, waits a moment and kills it. Answers the whole lines it told. */
async function runAndKill(path: string, kept: number, momentMs: number): Promise<ReadonlyArray<string>> {
  const args = ['--no-warnings', '--input-type=module-typescript', '--eval', PROGRAM, '--', path, 'yes']
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
  let [out, errors, isDue] = ['', '', false]
  child.stdout.on('data', (chunk) => {
    out += String(chunk)
    if (isDue || out.split('\nkept ').length <= kept) return
    isDue = true
    setTimeout(() => child.kill('SIGKILL'), momentMs)
  })
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  expect(errors).toBe('')
  expect(child.signalCode).toBe('SIGKILL')
  return out.split('\n').slice(0, -1) // a last line without its end was cut by the kill, and counts for nothing
}

it(`loses no job and no event that was acknowledged when its process is killed ${KILLS} times`, async () => {
  const path = join(folder, 'kill.db')
  const told: string[] = []
  for (let kill = 0; kill < KILLS; kill += 1) told.push(...(await runAndKill(path, 1 + (kill % 7), Math.random() * 30)))
  const words = told.map((line) => line.split(' '))
  const kept = words.filter(([what]) => what === 'kept')
  const handled = new Set(words.filter(([what]) => what === 'handled').map(([, id]) => id))
  expect(kept.length).toBeGreaterThanOrEqual(KILLS)

  // The next process goes on: every job is done in the end, from its last checkpoint, and every event is handled.
  const store = openSqliteStore({ path })
  const deps = {
    ...store,
    now: Date.now,
    random: Math.random,
    onError: (error: unknown) => expect(error).toBeUndefined(),
  }
  const resumed: Array<readonly [string, unknown]> = []
  const bus = new OutboxEventBus({ ...deps, pollMs: 20 })
  await bus.subscribe({
    name: 'seen',
    patterns: ['nomaly.*.*'],
    handle: async ({ event }) => void handled.add(event.id),
  })
  bus.start()
  const runner = new JobRunner({
    ...deps,
    handlers: {
      work: {
        handle: async (input, { id, resumeFrom, emit }) => {
          resumed.push([id, resumeFrom])
          emit({ specversion: '1.0', id: `done-${id}`, source: '/kill', type: 'nomaly.detection.completed' })
          return { input }
        },
      },
    },
    concurrency: 8,
    pollMs: 20,
  })
  runner.start()
  const all = async (): Promise<ReadonlyArray<Job>> => {
    const jobs: Job[] = []
    let pageToken: string | undefined
    do {
      const page = await store.log.list({ limit: 1000, pageToken })
      jobs.push(...page.items)
      pageToken = page.next
    } while (pageToken !== undefined)
    return jobs
  }
  await expect
    .poll(
      async () =>
        (await all()).filter(({ state }) => state !== 'completed').map(({ state, failure }) => [state, failure]),
      {
        timeout: 30_000,
      },
    )
    .toEqual([])
  const jobs = new Map((await all()).map((job) => [job.id, job]))
  expect(kept.filter(([, id, key]) => jobs.get(id ?? '')?.idempotencyKey !== key)).toEqual([])
  for (const [, id = '', step] of words.filter(([what]) => what === 'step')) {
    const later = resumed.find(([one]) => one === id)
    if (later !== undefined) expect(Number(later[1])).toBeGreaterThanOrEqual(Number(step))
  }

  const missing = (): ReadonlyArray<string> => [
    ...kept.map(([, , key]) => `event-${key}`).filter((id) => !handled.has(id)),
    ...[...jobs.keys()].map((id) => `done-${id}`).filter((id) => !handled.has(id)),
  ]
  await expect.poll(missing, { timeout: 20_000 }).toEqual([])
  expect(await store.deadLetters.list()).toEqual([])
  await runner.stop()
  await bus.stop()
  await store.close()
}, 120_000)
