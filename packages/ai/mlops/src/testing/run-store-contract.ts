import { type Case, expectCode, expectEqual } from './case.ts'
import { type TrackingAbilities, type TrackingStores, newExperiment } from './tracking-stores.ts'

/** What every `RunStore` must keep. @param make - stores of which nothing but the ports is known */
export function runStoreContract(
  it: Case,
  make: () => Promise<TrackingStores>,
  { moves = true, wideFilters = true, boundTokens = true }: TrackingAbilities = {},
): void {
  it('opens a run, updates it and ends it', async () => {
    const stores = await make()
    const experimentId = await newExperiment(stores)
    const run = await stores.runs.create({ experimentId, name: 'first', userId: 'ada', startedAt: 5, tags: { a: 'b' } })
    expectEqual(
      [run.status, run.name, run.userId, run.startedAt, run.endedAt, run.lifecycleStage, run.experimentId],
      ['RUNNING', 'first', 'ada', 5, undefined, 'active', experimentId],
    )
    expectEqual([run.tags['a'], run.tags['mlflow.runName']], ['b', 'first'])
    await stores.runs.change(run.id, { kind: 'update', status: 'FINISHED', endedAt: 9, name: 'second' })
    const found = await stores.runs.find(run.id)
    expectEqual([found?.status, found?.endedAt, found?.name], ['FINISHED', 9, 'second'])
    expectEqual(found?.tags['mlflow.runName'], 'second')
  })

  it('names a run by its tag, or makes a name up', async () => {
    const stores = await make()
    const experimentId = await newExperiment(stores)
    expectEqual((await stores.runs.create({ experimentId, tags: { 'mlflow.runName': 'tagged' } })).name, 'tagged')
    const { name, tags } = await stores.runs.create({ experimentId })
    expectEqual([name !== '', tags['mlflow.runName']], [true, name])
    const two = stores.runs.create({ experimentId, name: 'x', tags: { 'mlflow.runName': 'y' } })
    await expectCode(two, 'mlops/invalid-argument')
  })

  it('refuses runs of experiments that are not there', async () => {
    const { runs } = await make()
    await expectCode(runs.create({ experimentId: '999999999' }), 'mlops/not-found')
    expectEqual(await runs.find('0'.repeat(32)), undefined)
    await expectCode(runs.change('0'.repeat(32), { kind: 'delete' }), 'mlops/not-found')
  })

  it('deletes softly and restores', async () => {
    const stores = await make()
    const experimentId = await newExperiment(stores)
    const { id } = await stores.runs.create({ experimentId })
    await stores.runs.change(id, { kind: 'delete' })
    await stores.runs.change(id, { kind: 'delete' })
    expectEqual((await stores.runs.find(id))?.lifecycleStage, 'deleted')
    await expectCode(stores.runs.change(id, { kind: 'update', status: 'FAILED' }), 'mlops/invalid-state')
    expectEqual((await stores.runs.search({ experimentIds: [experimentId] })).items.length, 0)
    for (const view of ['deleted', 'all'] as const)
      expectEqual((await stores.runs.search({ experimentIds: [experimentId], view })).items.length, 1)
    await stores.runs.change(id, { kind: 'restore' })
    expectEqual((await stores.runs.find(id))?.lifecycleStage, 'active')
  })

  it('refuses a status that there is not', async () => {
    const stores = await make()
    const { id } = await stores.runs.create({ experimentId: await newExperiment(stores) })
    const unknown = { kind: 'update', status: 'DONE' as 'FINISHED' } as const // as a caller without types may
    await expectCode(stores.runs.change(id, unknown), 'mlops/invalid-argument')
    await expectCode(stores.runs.change(id, { kind: 'update', endedAt: -1 }), 'mlops/invalid-argument')
    expectEqual((await stores.runs.find(id))?.status, 'RUNNING')
  })

  it('drops a tag, and says where there is none', async () => {
    const stores = await make()
    const { id } = await stores.runs.create({ experimentId: await newExperiment(stores), tags: { k: 'v' } })
    await stores.runs.change(id, { kind: 'delete-tag', key: 'k' })
    expectEqual((await stores.runs.find(id))?.tags['k'], undefined)
    await expectCode(stores.runs.change(id, { kind: 'delete-tag', key: 'k' }), 'mlops/not-found')
  })

  it('searches by what was logged, over several experiments', async () => {
    const stores = await make()
    const { experimentIds, find } = await threeRuns(stores)
    expectEqual(await find('metrics.auc > 0.6'), ['b', 'c'])
    expectEqual(await find("params.depth = '3' AND metrics.auc < 0.9"), ['a', 'b'])
    expectEqual(await find("params.depth != '3'"), ['c'])
    expectEqual(await find("tags.`my tag` LIKE 'X%'"), [])
    expectEqual(await find("tags.`my tag` ILIKE 'X%'"), ['a'])
    expectEqual(await find("attributes.status = 'RUNNING' AND run_name != 'a'"), ['b', 'c'])
    expectEqual(await find('start_time >= 20'), ['b', 'c'])
    expectEqual(await find('metrics.auc > 0.6', experimentIds.slice(0, 1)), ['b'])
    expectEqual(await find('metrics.missing != 1'), [])
    if (!wideFilters) return
    expectEqual(await find("metrics.auc < 0.6 OR params.depth = '5'"), ['a', 'c'])
    expectEqual(await find("NOT (params.depth = '3')"), ['c'])
    expectEqual(await find("params.depth IN ('3', '4') AND metrics.auc BETWEEN 0.7 AND 1"), ['b'])
    expectEqual(await find('tags.`my tag` IS NOT NULL'), ['a'])
    expectEqual(await find('tags.`my tag` IS NULL'), ['b', 'c'])
  })

  it('orders by anything, NaN after numbers, what is missing last', async () => {
    const stores = await make()
    const { experimentIds, ids } = await threeRuns(stores)
    await stores.log.log(ids[1] ?? '', { metrics: [{ key: 'odd', value: Number.NaN, at: 1, step: 0 }] })
    await stores.log.log(ids[2] ?? '', { metrics: [{ key: 'odd', value: 7, at: 1, step: 0 }] })
    const ordered = async (...orderBy: ReadonlyArray<string>): Promise<unknown> =>
      (await stores.runs.search({ experimentIds, orderBy })).items.map(({ name }) => name)
    expectEqual(await ordered(), ['c', 'b', 'a'])
    expectEqual(await ordered('metrics.auc ASC'), ['a', 'b', 'c'])
    expectEqual(await ordered('metrics.odd DESC'), ['c', 'b', 'a'])
    expectEqual(await ordered('metrics.odd'), ['c', 'b', 'a'])
    expectEqual(await ordered('params.depth DESC', 'start_time ASC'), ['c', 'a', 'b'])
    expectEqual(await ordered('attributes.run_name'), ['a', 'b', 'c'])
  })

  it('pages without gaps', async () => {
    const stores = await make()
    const { experimentIds } = await threeRuns(stores)
    const query = { experimentIds, orderBy: ['metrics.auc DESC'], limit: 1 }
    const names: string[] = []
    let page = await stores.runs.search(query)
    for (;;) {
      names.push(...page.items.map(({ name }) => name))
      if (page.next === undefined) break
      page = await stores.runs.search({ ...query, pageToken: page.next })
    }
    expectEqual(names, ['c', 'b', 'a'])
    await expectCode(stores.runs.search({ ...query, pageToken: 'no token' }), 'mlops/invalid-argument')
    const { next = '' } = await stores.runs.search(query)
    if (boundTokens) await expectCode(stores.runs.search({ experimentIds, pageToken: next }), 'mlops/invalid-argument')
  })

  it('refuses filters that do not parse or name what is not there', async () => {
    const stores = await make()
    const experimentIds = [await newExperiment(stores)]
    const nonsense = ['metrics.auc >', "metrics.auc > 'high'", 'params.depth = 3', "colour = 'red'", "('"]
    for (const filter of wideFilters ? [...nonsense, 'AND'] : nonsense)
      // MLflow takes a lone AND
      await expectCode(stores.runs.search({ experimentIds, filter }), 'mlops/invalid-filter')
    await expectCode(stores.runs.search({ experimentIds, orderBy: ['metrics'] }), 'mlops/invalid-filter')
  })

  if (!moves) return
  it('moves a run to another experiment', async () => {
    const stores = await make()
    const [from, to] = [await newExperiment(stores), await newExperiment(stores)]
    const { id, artifactLocation } = await stores.runs.create({ experimentId: from })
    const moved = await stores.runs.change(id, { kind: 'move', experimentId: to })
    expectEqual([moved.experimentId, moved.artifactLocation], [to, artifactLocation])
    expectEqual((await stores.runs.search({ experimentIds: [from] })).items.length, 0)
    expectEqual((await stores.runs.search({ experimentIds: [to] })).items.length, 1)
    await expectCode(stores.runs.change(id, { kind: 'move', experimentId: '999999999' }), 'mlops/not-found')
  })
}

