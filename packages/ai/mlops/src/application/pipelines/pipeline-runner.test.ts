import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { MlopsError } from '../../domain/errors.ts'
import { pipeline } from '../../domain/pipelines/pipeline.ts'
import { type MlopsStore, openMlopsStore } from '../../infrastructure/open-mlops-store.ts'
import { PipelineRunner } from './pipeline-runner.ts'

let store: MlopsStore
let runner: PipelineRunner
beforeEach(() => {
  store = openMlopsStore({ path: ':memory:' })
  runner = new PipelineRunner({
    ...store,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    random: () => 0,
  })
})
afterEach(() => store.close())

const retry = { attempts: 3, firstMs: 1, factor: 2, maxMs: 10 }
const failure = async (work: Promise<unknown>): Promise<MlopsError> => {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  )
  if (error instanceof MlopsError) return error
  throw error
}
const nested = async (parent: string) => {
  const filter = `tags.\`mlflow.parentRunId\` = '${parent}'`
  const { items } = await store.runs.search({ experimentIds: ['0'], filter })
  return new Map(items.map((run) => [run.name, run]))
}

describe('a pipeline', () => {
  it('hands on what steps answer, and is tracked as a run with its steps nested', async () => {
    const train = pipeline<{ rows: number }>('train')
      .step('load', { needs: ['input'] }, ({ inputs: { input } }) => Array.from({ length: input.rows }, (_, i) => i))
      .step('fit', { needs: ['load'] }, async ({ inputs: { load }, log }) => {
        load.push(99) // its own copy
        await log({ params: [{ key: 'rows', value: String(load.length) }] })
        return { mean: load[1] ?? 0 }
      })
      .step('size', { needs: ['load', 'fit'] }, ({ inputs: { load } }) => load.length)
      .step('model', () => Uint8Array.of(1, 2, 3))
      .step('nothing', () => undefined)
    const { id, runId, outputs, steps } = await runner.run(train, { rows: 3 })
    expect(outputs).toEqual({
      input: { rows: 3 },
      load: [0, 1, 2],
      fit: { mean: 1 },
      size: 3,
      model: Uint8Array.of(1, 2, 3),
      nothing: undefined,
    })
    expect(steps.every(({ how, attempts }) => how === 'ran' && attempts === 1)).toBe(true)
    expect(await store.runs.find(runId)).toMatchObject({ name: 'train', status: 'FINISHED' })
    const children = await nested(runId)
    expect([...children.keys()].toSorted()).toEqual(['fit', 'load', 'model', 'nothing', 'size'])
    expect(children.get('fit')).toMatchObject({ status: 'FINISHED', params: { rows: '4' } })
    expect(await store.pipelines.find(id)).toMatchObject({ status: 'finished' })
  })

  it('reuses answers to the same inputs, and runs again what has another version or reads something else', async () => {
    const calls: string[] = []
    const build = (version: string) =>
      pipeline<number>('cached')
        .step('parity', { needs: ['input'], version: '1' }, ({ inputs }) => (calls.push('parity'), inputs.input % 2))
        .step('name', { needs: ['parity'], version }, ({ inputs }) => (calls.push('name'), `n${inputs.parity}`))
        .step('always', { cache: false, version: '1' }, () => void calls.push('always'))
    await runner.run(build('1'), 2)
    expect(calls.splice(0).toSorted()).toEqual(['always', 'name', 'parity'])
    const again = await runner.run(build('1'), 2)
    expect(calls.splice(0)).toEqual(['always'])
    expect(again.outputs.name).toBe('n0')
    expect((await nested(again.runId)).get('name')?.tags['nomaly.pipeline.how']).toBe('cached')
    await runner.run(build('1'), 4) // another input, the same parity
    expect(calls.splice(0).toSorted()).toEqual(['always', 'parity'])
    await runner.run(build('2'), 4)
    expect(calls.splice(0).toSorted()).toEqual(['always', 'name'])
    await runner.run(build('2'), 4, { useCache: false })
    expect(calls.splice(0).toSorted()).toEqual(['always', 'name', 'parity'])
    expect(await runner.prune(0)).toBe(0)
    // the inputs 2 and 4, the parity 0, the name n0, and nothing
    expect(await runner.prune(Date.now() + 1)).toBe(5)
    expect(await store.pipelines.list({})).toEqual([])
    await runner.run(build('2'), 4)
    expect(calls.length).toBe(3)
  })

  it('does not take one bound function for another', async () => {
    const answers = [1, 2].map((x) =>
      function answer(this: number) {
        return this
      }.bind(x),
    )
    const found: unknown[] = []
    for (const answer of answers)
      found.push((await runner.run(pipeline('bound').step('a', answer), undefined)).outputs.a)
    expect(found).toEqual([1, 2])
  })

  it('names the step that failed, skips what needs it, and finishes the rest', async () => {
    let isBroken = true
    const calls: string[] = []
    const train = pipeline('train')
      .step('load', () => (calls.push('load'), 1))
      .step('fit', { needs: ['load'] }, () => {
        if (isBroken) throw new Error('no memory')
        return 2
      })
      .step('report', { needs: ['fit'] }, ({ inputs }) => inputs.fit + 1)
      .step('publish', { needs: ['report'] }, () => 'out')
      .step('profile', { needs: ['load'] }, () => new Promise((resolve) => setTimeout(() => resolve('p'), 20)))
    const error = await failure(runner.run(train, undefined))
    expect(error.code).toBe('mlops/pipeline-failed')
    expect(error.message).toBe("pipeline 'train' failed in step 'fit': no memory; skipped: report, publish")
    expect(error.details).toMatchObject({ step: 'fit', skipped: ['report', 'publish'] })
    const id = String(error.details['run'])
    const stored = await store.pipelines.find(id)
    expect(stored?.status).toBe('failed')
    expect(stored?.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'fit failed',
      'load finished',
      'profile finished',
    ])
    const parent = await store.runs.find(stored?.runId ?? '')
    expect(parent).toMatchObject({ status: 'FAILED', tags: { 'nomaly.pipeline.skipped': 'report publish' } })
    expect((await nested(stored?.runId ?? '')).get('fit')).toMatchObject({
      status: 'FAILED',
      tags: { 'nomaly.pipeline.error': 'no memory' },
    })

    isBroken = false
    const { outputs, steps, runId } = await runner.resume(train, id)
    expect(outputs).toMatchObject({ report: 3, publish: 'out', profile: 'p' })
    expect(calls).toEqual(['load'])
    expect(
      steps
        .filter(({ how }) => how === 'resumed')
        .map(({ step }) => step)
        .toSorted(),
    ).toEqual(['load', 'profile'])
    expect(runId).toBe(stored?.runId)
    expect((await store.runs.find(runId))?.status).toBe('FINISHED')
    const events = (await store.archive.events({ subject: 'train' })).items
    expect(events.map(({ type, data }) => `${type} ${String(data['run'])}`).toSorted()).toEqual([
      `nomaly.pipeline.failed ${id}`,
      `nomaly.pipeline.finished ${id}`,
    ])
  })

  it('tries again by the schedule, and gives up after the last attempt', async () => {
    const flaky = vi.fn((attempt: number) => {
      if (attempt < 3) throw new Error(`attempt ${attempt}`)
      return attempt
    })
    const { steps } = await runner.run(
      pipeline('flaky').step('call', { retry }, ({ attempt }) => flaky(attempt)),
      undefined,
    )
    expect(steps[0]).toMatchObject({ attempts: 3 })
    const error = await failure(
      runner.run(
        pipeline('dead').step('call', { retry: { ...retry, attempts: 2 } }, ({ attempt }) => flaky(attempt)),
        undefined,
      ),
    )
    expect(error.message).toContain('attempt 2')
  })

  it('ends an attempt that takes too long, also one that does not heed its signal', async () => {
    let isTold = false
    const slow = pipeline('slow').step('sleep', { timeoutMs: 20 }, ({ signal }) => {
      signal.addEventListener('abort', () => (isTold = true))
      return new Promise<number>(() => undefined)
    })
    const error = await failure(runner.run(slow, undefined))
    expect(error.message).toContain("step 'sleep' took longer than 20 ms")
    expect(isTold).toBe(true)
  })

  it('is cancelled by its signal, and can go on afterwards', async () => {
    const controller = new AbortController()
    const calls: string[] = []
    const train = pipeline('train')
      .step('load', () => calls.push('load'))
      .step('fit', { needs: ['load'], retry }, ({ signal }) => {
        calls.push('fit')
        if (calls.length > 2) return 'fitted'
        controller.abort(new Error('stop'))
        return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(new Error('told'))))
      })
      .step('report', { needs: ['fit'] }, () => 'r')
    const error = await failure(runner.run(train, undefined, { signal: controller.signal }))
    expect(error).toMatchObject({ code: 'mlops/cancelled', details: { skipped: ['report'] } })
    const id = String(error.details['run'])
    expect(await store.pipelines.list({ status: 'cancelled' })).toMatchObject([{ id }])
    const { outputs } = await runner.resume(train, id)
    expect(outputs.fit).toBe('fitted')
    expect(calls).toEqual(['load', 'fit', 'fit'])
  })

  it('has no more steps at work than it may', async () => {
    let [atWork, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++atWork)
      await new Promise((resolve) => setTimeout(resolve, 5))
      atWork--
    }
    const wide = pipeline('wide').step('a', work).step('b', work).step('c', work).step('d', work).step('e', work)
    await runner.run(wide, undefined, { concurrency: 2, useCache: false })
    expect(most).toBe(2)
  })

  it('refuses what it cannot do', async () => {
    const dated = pipeline('dated').step('now', () => new Date(0))
    const error = await failure(runner.run(dated, undefined))
    expect(error.message).toContain("the answer of step 'now' has Date at $")
    expect((await failure(runner.run(dated, undefined, { concurrency: 0 }))).code).toBe('mlops/invalid-argument')
    expect((await failure(runner.resume(dated, 'none'))).code).toBe('mlops/not-found')
    const other = pipeline('other').step('now', () => 0)
    expect((await failure(runner.resume(other, String(error.details['run'])))).code).toBe('mlops/invalid-argument')
  })
})
