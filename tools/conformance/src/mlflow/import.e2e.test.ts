import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openMlopsStore, type MlopsStore } from '@nomaly/ai-mlops/node'
import { connectMlflow, CopyTracker, trackerAsSource, type TrackerSource } from '@nomaly/integration-mlflow'
import { mlflowDbSource, mlrunsSource } from '@nomaly/integration-mlflow/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { mlflowReleases, pythonWithMlflow, runScript } from './python.ts'
import { startRealServer } from './real-server.ts'

const MINUTES = 60_000

interface Ids {
  readonly parent: string
  readonly child: string
  readonly gone: string
}

const textAt = async (store: MlopsStore, path: string): Promise<string> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of (await store.artifacts.get(path))?.content ?? []) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** What `history.py` has made, wherever it was copied to. */
async function expectHistory(store: MlopsStore, ids: Ids, release: string): Promise<void> {
  const experiment = await store.experiments.find({ name: 'history' })
  expect(experiment).toMatchObject({ tags: { team: 'risk' }, lifecycleStage: 'active' })
  expect(await store.experiments.find({ name: 'deleted' })).toMatchObject({ lifecycleStage: 'deleted' })
  const { items } = await store.runs.search({ experimentIds: [experiment?.id ?? ''], view: 'all' })
  const run = (id: string) => {
    const found = items.find(({ tags }) => tags['nomaly.copy.id'] === id)
    if (found === undefined) throw new Error(`run ${id} was not copied`)
    return found
  }
  const [parent, child, gone] = [run(ids.parent), run(ids.child), run(ids.gone)]
  expect(items).toHaveLength(3)
  expect(parent).toMatchObject({ name: 'parent', status: 'FINISHED', lifecycleStage: 'active' })
  expect(parent.params).toEqual({ depth: '3', empty: '', 'folder/key': 'x' })
  expect(parent.tags['mlflow.note.content']).toBe('a note')
  expect(child.tags['mlflow.parentRunId']).toBe(parent.id)
  expect(gone).toMatchObject({ lifecycleStage: 'deleted', metrics: { m: { value: 1 } } })
  expect(parent.metrics['loss']).toMatchObject({ value: 0.05, step: 19, count: 20, max: 1 })
  expect(parent.metrics['nan']?.value).toBeNaN()
  expect(parent.metrics['inf']?.value).toBe(Number.MAX_VALUE)
  const series = (await store.log.history(parent.id, 'train/long')).items
  expect(series.map(({ value, step, at }) => value === step && at === 1000 + step)).toEqual(Array(1000).fill(true))
  expect(parent.datasetInputs).toMatchObject([{ name: 'train', tags: { 'mlflow.data.context': 'training' } }])
  expect(await textAt(store, `${parent.experimentId}/${parent.id}/artifacts/notes/hello.txt`)).toBe('hello')

  expect(await store.registeredModels.find('iris')).toMatchObject({
    description: 'flowers',
    aliases: { champion: '3' },
    tags: { kind: 'flower' },
  })
  const versions = (await store.modelVersions.search({ filter: "name = 'iris'", orderBy: ['version_number ASC'] }))
    .items
  expect(versions.map(({ version }) => version)).toEqual(['1', '3'])
  expect(versions[0]).toMatchObject({ stage: 'Production', runId: child.id })
  expect(versions[1]).toMatchObject({ description: 'third', tags: { from: 'uri' } })
  let root = `${child.experimentId}/${child.id}/artifacts/model`
  if (release === 'mlflow-3') {
    const model = (await store.loggedModels.search({ experimentIds: [child.experimentId] })).items[0]
    expect(model).toMatchObject({ name: 'model', status: 'READY', sourceRunId: child.id })
    expect(model?.metrics).toContainEqual(expect.objectContaining({ key: 'auc', value: 0.75, runId: child.id }))
    expect(child.modelOutputs).toMatchObject([{ modelId: model?.id }])
    expect(versions[0]).toMatchObject({ source: `models:/${model?.id}`, modelId: model?.id })
    root = `${child.experimentId}/models/${model?.id}/artifacts`
  } else {
    expect(versions[0]?.source).toBe(`mlflow-artifacts:/${root}`)
  }
  expect(await textAt(store, `${root}/MLmodel`)).toContain('sklearn')
}

