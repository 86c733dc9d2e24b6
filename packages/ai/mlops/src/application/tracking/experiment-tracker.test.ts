import { describe, expect, it } from 'vitest'

import { openMlopsStore } from '../../infrastructure/open-mlops-store.ts'
import type { RunObserver } from '../ports/run-observer.ts'
import { ExperimentTracker } from './experiment-tracker.ts'
import type { TrackerDeps } from './tracker-deps.ts'

function trackerOf(changes: Partial<TrackerDeps> = {}): {
  readonly store: ReturnType<typeof openMlopsStore>
  readonly tracker: ExperimentTracker
} {
  const store = openMlopsStore({ path: ':memory:' })
  return { store, tracker: new ExperimentTracker({ ...store, ...changes }) }
}

async function textOf(store: ReturnType<typeof openMlopsStore>, path: string): Promise<string | undefined> {
  const found = await store.artifacts.get(path)
  if (found === undefined) return undefined
  const parts: Uint8Array[] = []
  for await (const part of found.content) parts.push(part)
  return Buffer.concat(parts).toString()
}

describe('a tracked run', () => {
  it('keeps what is logged to it', async () => {
    const { store, tracker } = trackerOf({ userId: 'ada' })
    const run = await tracker.startRun({ experiment: 'fraud', name: 'first', tags: { team: 'risk' } })
    run.logParams({ depth: 3, kind: 'iforest', deep: true, grid: [1, 2] })
    for (let step = 0; step < 2500; step++) run.logMetric('loss', 1 / (step + 1), { step })
    run.logMetrics({ auc: 0.93, f1: 0.8 }, { step: 7, at: 1234 })
    run.note('# why')
    await run.logText('notes/why.md', 'because')
    await run.logJson('config.json', { a: 1 })
    await run.logDataset({ name: 'cards', digest: 'd1' }, 'training')
    const model = await run.logModel({
      name: 'trees',
      files: { MLmodel: 'flavors: {}', 'data/model.bin': new Uint8Array(3) },
    })
    await run.end()
    const found = await store.runs.find(run.id)
    expect(found).toMatchObject({
      status: 'FINISHED',
      name: 'first',
      userId: 'ada',
      params: { depth: '3', kind: 'iforest', deep: 'true', grid: '[1,2]' },
      tags: { team: 'risk', 'mlflow.note.content': '# why' },
      modelOutputs: [{ modelId: model.id, step: 0 }],
    })
    expect(found?.metrics['loss']).toMatchObject({ step: 2499, count: 2500, min: 1 / 2500, max: 1 })
    expect(found?.metrics['auc']).toMatchObject({ value: 0.93, step: 7, at: 1234 })
    expect(found?.datasetInputs[0]).toMatchObject({ name: 'cards', tags: { 'mlflow.data.context': 'training' } })
    const root = found?.artifactLocation.replace('mlflow-artifacts:/', '')
    expect(await textOf(store, `${root}/notes/why.md`)).toBe('because')
    expect(JSON.parse((await textOf(store, `${root}/config.json`)) ?? '')).toEqual({ a: 1 })
    expect(model.status).toBe('READY')
    expect(await textOf(store, `${model.artifactLocation.replace('mlflow-artifacts:/', '')}/MLmodel`)).toBe(
      'flavors: {}',
    )
    await store.close()
  })

  it('ends as failed when its work throws, and says why', async () => {
    const { store, tracker } = trackerOf()
    const work = tracker.run({ experiment: 'e', name: 'broken' }, (run) => {
      run.logMetric('seen', 1)
      throw new Error('no data')
    })
    await expect(work).rejects.toThrow('no data')
    const { items } = await tracker.searchRuns({ experiments: ['e'] })
    expect(items[0]).toMatchObject({
      status: 'FAILED',
      tags: { 'nomaly.error': 'Error: no data' },
      metrics: { seen: { value: 1 } },
    })
    expect(await tracker.run({ experiment: 'e' }, async () => 42)).toBe(42)
    await store.close()
  })

  it('ends when its block is left', async () => {
    const { store, tracker } = trackerOf()
    let id = ''
    {
      await using run = await tracker.startRun()
      id = run.id
      run.logParam('a', 1)
    }
    expect(await store.runs.find(id)).toMatchObject({ status: 'FINISHED', params: { a: '1' } })
    await store.close()
  })

  it('nests runs, and resumes one', async () => {
    const { store, tracker } = trackerOf()
    const parent = await tracker.startRun({ experiment: 'sweep' })
    const child = await tracker.startRun({ parent })
    await child.end('KILLED')
    expect(await store.runs.find(child.id)).toMatchObject({
      experimentId: parent.experimentId,
      tags: { 'mlflow.parentRunId': parent.id },
      status: 'KILLED',
    })
    await parent.end()
    expect(() => parent.logMetric('late', 1)).toThrow(expect.objectContaining({ code: 'mlops/invalid-state' }))
    const again = await tracker.resumeRun(parent.id)
    again.logMetric('late', 1)
    await again.end()
    expect((await store.runs.find(parent.id))?.metrics['late']?.value).toBe(1)
    await store.close()
  })

  it('refuses at once what breaks a limit, and at the flush what the store refuses, losing nothing else', async () => {
    const { store, tracker } = trackerOf()
    const run = await tracker.startRun()
    expect(() => run.logMetric('a//b', 1)).toThrow(expect.objectContaining({ code: 'mlops/invalid-argument' }))
    expect(() => run.logParam('p', 'x'.repeat(6001))).toThrow(
      expect.objectContaining({ code: 'mlops/invalid-argument' }),
    )
    run.logParam('depth', 3)
    await run.flush()
    run.logParams({ depth: 4, width: 5 })
    run.logMetric('m', 1)
    run.setTag('t', 'x')
    await expect(run.flush()).rejects.toMatchObject({ code: 'mlops/param-changed' })
    await run.flush()
    await run.end()
    expect(await store.runs.find(run.id)).toMatchObject({
      params: { depth: '3', width: '5' },
      metrics: { m: { value: 1 } },
      tags: { t: 'x' },
    })
    await store.close()
  })

  it('sends again what a busy store could not take', async () => {
    const memory = openMlopsStore({ path: ':memory:' })
    let busy = true
    const log: TrackerDeps['log'] = {
      ...memory.log,
      log: async (id, batch) => {
        if (busy) throw Object.assign(new Error('busy'), { code: 'mlops/unavailable' })
        await memory.log.log(id, batch)
      },
    }
    const run = await new ExperimentTracker({ ...memory, log }).startRun()
    run.logMetric('m', 1)
    await expect(run.flush()).rejects.toMatchObject({ code: 'mlops/unavailable' })
    busy = false
    await run.end()
    expect((await memory.runs.find(run.id))?.metrics['m']?.value).toBe(1)
    await memory.close()
  })

  it('is watched while it is open', async () => {
    const seen: string[] = []
    const observer: RunObserver = {
      observe: async (run) => {
        run.logMetric('system/cpu', 1)
        seen.push(`opened ${run.id}`)
        return async () => {
          run.setTag('watched', 'yes')
          seen.push(`ended ${run.id}`)
        }
      },
    }
    const { store, tracker } = trackerOf({ observers: [observer] })
    const run = await tracker.startRun()
    await run.end()
    expect(seen).toEqual([`opened ${run.id}`, `ended ${run.id}`])
    expect(await store.runs.find(run.id)).toMatchObject({ tags: { watched: 'yes' }, metrics: { 'system/cpu': {} } })
    await store.close()
  })
})

