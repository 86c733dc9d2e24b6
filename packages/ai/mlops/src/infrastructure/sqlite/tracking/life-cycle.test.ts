import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, expect, it } from 'vitest'

import { type MlopsStore, openMlopsStore } from '../../open-mlops-store.ts'
import { nodeSqliteDriver } from '../node-sqlite-driver.ts'

const folders: string[] = []

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nomaly-mlops-'))
  folders.push(folder)
  return folder
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(new TextEncoder().encode(text))
}

async function filledRun(store: MlopsStore, experimentId: string): Promise<string> {
  const { id } = await store.runs.create({ experimentId })
  await store.log.log(id, {
    metrics: Array.from({ length: 50 }, (_, step) => ({ key: 'm', value: step, at: step, step })),
    params: [{ key: 'p', value: '1' }],
  })
  await store.log.logInputs(id, {
    datasets: [{ name: 'd', digest: '1', sourceType: '', source: '', tags: {} }],
    models: [{ modelId: 'm-1' }],
  })
  await store.artifacts.put(`${experimentId}/${id}/artifacts/model.txt`, bytes(`model of ${id}`))
  await store.artifacts.put(`${experimentId}/${id}/artifacts/same.txt`, bytes('same'))
  return id
}

it('purges deleted runs with all they held, and nothing else', async () => {
  const folder = await newFolder()
  const store = openMlopsStore({ path: join(folder, 'mlops.db') })
  const { id: experimentId } = await store.experiments.create({ name: 'e' })
  const [gone, kept] = [await filledRun(store, experimentId), await filledRun(store, experimentId)]
  await store.runs.change(gone, { kind: 'update', status: 'FINISHED' })
  await store.compact()
  await store.runs.change(gone, { kind: 'delete' })
  expect(await store.purger.purge({ deletedBefore: 1 })).toMatchObject({ runs: 0, artifacts: 0 })
  expect(await store.purger.purge()).toEqual({
    experiments: 0,
    runs: 1,
    loggedModels: 0,
    artifacts: 2,
    freedBytes: `model of ${gone}`.length,
    keptLocations: [],
  })
  expect(await store.runs.find(gone)).toBeUndefined()
  expect(await store.artifacts.list(`${experimentId}/${gone}`)).toEqual([])
  expect((await store.runs.find(kept))?.datasetInputs).toHaveLength(1)
  expect(await store.artifacts.list(`${experimentId}/${kept}/artifacts`)).toHaveLength(2)
  expect((await store.log.history(kept, 'm')).items).toHaveLength(50)
  await store.close()
  const file = nodeSqliteDriver(join(folder, 'mlops.db'))
  for (const table of ['metric', 'series_chunk', 'latest', 'param', 'tag', 'run_dataset', 'run_model'])
    expect(file.prepare(`SELECT count(*) AS n FROM ${table} WHERE run NOT IN (SELECT id FROM run)`).get()?.['n']).toBe(
      0,
    )
  expect(file.prepare('SELECT count(*) AS n FROM series_chunk').get()?.['n']).toBe(0)
  file.close()
})

it('purges deleted experiments with their runs, but keeps the default one and what versions need', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  const { id: experimentId } = await store.experiments.create({ name: 'e' })
  const [plain, registered] = [await filledRun(store, experimentId), await filledRun(store, experimentId)]
  const inDefault = await filledRun(store, '0')
  await store.registeredModels.create({ name: 'fraud' })
  await store.modelVersions.create({ name: 'fraud', source: `runs:/${registered}/model.txt`, runId: registered })
  for (const id of [experimentId, '0']) await store.experiments.change(id, { kind: 'delete' })
  const report = await store.purger.purge()
  expect(report).toMatchObject({ experiments: 1, runs: 3, artifacts: 4 })
  expect(report.keptLocations).toEqual([`mlflow-artifacts:/${experimentId}/${registered}/artifacts`])
  for (const id of [plain, registered, inDefault]) expect(await store.runs.find(id)).toBeUndefined()
  expect(await store.artifacts.list(`${experimentId}/${registered}/artifacts`)).toHaveLength(2)
  expect(await store.artifacts.list(`${experimentId}/${plain}/artifacts`)).toEqual([])
  expect(await store.experiments.find({ id: experimentId })).toBeUndefined()
  expect((await store.experiments.find({ id: '0' }))?.lifecycleStage).toBe('deleted')
  expect((await store.experiments.create({ name: 'e' })).id).not.toBe(experimentId)
  await store.close()
})

it('purges only the runs asked for, and leaves their files if told to', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  const [a, b] = [await filledRun(store, '0'), await filledRun(store, '0')]
  for (const id of [a, b]) await store.runs.change(id, { kind: 'delete' })
  expect(await store.purger.purge({ runIds: [a], keepArtifacts: true })).toMatchObject({ runs: 1, artifacts: 0 })
  expect((await store.runs.find(b))?.lifecycleStage).toBe('deleted')
  expect(await store.artifacts.list(`0/${a}/artifacts`)).toHaveLength(2)
  await store.close()
})

