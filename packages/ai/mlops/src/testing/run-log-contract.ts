import type { MetricPoint } from '../domain/metric.ts'
import { type Case, expectCode, expectEqual } from './case.ts'
import { type TrackingAbilities, type TrackingStores, newExperiment } from './tracking-stores.ts'

/** What every `RunLog` and `MetricSampler` must keep. @param make - stores of which nothing but the ports is known */
export function runLogContract(
  it: Case,
  make: () => Promise<TrackingStores>,
  { extremes = true, samplesSteps = true }: TrackingAbilities = {},
): void {
  const point = (step: number, value: number, at: number = 100 + step, key = 'loss'): MetricPoint => ({
    key,
    value,
    at,
    step,
  })

  async function openRun(): Promise<{ readonly stores: TrackingStores; readonly id: string }> {
    const stores = await make()
    const { id } = await stores.runs.create({ experimentId: await newExperiment(stores) })
    return { stores, id }
  }

  it('keeps series whole, in order of time, and shows the last point', async () => {
    const { stores, id } = await openRun()
    await stores.log.log(id, { metrics: [point(2, 0.25), point(0, 1), point(1, 0.5)] })
    await stores.log.log(id, { metrics: [point(1, 0.5)] })
    expectEqual((await stores.log.history(id, 'loss')).items, [point(0, 1), point(1, 0.5), point(2, 0.25)])
    const last = (await stores.runs.find(id))?.metrics['loss']
    expectEqual([last?.value, last?.step, last?.at], [0.25, 2, 102])
    if (extremes) expectEqual([last?.min, last?.max, last?.count], [0.25, 1, 3])
    expectEqual((await stores.log.history(id, 'unknown')).items, [])
  })

  it('has the greatest by step, then time, then value as the last point', async () => {
    const { stores, id } = await openRun()
    await stores.log.log(id, { metrics: [point(5, 1, 10), point(4, 9, 99), point(5, 2, 10), point(5, 3, 9)] })
    const last = (await stores.runs.find(id))?.metrics['loss']
    expectEqual([last?.value, last?.step, last?.at], [2, 5, 10])
  })

  it('keeps NaN, infinities and negative steps', async () => {
    const { stores, id } = await openRun()
    const values = [Number.NaN, Infinity, -Infinity, -0.5, 5e-324, 1.7976931348623157e308]
    await stores.log.log(id, { metrics: values.map((value, index) => point(index - 3, value, index)) })
    const { items } = await stores.log.history(id, 'loss')
    expectEqual(
      items.map(({ value }) => String(value)),
      [Number.NaN, Number.MAX_VALUE, -Number.MAX_VALUE, -0.5, 5e-324, Number.MAX_VALUE].map(String),
    )
    expectEqual(
      items.map(({ step }) => step),
      [-3, -2, -1, 0, 1, 2],
    )
  })

  it('pages a series', async () => {
    const { stores, id } = await openRun()
    const all = Array.from({ length: 7 }, (_, step) => point(step, step))
    await stores.log.log(id, { metrics: all })
    const found: MetricPoint[] = []
    let page = await stores.log.history(id, 'loss', { limit: 3 })
    for (;;) {
      found.push(...page.items)
      if (page.next === undefined) break
      page = await stores.log.history(id, 'loss', { limit: 3, pageToken: page.next })
    }
    expectEqual(found, all)
  })

  it('never changes a param, and takes the same again', async () => {
    const { stores, id } = await openRun()
    await stores.log.log(id, { params: [{ key: 'depth', value: '3' }] })
    await stores.log.log(id, {
      params: [
        { key: 'depth', value: '3' },
        { key: 'empty', value: '' },
      ],
    })
    const change = stores.log.log(id, { params: [{ key: 'depth', value: '4' }], tags: [{ key: 't', value: 'x' }] })
    await expectCode(change, 'mlops/param-changed')
    const run = await stores.runs.find(id)
    expectEqual([run?.params, run?.tags['t']], [{ depth: '3', empty: '' }, undefined])
  })

  it('sets tags anew, and renames by the tag of the name', async () => {
    const { stores, id } = await openRun()
    await stores.log.log(id, {
      tags: [
        { key: 'a', value: '1' },
        { key: 'mlflow.runName', value: 'renamed' },
      ],
    })
    await stores.log.log(id, { tags: [{ key: 'a', value: '2' }] })
    const run = await stores.runs.find(id)
    expectEqual([run?.tags['a'], run?.name], ['2', 'renamed'])
  })

  it('refuses a batch whole', async () => {
    const { stores, id } = await openRun()
    const good = point(0, 1)
    const refused: ReadonlyArray<Parameters<typeof stores.log.log>[1]> = [
      { metrics: [good, { ...good, key: 'a//b' }] },
      { metrics: [good, { ...good, key: 'x'.repeat(251) }] },
      { metrics: [good, { ...good, key: 'a?b' }] },
      { metrics: [good, { ...good, at: -1 }] },
      { metrics: Array.from({ length: 1001 }, (_, step) => point(step, 0)) },
      { metrics: [good], params: [{ key: '../up', value: '' }] },
      { metrics: [good], params: [{ key: 'p', value: 'x'.repeat(6001) }] },
      {
        metrics: [good],
        params: [
          { key: 'p', value: '1' },
          { key: 'p', value: '1' },
        ],
      },
      { metrics: [good], params: Array.from({ length: 101 }, (_, index) => ({ key: `p${index}`, value: '' })) },
      { metrics: [good], tags: [{ key: '', value: '' }] },
      { metrics: [good], tags: Array.from({ length: 101 }, (_, index) => ({ key: `t${index}`, value: '' })) },
    ]
    for (const batch of refused) await expectCode(stores.log.log(id, batch), 'mlops/invalid-argument')
    expectEqual((await stores.runs.find(id))?.metrics, {})
  })

  it('writes to runs that are there and not deleted', async () => {
    const { stores, id } = await openRun()
    await expectCode(stores.log.log('0'.repeat(32), { metrics: [point(0, 1)] }), 'mlops/not-found')
    await stores.runs.change(id, { kind: 'delete' })
    await expectCode(stores.log.log(id, { metrics: [point(0, 1)] }), 'mlops/invalid-state')
  })

  it('links data and models', async () => {
    const { stores, id } = await openRun()
    const dataset = {
      name: 'cards',
      digest: 'd1',
      sourceType: 'local',
      source: '{"uri":"cards.csv"}',
      schema: '{}',
      profile: '{"rows":3}',
      tags: { 'mlflow.data.context': 'training' },
    }
    await stores.log.logInputs(id, { datasets: [dataset] })
    await stores.log.logInputs(id, { datasets: [dataset] })
    const run = await stores.runs.find(id)
    expectEqual(run?.datasetInputs, [dataset])
    const { items } = await stores.runs.search({
      experimentIds: [run?.experimentId ?? ''],
      filter: "datasets.name = 'cards' AND datasets.context = 'training'",
    })
    expectEqual(items.length, 1)
  })

  it('thins series for charts, and keeps both ends', async () => {
    const { stores, id } = await openRun()
    await stores.log.log(id, { metrics: Array.from({ length: 100 }, (_, step) => point(step, step)) })
    const sampled = await stores.sampler.sample({ runIds: [id], key: 'loss', maxSteps: 4 })
    expectEqual(
      sampled.map(({ step }) => step),
      samplesSteps ? [0, 25, 50, 75, 99] : [0, sampled[1]?.step, sampled[2]?.step, 99],
    )
    const range = await stores.sampler.sample({ runIds: [id], key: 'loss', maxSteps: 10, range: { from: 3, to: 5 } })
    expectEqual(
      range.map(({ step, runId }) => [step, runId]),
      [3, 4, 5].map((step) => [step, id]),
    )
  })
}