// Runs a and b in one experiment, c in another.
async function threeRuns(stores: TrackingStores): Promise<{
  readonly experimentIds: ReadonlyArray<string>
  readonly ids: ReadonlyArray<string>
  readonly find: (filter: string, within?: ReadonlyArray<string>) => Promise<ReadonlyArray<string>>
}> {
  const experimentIds = [await newExperiment(stores), await newExperiment(stores)]
  const plans = [
    { name: 'a', depth: '3', auc: 0.5, startedAt: 10, experiment: 0 },
    { name: 'b', depth: '3', auc: 0.7, startedAt: 20, experiment: 0 },
    { name: 'c', depth: '5', auc: 0.9, startedAt: 30, experiment: 1 },
  ]
  const ids: string[] = []
  for (const { name, depth, auc, startedAt, experiment } of plans) {
    const run = await stores.runs.create({ experimentId: experimentIds[experiment] ?? '', name, startedAt })
    await stores.log.log(run.id, {
      params: [{ key: 'depth', value: depth }],
      metrics: [{ key: 'auc', value: auc, at: 1, step: 0 }],
      tags: name === 'a' ? [{ key: 'my tag', value: 'xyz' }] : [],
    })
    ids.push(run.id)
  }
  const find = async (
    filter: string,
    within: ReadonlyArray<string> = experimentIds,
  ): Promise<ReadonlyArray<string>> => {
    const { items } = await stores.runs.search({ experimentIds: within, filter })
    return items.map(({ name }) => name).sort()
  }
  return { experimentIds, ids, find }
}
