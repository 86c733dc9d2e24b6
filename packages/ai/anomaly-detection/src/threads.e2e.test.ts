import { execFile } from 'node:child_process'

import {
  AnomalyDetectionError,
  configureDetector,
  createMemoryEventPublisher,
  createMemoryModelRepository,
  type Dataset,
  datasetFromRows,
  datasetOf,
  DetectAnomalies,
  detectorIds,
  EvaluateDetectors,
  randomIds,
  ScoreWithModel,
  systemClock,
  TrainModel,
  type WorkerPool,
} from '@nomaly/ai-anomaly-detection'
import { createWorkerThreads, processClock, type WorkerThreads } from '@nomaly/ai-anomaly-detection/node'
import { afterAll, describe, expect, it, vi } from 'vitest'

vi.setConfig({ testTimeout: 60_000 })

const two = createWorkerThreads({ threads: 2, fewestRows: 2 })
const three = createWorkerThreads({ threads: 3, fewestRows: 2 })
afterAll(() => Promise.all([two.close(), three.close()]))

// Three groups with ties and doubles among them, and a row far out.
const dataset = datasetFromRows([
  ...Array.from({ length: 250 }, (_, i) => [
    ((i * 37) % 101) / 101 + (i % 3) * 4,
    ((i * 53) % 17) / 17,
    Math.sin(i) * ((i % 3) + 1),
  ]),
  ...Array.from({ length: 30 }, () => [4, 0.5, 0.25]),
  [20, -9, 9],
])

async function scoresOn(pool: WorkerPool | undefined, detector: string): Promise<ReadonlyArray<Float64Array>> {
  const models = createMemoryModelRepository()
  const deps = { events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds, models, pool }
  const options = { detector, seed: 3 }
  const detected = await new DetectAnomalies(deps).execute(dataset, options)
  await new TrainModel(deps).execute('any', dataset, options)
  const scored = await new ScoreWithModel(deps).execute({ name: 'any' }, dataset)
  return [detected.scores, scored.scores, Float64Array.of(detected.threshold, scored.threshold)]
}

const bits = (scores: ReadonlyArray<Float64Array>): ReadonlyArray<ReadonlyArray<bigint>> =>
  scores.map((one) => [...new BigUint64Array(one.slice().buffer)])

const codeOf = (error: unknown): string | undefined => (AnomalyDetectionError.is(error) ? error.code : String(error))

/** Keeps two threads busy for half a minute. */
function longWork(pool: WorkerThreads, signal?: AbortSignal): Promise<unknown> {
  const x: Dataset = datasetFromRows(Array.from({ length: 100_000 }, (_, i) => [i, (i * 7919) % 1009]))
  const fitted = configureDetector('iforest', { nEstimators: 100_000, maxSamples: 8 }).fit(dataset)
  const { id: detector, parameters } = fitted
  const { state } = configureDetector(detector, parameters).fit(x)
  const parts = [0, 1].map(() => ({ detector, parameters, state, x }))
  return pool.run('score', parts, { signal })
}

describe('scores on several threads', () => {
  it.each([...detectorIds, 'ensemble', 'auto'])('of %s have the same bits as on one', async (detector) => {
    const alone = bits(await scoresOn(undefined, detector))
    expect(bits(await scoresOn(two, detector))).toEqual(alone)
    expect(bits(await scoresOn(three, detector))).toEqual(alone)
  })

  it('are those of the work that was shared', async () => {
    const kinds: string[] = []
    const watched: WorkerPool = {
      ...two,
      run: (kind, parts, options) => {
        kinds.push(`${kind} x${parts.length}`)
        return two.run(kind, parts, options)
      },
    }
    await scoresOn(watched, 'lof')
    await scoresOn(watched, 'iforest')
    expect(kinds).toEqual(['neighbours x2', 'neighbours x2', 'score x2', 'score x4', 'score x4', 'score x4'])
    kinds.length = 0
    await scoresOn(watched, 'ensemble')
    expect(kinds).toEqual(['fit x3', 'fit x3', 'score x2'])
  })

  it('may be of rows that stand in shared memory', async () => {
    const { data, rows, columns, features } = dataset
    const shared = new Float64Array(new SharedArrayBuffer(data.byteLength))
    shared.set(data)
    const scores = async (x: Dataset): Promise<ReadonlyArray<number>> => {
      const deps = { events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds, pool: two }
      return [...(await new DetectAnomalies(deps).execute(x, { detector: 'knn' })).scores]
    }
    expect(await scores(datasetOf({ data: shared, rows, columns }, { features }))).toEqual(await scores(dataset))
  })
})

