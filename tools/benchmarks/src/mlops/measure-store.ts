import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type MlopsStore, nodeSqliteDriver, openMlopsStore } from '@nomaly/ai-mlops/node'

import { median } from '../median.ts'
import { fillStore, randomOf } from './fill-store.ts'

/** The middle time of one search, in milliseconds, and the rows that it answers. */
export interface SearchTime {
  readonly name: string
  readonly rows: number
  readonly ms: number
}

/** Points a second, and the middle time of a call in milliseconds. */
export interface WriteTime {
  readonly durable: boolean
  readonly batch: number
  readonly rowsPerSecond: number
  readonly ms: number
}

/** What a finished series takes in the file, in bytes a point. */
export interface SeriesSize {
  readonly points: number
  readonly asRows: number
  readonly compacted: number
}

const metricOver = (value: number): string => `metrics.m0 > ${value}`
const SEARCHES: ReadonlyArray<{ readonly name: string; readonly filter?: string; readonly orderBy?: string }> = [
  { name: 'newest first' },
  { name: 'one metric', filter: metricOver(0.5) },
  { name: 'one metric, few match', filter: metricOver(0.999) },
  {
    name: 'metric, param and tag, by a metric',
    filter: `${metricOver(0.5)} AND params.p1 = '3' AND tags.t2 = 'v7'`,
    orderBy: 'metrics.m3 DESC',
  },
  { name: 'all, by a metric', orderBy: 'metrics.m3 DESC' },
  { name: 'half of all, by a metric', filter: metricOver(0.5), orderBy: 'metrics.m3 DESC' },
  { name: 'OR of two', filter: `${metricOver(0.999)} OR params.p1 = '99'` },
  { name: 'name LIKE, by name', filter: "attributes.run_name LIKE 'run-9%'", orderBy: 'attributes.run_name' },
]

/** Times searches for 100 runs with all their data among that many. */
export async function measureSearches(runs: number, seed: number, reps: number): Promise<ReadonlyArray<SearchTime>> {
  return withStore(false, async (store) => {
    const experimentIds = await fillStore(store, runs, seed)
    const times: SearchTime[] = []
    for (const { name, filter = '', orderBy } of SEARCHES) {
      const query = { experimentIds, filter, limit: 100, orderBy: orderBy === undefined ? [] : [orderBy] }
      const found: number[] = []
      let rows = 0
      for (let repetition = 0; repetition <= reps; repetition++) {
        const start = performance.now()
        rows = (await store.runs.search(query)).items.length
        if (repetition > 0) found.push(performance.now() - start) // the first one warms the file's cache
      }
      times.push({ name, rows, ms: median(found) })
    }
    return times
  })
}

/** Times calls with one, 100 and 1000 points, one after another, each acknowledged. */
export async function measureWrites(durable: boolean, seconds: number): Promise<ReadonlyArray<WriteTime>> {
  return withStore(durable, async (store) => {
    const { id } = await store.runs.create({ experimentId: '0' })
    const times: WriteTime[] = []
    let step = 0
    for (const batch of [1, 100, 1000]) {
      const calls: number[] = []
      const start = performance.now()
      while (performance.now() - start < 1000 * seconds) {
        const metrics = Array.from({ length: batch }, () => {
          step++
          return { key: `m${step % 10}`, value: Math.sin(step), at: step, step }
        })
        const call = performance.now()
        await store.log.log(id, { metrics })
        calls.push(performance.now() - call)
      }
      const rowsPerSecond = (1000 * batch * calls.length) / (performance.now() - start)
      times.push({ durable, batch, rowsPerSecond, ms: median(calls) })
    }
    return times
  })
}

/** Weighs a series of values that are noisy in every digit, at times that jitter, before and after it is compacted. */
export async function weighSeries(points: number, seed: number): Promise<SeriesSize> {
  return withStore(false, async (store, path) => {
    const random = randomOf(seed)
    const { id } = await store.runs.create({ experimentId: '0' })
    const before = bytesOf(path)
    let at = 1_700_000_000_000
    for (let start = 0; start < points; start += 1000) {
      const metrics = Array.from({ length: 1000 }, (_, index) => {
        at += 180 + Math.floor(40 * random())
        const step = start + index
        return { key: 'loss', value: Math.exp((-4 * step) / points) * (1 + 0.1 * random()), at, step }
      })
      await store.log.log(id, { metrics })
    }
    const asRows = bytesOf(path) - before
    await store.runs.change(id, { kind: 'update', status: 'FINISHED' })
    await store.compact()
    return { points, asRows: asRows / points, compacted: (bytesOf(path) - before) / points }
  })
}

// Pages in use: the file itself keeps the free ones for what comes next.
function bytesOf(path: string): number {
  const driver = nodeSqliteDriver(path)
  const pragma = (name: string): number => Number(driver.prepare(`PRAGMA ${name}`).get()?.[name])
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
  driver.close()
  return bytes
}

async function withStore<T>(durable: boolean, work: (store: MlopsStore, path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-bench-mlops-'))
  const path = join(folder, 'mlops.db')
  const store = openMlopsStore({ path, durable })
  try {
    return await work(store, path)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}
