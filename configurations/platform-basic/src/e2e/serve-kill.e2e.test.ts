import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { type Acknowledged, addSample, post, RandomWork, seeded } from './acknowledged-work.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { endAll, type Served, serveFolder } from './serving.ts'
import { BIN, plainEnvironment, sampleCsv, type Scratch, scratch } from './spawn-nomaly.ts'

const KILLS = Number(process.env['NOMALY_KILLS'] ?? 20)
const FLAGS = ['--local-webhooks', '--no-log'] // whoever starts without may call no address of this machine: what was due is dead then
const SEED = Number(process.env['NOMALY_SEED'] ?? 1)

let files: Scratch
let receiver: Receiver
beforeAll(async () => {
  files = scratch()
  receiver = await startReceiver(() => 204)
})
afterEach(endAll)
afterAll(async () => {
  await receiver.close()
  files.remove()
})

const read = async <T>(url: string): Promise<T> => {
  const answer = await fetch(url)
  expect([url, answer.status]).toEqual([url, 200])
  return (await answer.json()) as T // as described
}

interface Listed {
  readonly id: string
  readonly sha256: string
  readonly rows: number
}

interface Done {
  readonly id: string
  readonly state: string
  readonly output?: { readonly result?: string }
}

/** All pages of a list. */
async function all<T>(url: string, field: 'items' | 'results', parameter: string): Promise<ReadonlyArray<T>> {
  const found: T[] = []
  let next: string | number | null | undefined
  do {
    const more = next === undefined || next === null ? '' : `&${parameter}=${next}`
    const page = await read<Record<typeof field, T[]> & { next?: string | number | null }>(`${url}${more}`)
    found.push(...page[field])
    next = page[field].length === 0 ? undefined : page.next
  } while (next !== undefined && next !== null)
  return found
}

/** Everything that was acknowledged is there; nothing that is there is half. */
async function expectKept(api: string, { acknowledged, sent }: RandomWork): Promise<void> {
  const listed = await all<Listed>(`${api}/datasets?limit=1000`, 'items', 'after')
  const hashes = new Map(listed.map(({ id, sha256 }) => [id, sha256]))
  for (const [id, hash] of acknowledged.datasets) expect([id, hashes.get(id)]).toEqual([id, hash])
  for (const { sha256 } of listed) expect(sent.has(sha256)).toBe(true)
  const whole = listed[Math.floor(listed.length / 2)]
  if (whole !== undefined) {
    const { rows } = await read<{ rows: object[] }>(`${api}/datasets/${whole.id}/rows?offset=${whole.rows - 1}`)
    expect(rows).toHaveLength(1)
  }
  const { samples } = await read<{ samples: number }>(`${api}/streams/pump`)
  expect(samples).toBeGreaterThanOrEqual(acknowledged.samples)
  acknowledged.samples = samples // what was taken without word of it is not sent again
  const { items: versions } = await read<{ items: { version: number }[] }>(`${api}/models/pump`).catch(() => ({
    items: [] as { version: number }[], // none was trained yet
  }))
  for (const version of acknowledged.models) expect(versions.map((one) => one.version)).toContain(version)
  await expectFeedback(api, acknowledged)
}

async function expectFeedback(api: string, { feedback }: Acknowledged): Promise<void> {
  const results = new Set([...feedback.keys()].map((at) => at.slice(0, at.indexOf('/'))))
  for (const result of results) {
    const { feedback: given } = await read<{ feedback: { row: number; verdict: string }[] }>(
      `${api}/results/${result}/feedback`,
    )
    for (const [at, verdict] of feedback) {
      if (!at.startsWith(`${result}/`)) continue
      expect(given).toContainEqual(expect.objectContaining({ row: Number(at.split('/').at(-1)), verdict }))
    }
  }
}