describe.each(mlflowReleases)('what the Python client of %s has kept', (release) => {
  const python = pythonWithMlflow(release)
  const title = python.kind === 'absent' ? ` (left out: ${python.why})` : ''
  const folder = mkdtempSync(join(tmpdir(), 'nomaly-import-'))
  const stores: MlopsStore[] = []
  const history = async (name: string, uri: string): Promise<Ids> => {
    if (python.kind === 'absent') throw new Error(python.why)
    const printed = await runScript(python.python, 'history.py', [uri], { cwd: join(folder) })
    return { ...JSON.parse(printed.trimEnd().split('\n').at(-1) ?? ''), name }
  }
  const newStore = (): MlopsStore => {
    const store = openMlopsStore({ path: ':memory:' })
    stores.push(store)
    return store
  }
  let files: Ids
  let database: Ids

  beforeAll(async () => {
    if (python.kind === 'absent') return
    ;[files, database] = await Promise.all([
      history('files', `file://${folder}/before/mlruns`),
      history('database', `sqlite:///${folder}/mlflow.db`),
    ])
    renameSync(join(folder, 'before'), join(folder, 'after')) // locations in the files name a folder that is gone
  }, 5 * MINUTES)

  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()))
    rmSync(folder, { recursive: true, force: true })
  })

  describe.skipIf(python.kind === 'absent')(`is imported whole${title}`, () => {
    const sources: Readonly<Record<string, () => TrackerSource>> = {
      'from a folder that was moved': () => mlrunsSource(join(folder, 'after/mlruns')),
      'from a database': () => mlflowDbSource(join(folder, 'mlflow.db')),
    }

    it.each(Object.entries(sources))('%s, and not twice', async (name, source) => {
      const target = newStore()
      const first = await new CopyTracker({ source: source(), target }).run()
      expect(first.problems).toEqual([])
      expect(first.runs).toEqual({ copied: 4, unchanged: 0 })
      await expectHistory(target, name === 'from a database' ? database : files, release)
      const again = await new CopyTracker({ source: source(), target }).run()
      expect(again).toMatchObject({
        runs: { copied: 0, unchanged: 4 },
        modelVersions: { copied: 0, unchanged: 2 },
        artifacts: { copied: 0 },
        points: 0,
        problems: [],
      })
      await expectHistory(target, name === 'from a database' ? database : files, release)
    })
  })

  if (release !== 'mlflow-3') return
  it.skipIf(python.kind === 'absent')(
    `and goes back to MLflow's own server${title}`,
    async () => {
      if (python.kind === 'absent') return
      const store = newStore()
      await new CopyTracker({ source: mlflowDbSource(join(folder, 'mlflow.db')), target: store }).run()
      const real = await startRealServer(python.python, mkdtempSync(join(folder, 'server-')))
      try {
        const remote = connectMlflow({ trackingUri: real.url })
        const report = await new CopyTracker({ source: trackerAsSource(store), target: remote }).run()
        expect(report.problems).toEqual([])
        expect(report.runs).toEqual({ copied: 4, unchanged: 0 })
        const back = newStore()
        const returned = await new CopyTracker({ source: trackerAsSource(remote), target: back }).run()
        expect(returned.problems).toEqual([])
        const experiment = await back.experiments.find({ name: 'history' })
        const { items } = await back.runs.search({ experimentIds: [experiment?.id ?? ''], view: 'all' })
        expect(items.map(({ name }) => name).sort()).toEqual(['child', 'gone', 'parent'])
        const parent = items.find(({ name }) => name === 'parent')
        expect(parent?.metrics['loss']).toMatchObject({ value: 0.05, count: 20 })
        expect((await back.modelVersions.find('iris', '3'))?.description).toBe('third')
        const again = await new CopyTracker({ source: trackerAsSource(store), target: remote }).run()
        expect(again).toMatchObject({ runs: { copied: 0, unchanged: 4 }, artifacts: { copied: 0 }, problems: [] })
      } finally {
        await real.close()
      }
    },
    5 * MINUTES,
  )
})
