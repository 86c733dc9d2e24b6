import { expect, it } from 'vitest'

import { openMlopsStore } from './open-mlops-store.ts'

it('keeps a run with what was logged to it', async () => {
  const store = openMlopsStore({ path: ':memory:' })
  const experiment = await store.experiments.create({ name: 'fraud', tags: { a: 'b' } })
  const run = await store.runs.create({ experimentId: experiment.id })
  const points = Array.from({ length: 100 }, (_, step) => ({
    key: 'loss',
    value: 1 / (step + 1),
    at: 1000 + step,
    step,
  }))
  await store.log.log(run.id, {
    params: [{ key: 'depth', value: '3' }],
    metrics: points,
    tags: [{ key: 't', value: 'x' }],
  })
  const found = await store.runs.find(run.id)
  expect(found?.metrics['loss']).toEqual({ value: 0.01, step: 99, at: 1099, min: 0.01, max: 1, count: 100 })
  expect(found?.params).toEqual({ depth: '3' })
  expect(found?.tags).toEqual({ t: 'x', 'mlflow.runName': run.name })
  expect((await store.log.history(run.id, 'loss')).items).toEqual(points)
  await expect(store.log.log(run.id, { params: [{ key: 'depth', value: '4' }] })).rejects.toMatchObject({
    code: 'mlops/param-changed',
  })
  expect((await store.runs.search({ experimentIds: [experiment.id] })).items).toEqual([found])
  await store.close()
})