describe('an evaluation on several threads', () => {
  const labels = Uint8Array.from({ length: dataset.rows }, (_, row) => (row === dataset.rows - 1 ? 1 : 0))

  it('counts the processor time of all of them', async () => {
    const evaluate = new EvaluateDetectors({ clock: processClock, pool: two })
    const [one] = await evaluate.execute(dataset, labels, { detectors: ['knn'] })
    expect(one?.rocAuc).toBe(1)
    expect(one?.fitCpuMs).toBeGreaterThan(0)
    expect(one?.scoreCpuMs).toBeGreaterThan(0)
  })

  it('says null where the clock does not count it', async () => {
    const evaluate = new EvaluateDetectors({ clock: systemClock })
    expect(await evaluate.execute(dataset, labels, { detectors: ['ecod'] })).toMatchObject([
      { fitCpuMs: null, scoreCpuMs: null },
    ])
  })
})

describe('a pool of threads', () => {
  it.each([0, -1, 1.5, 129, Number.NaN])('refuses %s threads', (threads) => {
    expect(() => createWorkerThreads({ threads })).toThrow(/whole number from 1 to 128/)
  })

  it('hands on what a part refuses, with its code, and works again', async () => {
    const part = { detector: 'knn', parameters: {}, state: {}, x: dataset }
    await expect(two.run('score', [part, part], { signal: undefined }).catch(codeOf)).resolves.toBe(
      'anomaly-detection/corrupt-model',
    )
    await expect(scoresOn(two, 'knn')).resolves.toHaveLength(3)
  })

  it('names a bad row by its place among all rows', async () => {
    const data = dataset.data.slice()
    data[200 * 3 + 1] = Number.NaN
    const models = createMemoryModelRepository()
    const deps = { events: createMemoryEventPublisher(), clock: systemClock, ids: randomIds, models, pool: two }
    const bad = { ...dataset, data }
    await expect(new DetectAnomalies(deps).execute(bad, { detector: 'knn' })).rejects.toThrow(/row 200, column 1/)
    await new TrainModel(deps).execute('any', dataset, { detector: 'knn' })
    await expect(new ScoreWithModel(deps).execute({ name: 'any' }, bad)).rejects.toThrow(/row 200, column 1/)
  })

  it('gives up at once when the work is cancelled, and works again', async () => {
    const controller = new AbortController()
    const work = longWork(two, controller.signal).catch(codeOf)
    setTimeout(() => controller.abort(), 300)
    const start = performance.now()
    expect(await work).toBe('anomaly-detection/cancelled')
    expect(performance.now() - start).toBeLessThan(3000)
    await expect(scoresOn(two, 'knn')).resolves.toHaveLength(3)
  })

  it('gives up its work when it is closed, and takes no more', async () => {
    const pool = createWorkerThreads({ threads: 2 })
    const work = longWork(pool).catch(codeOf)
    setTimeout(() => void pool.close(), 300)
    expect(await work).toBe('anomaly-detection/cancelled')
    expect(await longWork(pool).catch(codeOf)).toBe('anomaly-detection/cancelled')
  })

  it('says so when a worker dies, and lets the process end', async () => {
    const dying = `import{isMainThread}from'node:worker_threads';if(!isMainThread)Float64Array.prototype.fill=()=>process.exit(7)`
    expect(await failureWith(dying)).toMatch(/^anomaly-detection\/worker-failed a worker thread failed: .*7\n$/)
  })

  it('says what to install where piscina is missing', async () => {
    const hook = `resolve:(name,context,next)=>name==='piscina'?next('no-such-package',context):next(name,context)`
    const lacking = `import{registerHooks}from'node:module';registerHooks({${hook}})`
    expect(await failureWith(lacking)).toMatch(/^anomaly-detection\/missing-package .*npm install piscina/)
  })
})

/** What a pool tells of a failure in a process of its own, which first runs some other code in each of its threads. */
function failureWith(first: string): Promise<string> {
  const script = `
    import { createWorkerThreads } from '@nomaly/ai-anomaly-detection/node'
    const train = { data: new Float64Array(40), rows: 20, columns: 2 }
    const part = { train, k: 5, metric: 'euclidean', rows: Int32Array.from(new Array(20).keys()) }
    await createWorkerThreads({ threads: 2 }).run('neighbours', [part, part], {}).catch((e) => console.log(e.code, e.message))
  `
  const args = ['--input-type=module', '-e', script]
  const env = { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${first}` }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: import.meta.dirname, env, timeout: 20_000 }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    )
  })
}