/** Every acknowledged job is completed, with one result that is kept. */
async function expectDone(api: string, jobs: Acknowledged['jobs']): Promise<void> {
  for (;;) {
    const page = await read<{ items: Done[] }>(`${api}/jobs?state=waiting`)
    const running = await read<{ items: Done[] }>(`${api}/jobs?state=running`)
    if (page.items.length + running.items.length === 0) break
    await pause(200)
  }
  const done = await all<Done>(`${api}/jobs?state=completed&limit=1000`, 'items', 'cursor')
  const states = new Map(done.map((job) => [job.id, job]))
  expect([...jobs.values()].filter((id) => !states.has(id))).toEqual([])
  const results = await all<{ id: string }>(`${api}/results?limit=100`, 'results', 'cursor')
  const kept = new Set(results.map(({ id }) => id))
  expect([kept.size, results.length]).toEqual([done.length, done.length])
  expect(done.filter(({ output }) => !kept.has(output?.result ?? ''))).toEqual([])
}

/** Of everything that happened there is an event, and every event came to the webhook. */
async function expectTold(api: string, { datasets, jobs }: Acknowledged): Promise<void> {
  const items = await all<{ event: { id: string; type: string; subject?: string; data?: { datasetId?: string } } }>(
    `${api}/events?limit=10000`,
    'items',
    'after',
  )
  const told = items.map(({ event }) => event)
  const uploaded = new Set(told.filter(({ type }) => type === 'nomaly.dataset.uploaded').map(({ subject }) => subject))
  expect([...datasets.keys()].filter((id) => !uploaded.has(id))).toEqual([])
  const completed = told.filter(({ type }) => type === 'nomaly.detection.completed')
  expect(completed.length).toBeGreaterThanOrEqual(jobs.size)
  const missing = (): number => {
    const came = new Set(receiver.calls.map(({ body }) => (JSON.parse(body) as { id?: string }).id)) // CloudEvents
    return told.filter(({ id }) => !came.has(id)).length
  }
  await expect.poll(missing, { timeout: 60_000, interval: 200 }).toBe(0)
}

/** Killed while it starts. */
async function startAndKill(folder: string, afterMs: number): Promise<void> {
  const args = [BIN, 'serve', '--port', '0', '--data', folder, ...FLAGS]
  const child = spawn(process.execPath, args, { env: plainEnvironment(), stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('close', resolve))
  await pause(afterMs)
  child.kill('SIGKILL')
  await ended
}

describe('nomaly serve', () => {
  it(
    `that is killed ${KILLS} times loses nothing that it acknowledged`,
    async () => {
      const random = seeded(SEED)
      const folder = join(files.folder, 'data')
      const serve = (): Promise<Served> => serveFolder(folder, {}, FLAGS)
      const first = await serve()
      const hook = await post(`${first.url}/api/v1/webhooks`, { url: receiver.url, patterns: ['nomaly.*.*'] })
      expect(hook.status).toBe(201)
      const dataset = await addSample(`${first.url}/api/v1`)
      const stream = { name: 'pump', detector: 'ewma', calibrator: 'none', threshold: 8, drift: {} }
      expect((await post(`${first.url}/api/v1/streams`, stream)).status).toBe(201)
      const work = new RandomWork(random, dataset)
      work.sent.add(createHash('sha256').update(sampleCsv()).digest('hex'))
      let server = first
      for (let kill = 1; kill <= KILLS; kill++) {
        const running = work.run(`${server.url}/api/v1`)
        await pause(50 + random() ** 2 * 3000)
        await server.end('SIGKILL')
        await running
        if (random() < 0.2) await startAndKill(folder, 50 + random() * 700)
        server = await serve()
        await expectKept(`${server.url}/api/v1`, work)
      }
      const api = `${server.url}/api/v1`
      await expectDone(api, work.acknowledged.jobs)
      await expectTold(api, work.acknowledged)
      expect(server.told()).toMatch(/^serving \S+ .*\n$/)
      const { datasets, jobs, models, feedback, samples } = work.acknowledged
      const counts = [datasets.size, jobs.size, models.size, feedback.size, samples]
      const told = counts.join(' ')
      process.stdout.write(
        `acknowledged data sets, jobs, models, verdicts and samples: ${told}; events told: ${receiver.calls.length}\n`,
      )
      expect(counts.filter((count) => count === 0)).toEqual([])
    },
    120_000 + KILLS * 15_000,
  )
})
