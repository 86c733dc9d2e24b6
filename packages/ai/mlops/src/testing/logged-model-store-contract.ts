import type { LoggedModelQuery } from '../application/ports/logged-model-store.ts'
import { type Case, expectCode, expectEqual } from './case.ts'
import { type TrackingStores, newExperiment } from './tracking-stores.ts'

/** What every `LoggedModelStore` must keep. @param make - stores of which nothing but the ports is known */
export function loggedModelStoreContract(it: Case, make: () => Promise<TrackingStores>): void {
  it('keeps a model from its start to its end', async () => {
    const stores = await make()
    const experimentId = await newExperiment(stores)
    const { id: sourceRunId } = await stores.runs.create({ experimentId })
    const model = await stores.loggedModels.create({
      experimentId,
      name: 'trees',
      modelType: 'classifier',
      sourceRunId,
      params: { depth: '3' },
      tags: { a: 'b' },
    })
    expectEqual(
      [model.name, model.modelType, model.sourceRunId, model.status, model.params, model.tags],
      ['trees', 'classifier', sourceRunId, 'PENDING', { depth: '3' }, { a: 'b' }],
    )
    await stores.loggedModels.change(model.id, { kind: 'finalize', status: 'READY' })
    await stores.loggedModels.change(model.id, { kind: 'log-params', params: { rate: '0.1' } })
    await stores.loggedModels.change(model.id, { kind: 'set-tags', tags: { a: 'c', d: 'e' } })
    await stores.loggedModels.change(model.id, { kind: 'delete-tag', key: 'd' })
    const found = await stores.loggedModels.find(model.id)
    expectEqual([found?.status, found?.params['rate'], found?.tags], ['READY', '0.1', { a: 'c' }])
    await expectCode(stores.loggedModels.change(model.id, { kind: 'delete-tag', key: 'd' }), 'mlops/not-found')
  })

  it('shows the newest point of each key and data set', async () => {
    const stores = await make()
    const experimentId = await newExperiment(stores)
    const { id: runId } = await stores.runs.create({ experimentId })
    const { id: modelId } = await stores.loggedModels.create({ experimentId, sourceRunId: runId })
    const point = { key: 'auc', modelId, datasetName: 'test', datasetDigest: 'd' }
    await stores.log.log(runId, { metrics: [{ ...point, value: 0.8, at: 1, step: 0 }] })
    await stores.log.log(runId, { metrics: [{ ...point, value: 0.9, at: 2, step: 1 }] })
    const found = await stores.loggedModels.find(modelId)
    const newest = found?.metrics.filter(({ step }) => step === 1)
    expectEqual(
      newest?.map(({ key, value, datasetName, runId: of }) => [key, value, datasetName, of]),
      [['auc', 0.9, 'test', runId]],
    )
    expectEqual((await stores.runs.find(runId))?.metrics['auc']?.value, 0.9)
  })

  it('forgets a deleted one', async () => {
    const stores = await make()
    const { id } = await stores.loggedModels.create({ experimentId: await newExperiment(stores) })
    await stores.loggedModels.change(id, { kind: 'delete' })
    expectEqual(await stores.loggedModels.find(id), undefined)
    await expectCode(stores.loggedModels.change(id, { kind: 'finalize', status: 'READY' }), 'mlops/not-found')
  })

  it('searches within experiments', async () => {
    const stores = await make()
    const experimentIds = [await newExperiment(stores)]
    const experimentId = experimentIds[0] ?? ''
    for (const name of ['a', 'b', 'c'])
      await stores.loggedModels.create({ experimentId, name, params: { size: name === 'a' ? 'small' : 'big' } })
    const find = async (filter: string): Promise<unknown> =>
      (await stores.loggedModels.search({ experimentIds, filter, orderBy: ['name ASC'] })).items.map(({ name }) => name)
    expectEqual(await find("params.size = 'big'"), ['b', 'c'])
    expectEqual(await find("name != 'b' AND params.size = 'big'"), ['c'])
    const first = await stores.loggedModels.search({ experimentIds, limit: 2 })
    const rest = await stores.loggedModels.search({ experimentIds, limit: 2, pageToken: first.next ?? '' })
    expectEqual([first.items.length, rest.items.length, rest.next], [2, 1, undefined])
    await expectCode(stores.loggedModels.search({ experimentIds, filter: 'nothing' }), 'mlops/invalid-filter')
  })

  it('filters and orders by metrics of the data that is named', async () => {
    const stores = await make()
    const experimentId = await newExperiment(stores)
    const { id: runId } = await stores.runs.create({ experimentId })
    const plans = { a: { train: 0.9, test: 0.1 }, b: { train: 0.8, test: 0.5 }, c: { train: 0.7 } }
    for (const [name, values] of Object.entries(plans)) {
      const { id: modelId } = await stores.loggedModels.create({ experimentId, name, sourceRunId: runId })
      // MLflow keeps one point a metric, time and step of a model, whatever its data
      for (const [at, [datasetName, value]] of Object.entries(values).entries())
        await stores.log.log(runId, {
          metrics: [{ key: 'auc', value, at, step: 0, modelId, datasetName, datasetDigest: 'd' }],
        })
    }
    const find = async (query: Omit<LoggedModelQuery, 'experimentIds'>): Promise<unknown> =>
      (await stores.loggedModels.search({ experimentIds: [experimentId], ...query })).items.map(({ name }) => name)
    const test = [{ name: 'test', digest: 'd' }]
    expectEqual(await find({ filter: 'metrics.auc > 0.3', datasets: test }), ['b'])
    const orderBy = ['metrics.auc DESC', 'name ASC']
    expectEqual(await find({ orderBy, orderDatasets: test }), ['b', 'a', 'c'])
    expectEqual(await find({ orderBy, orderDatasets: [{ name: 'train' }] }), ['a', 'b', 'c'])
  })

  it('refuses names that paths and URIs could not hold', async () => {
    const stores = await make()
    const experimentId = await newExperiment(stores)
    for (const name of ['', 'a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b"])
      await expectCode(stores.loggedModels.create({ experimentId, name }), 'mlops/invalid-argument')
    await expectCode(stores.loggedModels.create({ experimentId: '999999999' }), 'mlops/not-found')
  })
}
