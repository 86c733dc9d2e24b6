import { type Case, expectCode, expectEqual } from './case.ts'
import { type TrackingAbilities, type TrackingStores, uniqueName } from './tracking-stores.ts'

/** What every `ExperimentStore` must keep. @param make - stores of which nothing but the ports is known */
export function experimentStoreContract(
  it: Case,
  make: () => Promise<TrackingStores>,
  { moves = true, wideFilters = true, selectiveRestore = true }: TrackingAbilities = {},
): void {
  it('keeps what a new experiment says of itself', async () => {
    const { experiments } = await make()
    const name = uniqueName('fraud')
    const { id } = await experiments.create({ name, tags: { team: 'risk', 'a b': '' } })
    const found = await experiments.find({ id })
    expectEqual([found?.name, found?.lifecycleStage, found?.tags], [name, 'active', { team: 'risk', 'a b': '' }])
    expectEqual((await experiments.find({ name }))?.id, id)
    expectEqual(found !== undefined && found.createdAt > 0 && found.artifactLocation !== '', true)
  })

  it('has the experiment 0, and answers undefined for what is not there', async () => {
    const { experiments } = await make()
    expectEqual((await experiments.find({ id: '0' }))?.name, 'Default')
    expectEqual(await experiments.find({ id: '999999999' }), undefined)
    expectEqual(await experiments.find({ name: uniqueName('none') }), undefined)
  })

  it('gives a name once, whether its experiment lives or is deleted', async () => {
    const { experiments } = await make()
    const name = uniqueName('twice')
    const { id } = await experiments.create({ name })
    await expectCode(experiments.create({ name }), 'mlops/already-exists')
    await experiments.change(id, { kind: 'delete' })
    await expectCode(experiments.create({ name }), 'mlops/already-exists')
  })

  it('renames and tags', async () => {
    const { experiments } = await make()
    const { id } = await experiments.create({ name: uniqueName('old') })
    const name = uniqueName('new')
    await experiments.change(id, { kind: 'rename', name })
    await experiments.change(id, { kind: 'set-tag', key: 'k', value: '1' })
    await experiments.change(id, { kind: 'set-tag', key: 'k', value: '2' })
    await experiments.change(id, { kind: 'set-tag', key: 'gone', value: 'x' })
    const changed = await experiments.change(id, { kind: 'delete-tag', key: 'gone' })
    expectEqual([changed.name, changed.tags], [name, { k: '2' }])
    await expectCode(experiments.change(id, { kind: 'delete-tag', key: 'gone' }), 'mlops/not-found')
    await expectCode(experiments.change('999999999', { kind: 'rename', name }), 'mlops/not-found')
  })

  it('deletes softly, with its runs, and restores', async () => {
    const { experiments, runs } = await make()
    const { id } = await experiments.create({ name: uniqueName('soft') })
    const [kept, before] = [await runs.create({ experimentId: id }), await runs.create({ experimentId: id })]
    await runs.change(before.id, { kind: 'delete' })
    await experiments.change(id, { kind: 'delete' })
    await experiments.change(id, { kind: 'delete' })
    expectEqual((await experiments.find({ id }))?.lifecycleStage, 'deleted')
    expectEqual((await runs.find(kept.id))?.lifecycleStage, 'deleted')
    await expectCode(runs.create({ experimentId: id }), 'mlops/invalid-state')
    await expectCode(experiments.change(id, { kind: 'rename', name: uniqueName('no') }), 'mlops/invalid-state')
    await experiments.change(id, { kind: 'restore' })
    expectEqual((await experiments.find({ id }))?.lifecycleStage, 'active')
    expectEqual((await runs.find(kept.id))?.lifecycleStage, 'active')
    if (selectiveRestore) expectEqual((await runs.find(before.id))?.lifecycleStage, 'deleted')
  })

  it('searches by name, tag and time, in order and by pages', async () => {
    const { experiments } = await make()
    const stem = uniqueName('search')
    const ids: string[] = []
    for (const [index, group] of ['a', 'b', 'a'].entries())
      ids.push((await experiments.create({ name: `${stem}-${index}`, tags: { group } })).id)
    const namesOf = async (filter: string, orderBy: ReadonlyArray<string> = ['name ASC']): Promise<unknown> =>
      (await experiments.search({ filter, orderBy })).items.map(({ name }) => name.slice(stem.length + 1))
    expectEqual(await namesOf(`name LIKE '${stem}%'`), ['0', '1', '2'])
    expectEqual(await namesOf(`name LIKE '${stem}%' AND tags.group = 'a'`, ['name DESC']), ['2', '0'])
    expectEqual(await namesOf(`name ILIKE '${stem.toUpperCase()}%' AND tags.group != 'a'`), ['1'])
    expectEqual(await namesOf(`name LIKE '${stem}%' AND creation_time < 1`), [])
    if (wideFilters)
      expectEqual(
        await namesOf(`name IN ('${stem}-0', '${stem}-2') AND NOT (tags.group = 'b' OR name = '${stem}-0')`),
        ['2'],
      )
    const query = { filter: `name LIKE '${stem}%'`, orderBy: ['name DESC'], limit: 2 }
    const first = await experiments.search(query)
    const second = await experiments.search({ ...query, pageToken: first.next ?? '' })
    expectEqual(
      [...first.items, ...second.items].map(({ id }) => id),
      ids.toReversed(),
    )
    expectEqual(second.next, undefined)
    await experiments.change(ids[1] ?? '', { kind: 'delete' })
    const deleted = await experiments.search({ filter: `name LIKE '${stem}%'`, view: 'deleted' })
    expectEqual(
      deleted.items.map(({ id }) => id),
      ids.slice(1, 2),
    )
  })

  it('refuses what no experiment can be, and filters that say nothing', async () => {
    const { experiments } = await make()
    await expectCode(experiments.create({ name: '' }), 'mlops/invalid-argument')
    await expectCode(experiments.create({ name: 'x'.repeat(501) }), 'mlops/invalid-argument')
    await expectCode(experiments.search({ filter: 'name = = 1' }), 'mlops/invalid-filter')
    await expectCode(experiments.search({ filter: "colour = 'red'" }), 'mlops/invalid-filter')
    await expectCode(experiments.search({ limit: 0 }), 'mlops/invalid-argument')
    await expectCode(experiments.search({ limit: 50_001 }), 'mlops/invalid-argument')
  })

  if (!moves) return
  it('keeps experiments in folders', async () => {
    const { experiments } = await make()
    const { id } = await experiments.create({ name: uniqueName('filed'), folder: 'risk/cards' })
    expectEqual((await experiments.change(id, { kind: 'move', folder: 'risk/loans' })).folder, 'risk/loans')
    const { items } = await experiments.search({ filter: "folder LIKE 'risk/%'" })
    expectEqual(
      items.some((one) => one.id === id),
      true,
    )
    await expectCode(experiments.change(id, { kind: 'move', folder: '../up' }), 'mlops/invalid-argument')
  })
}
