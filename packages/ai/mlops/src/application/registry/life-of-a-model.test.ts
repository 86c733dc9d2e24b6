import { expect, it } from 'vitest'

import { allTo } from '../../domain/deployment/routing.ts'
import { openMlopsStore } from '../../infrastructure/open-mlops-store.ts'
import { Deployments } from '../deployment/deployments.ts'
import { PredictionRecorder } from '../deployment/prediction-recorder.ts'
import { EventDispatcher } from '../events/event-dispatcher.ts'
import { metricAtLeast } from '../gates/metric-gates.ts'
import { noDriftSince } from '../gates/no-drift-since.ts'
import { ModelMonitor } from '../monitoring/model-monitor.ts'
import { ModelRegistry } from './model-registry.ts'

const amounts = (count: number, shift: number) =>
  Array.from({ length: count }, (_, i) => ({ amount: ((i * 37) % 100) + shift }))

const fail = (error: unknown): never => {
  throw error // an unhandled rejection: the run fails
}

it('trains, registers, promotes, serves, watches, and holds the successor back once what is served drifts', async () => {
  const clock = { at: 1_000_000 }
  const now = () => (clock.at += 1)
  const store = openMlopsStore({ path: ':memory:', now })
  const registry = new ModelRegistry({ ...store, now })
  const told: string[] = []
  const handle = async ({ event: { type, subject } }: { readonly event: { type: string; subject?: string } }) =>
    void told.push(`${type} ${subject}`)
  const patterns = ['nomaly.model.promoted', 'nomaly.promotion.refused', 'nomaly.drift.detected']
  const dispatcher = new EventDispatcher({
    ...store,
    handlers: [{ name: 's', patterns, handle }],
    now,
    random: () => 0,
    onError: fail,
  })
  await dispatcher.start()
  const train = async () => {
    const run = await store.runs.create({ experimentId: '0' })
    await store.log.log(run.id, { metrics: [{ key: 'auc', value: 0.93, at: 1, step: 0 }] })
    return registry.register({ name: 'fraud', runId: run.id, path: 'model' })
  }

  const first = await train()
  await registry.promote(first, 'champion', [metricAtLeast('auc', 0.9)])
  const monitor = new ModelMonitor({ ...store, now })
  await monitor.define(
    {
      name: 'live',
      model: { name: 'fraud', version: first.version },
      features: [{ name: 'amount', kind: 'numeric' }],
      window: { by: 'size', size: 100 },
    },
    amounts(500, 0),
  )
  const deployments = new Deployments({
    ...store,
    predictors: { load: async () => ({ predict: () => ({ score: 0.5 }) }) },
    recorder: new PredictionRecorder(store.predictions),
    now,
    newId: () => `p${clock.at}`,
    random: () => 0.5,
    onError: fail,
  })
  await deployments.create({ name: 'score', model: 'fraud', routing: allTo(first.version) })
  const serve = async (inputs: ReadonlyArray<{ readonly amount: number }>) => {
    const from = clock.at
    for (const input of inputs) await deployments.predict('score', input, { log: true })
    await deployments.close()
    const { items } = await store.predictions.read({ model: 'fraud', version: first.version, from })
    return monitor.observe(
      'live',
      items.map(({ input }) => ({ ...Object(input) })),
    )
  }

  const second = await train()
  const gates = [noDriftSince({ since: 0, of: { alias: 'champion' } })]
  const attempt = () => registry.promote(second, 'champion', gates)
  await expect(attempt()).rejects.toMatchObject({ details: { evidence: [{ evidence: { looks: 0 } }] } })
  expect((await serve(amounts(100, 0))).map(({ alerts }) => alerts)).toEqual([[]])
  await registry.promote(second, 'watched', gates)
  await serve(amounts(100, 60))
  await expect(attempt()).rejects.toMatchObject({
    code: 'mlops/gate-refused',
    details: {
      evidence: [{ evidence: { version: '1', looks: 2, drifts: [{ what: expect.stringContaining('amount') }] } }],
    },
  })
  expect((await registry.version('fraud@champion')).version).toBe('1')

  await expect.poll(() => told.length).toBe(5)
  await dispatcher.stop()
  expect(told.map((text) => text.replace(/ .*/, ''))).toEqual([
    'nomaly.model.promoted',
    'nomaly.promotion.refused',
    'nomaly.model.promoted',
    'nomaly.drift.detected',
    'nomaly.promotion.refused',
  ])
  await store.close()
})
