import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, expect, it } from 'vitest'

import { openSqliteStore } from '../infrastructure/open-sqlite-store.ts'

const PROCESSES = 4
const JOBS = 200

const folder = mkdtempSync(join(tmpdir(), 'nomaly-processes-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const moduleOf = (path: string): string => JSON.stringify(new URL(`../${path}`, import.meta.url))

/** Takes jobs until all are done; each enqueues the second half of the jobs too, under the same keys. */
const PROGRAM = `
import { writeSync } from 'node:fs'
import { JobRunner } from ${moduleOf('application/jobs/job-runner.ts')}
import { openSqliteStore } from ${moduleOf('infrastructure/open-sqlite-store.ts')}
const [path, jobs] = process.argv.slice(1)
const store = openSqliteStore({ path })
const runner = new JobRunner({
  ...store, now: Date.now, random: Math.random, concurrency: 3, pollMs: 20, onError: (error) => writeSync(2, String(error)),
  handlers: { work: { handle: async (input) => { writeSync(1, 'ran ' + input + '\\n') } } },
})
runner.start()
await Promise.all(Array.from({ length: jobs / 2 }, (_, i) => {
  const input = i + jobs / 2
  return store.queue.enqueue({ type: 'work', input, idempotencyKey: String(input) })
}))
while ((await store.log.list({ state: 'completed', limit: 1000 })).items.length < jobs) await new Promise((resolve) => setTimeout(resolve, 20))
await runner.stop()
await store.close()
`

function start(path: string): Promise<string> {
  const args = ['--no-warnings', '--input-type=module-typescript', '--eval', PROGRAM, '--', path, String(JOBS)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, errors] = ['', '']
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', () => (errors === '' ? resolve(out) : reject(new Error(errors)))),
  )
}

it(`lets ${PROCESSES} processes share one file: each job runs once, and one key is one job`, async () => {
  const path = join(folder, 'shared.db')
  const store = openSqliteStore({ path })
  for (let input = 0; input < JOBS / 2; input += 1)
    await store.queue.enqueue({ type: 'work', input, idempotencyKey: String(input) })
  await store.close()
  const told = await Promise.all(Array.from({ length: PROCESSES }, () => start(path)))
  const ran = told.flatMap((out) => out.split('\n').slice(0, -1)).map((line) => Number(line.slice(4)))
  expect(ran.toSorted((a, b) => a - b)).toEqual(Array.from({ length: JOBS }, (_, i) => i))
}, 60_000)