describe('the tracker', () => {
  it('compares runs of different experiments', async () => {
    const { store, tracker } = trackerOf()
    const ids: string[] = []
    for (const [experiment, depth] of [
      ['a', 3],
      ['b', 5],
    ] as const)
      await tracker.run({ experiment, name: experiment }, (run) => {
        run.logParams({ depth, same: 1, ...(experiment === 'a' ? { only: 'a' } : {}) })
        run.logMetric('auc', depth / 10)
        ids.push(run.id)
      })
    const table = await tracker.compare(ids)
    expect(table.runs.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(table.params).toEqual([
      { key: 'depth', values: ['3', '5'], differs: true },
      { key: 'only', values: ['a', undefined], differs: true },
      { key: 'same', values: ['1', '1'], differs: false },
    ])
    expect(table.metrics.map(({ key, values }) => [key, ...values.map((value) => value?.value)])).toEqual([
      ['auc', 0.3, 0.5],
    ])
    expect((await tracker.searchRuns({ filter: 'metrics.auc > 0.1' })).items).toHaveLength(2)
    await expect(tracker.searchRuns({ experiments: ['none'] })).rejects.toMatchObject({ code: 'mlops/not-found' })
    await store.close()
  })

  it('makes an experiment once, however many ask for it at the same time', async () => {
    const { store, tracker } = trackerOf()
    const ids = await Promise.all(Array.from({ length: 10 }, () => tracker.experimentIdOf('same')))
    expect(new Set(ids).size).toBe(1)
    await store.experiments.change(ids[0] ?? '', { kind: 'delete' })
    await expect(tracker.startRun({ experiment: 'same' })).rejects.toMatchObject({ code: 'mlops/invalid-state' })
    await store.close()
  })
})