it('backs up while it is written to, again and again into one file', async () => {
  const folder = await newFolder()
  const store = openMlopsStore({ path: join(folder, 'mlops.db') })
  const { id } = await store.runs.create({ experimentId: '0' })
  const point = (step: number) => ({ metrics: [{ key: 'm', value: step, at: step, step }] })
  for (let step = 0; step < 200; step++) await store.log.log(id, point(step))
  let [step, going] = [200, true]
  const writing = (async () => {
    while (going) await store.log.log(id, point(step++))
  })()
  for (let time = 0; time < 20; time++) await store.backup(join(folder, 'copy.db'))
  going = false
  await writing
  await expect(store.backup(join(folder, 'none', 'copy.db'))).rejects.toMatchObject({ code: 'mlops/storage-failed' })
  await store.close()
  const copy = openMlopsStore({ path: join(folder, 'copy.db') })
  const { items } = await copy.log.history(id, 'm')
  expect(items.map((found) => found.step)).toEqual(Array.from(items.keys()))
  expect(items.length).toBeGreaterThanOrEqual(200)
  await copy.close()
  expect((await readdir(folder)).filter((name) => name.includes('part'))).toEqual([])
})

it('backs up a store in memory', async () => {
  const folder = await newFolder()
  const store = openMlopsStore({ path: ':memory:' })
  const { id } = await store.runs.create({ experimentId: '0' })
  for (let time = 0; time < 2; time++) await store.backup(join(folder, 'copy.db'))
  await store.close()
  const copy = openMlopsStore({ path: join(folder, 'copy.db') })
  expect((await copy.runs.find(id))?.id).toBe(id)
  await copy.close()
})

it('opens again what it closed, and refuses files of newer versions and of others', async () => {
  const folder = await newFolder()
  const path = join(folder, 'mlops.db')
  const first = openMlopsStore({ path })
  const { id } = await first.runs.create({ experimentId: '0', name: 'kept' })
  await first.close()
  const again = openMlopsStore({ path })
  expect((await again.runs.find(id))?.name).toBe('kept')
  await again.close()

  const newer = nodeSqliteDriver(path)
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  expect(() => openMlopsStore({ path })).toThrow(
    expect.objectContaining({ code: 'mlops/unsupported-format', message: expect.stringContaining('update') }),
  )

  const other = nodeSqliteDriver(join(folder, 'other.db'))
  other.exec('CREATE TABLE theirs (x)')
  other.close()
  expect(() => openMlopsStore({ path: join(folder, 'other.db') })).toThrow(
    expect.objectContaining({ code: 'mlops/unsupported-format', message: expect.stringContaining('another program') }),
  )
})

it('refuses what a full disk cannot take, whole, and goes on when there is room', async () => {
  const folder = await newFolder()
  const path = join(folder, 'mlops.db')
  let driver: ReturnType<typeof nodeSqliteDriver> | undefined
  const store = openMlopsStore({ path, open: (file) => (driver = nodeSqliteDriver(file)) })
  const { id } = await store.runs.create({ experimentId: '0' })
  const pages = Number(driver?.prepare('PRAGMA page_count').get()?.['page_count'])
  driver?.exec(`PRAGMA max_page_count = ${pages + 2}`)
  const metrics = Array.from({ length: 1000 }, (_, step) => ({ key: 'm', value: step, at: step, step }))
  const outcomes = await Promise.allSettled([
    store.log.log(id, { metrics, params: [] }),
    store.log.log(id, { metrics: metrics.map((point) => ({ ...point, key: 'n' })) }),
  ])
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'mlops/storage-failed' } })
  expect((await store.runs.find(id))?.metrics).toEqual({})
  driver?.exec('PRAGMA max_page_count = 1000000')
  await store.log.log(id, { metrics: [{ key: 'n', value: 1, at: 1, step: 1 }] })
  await store.log.log(id, { metrics })
  expect(Object.keys((await store.runs.find(id))?.metrics ?? {}).sort()).toEqual(['m', 'n'])
  await store.close()
})

it('forgets the keys that a refused write named', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  const { id } = await store.runs.create({ experimentId: '0' })
  const params = (...keys: ReadonlyArray<string>) => ({ params: keys.map((key) => ({ key, value: `of ${key}` })) })
  await store.log.log(id, { params: [{ key: 'depth', value: '3' }] })
  const refused = { params: [...params('first', 'second').params, { key: 'depth', value: '4' }] }
  const outcomes = await Promise.allSettled([
    store.log.log(id, refused),
    store.log.log(id, params('third')),
    store.log.log(id, params('second', 'first')),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect((await store.runs.find(id))?.params).toEqual({
    depth: '3',
    first: 'of first',
    second: 'of second',
    third: 'of third',
  })
  await store.close()
  await store.close()
})
