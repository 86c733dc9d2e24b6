import type { Stage } from '../domain/model-version.ts'
import { type Case, expectCode, expectEqual } from './case.ts'
import { type RegistryHarness, SOURCE, freshName, modelWithVersions } from './registry-harness.ts'

/** What every `ModelVersionStore` must keep. @param make - stores which may hold what earlier tests left */
export function modelVersionStoreContract(it: Case, make: () => Promise<RegistryHarness>): void {
  it('numbers versions from 1 on, ready at once', async () => {
    const { registeredModels: models, modelVersions: versions } = await make()
    const name = freshName()
    await models.create({ name })
    const created = await versions.create({ name, source: SOURCE, description: 'first', tags: { a: 'b' } })
    expectEqual(await versions.find(name, '1'), created)
    const { version, source, description, tags, aliases, stage, status } = created
    expectEqual(
      [version, source, description, tags, aliases, stage, status],
      ['1', SOURCE, 'first', { a: 'b' }, [], 'None', 'READY'],
    )
    expectEqual((await versions.create({ name, source: SOURCE })).version, '2')
    await expectCode(versions.create({ name: freshName(), source: SOURCE }), 'mlops/not-found')
  })

  it('refuses sources that climb or point to the local disk', async () => {
    const harness = await make()
    const name = await modelWithVersions(harness, 0)
    for (const source of ['mlflow-artifacts:/a/../../b', 'https://host/a/%2e%2e/b', '/etc', 'file:///etc'])
      await expectCode(harness.modelVersions.create({ name, source }), 'mlops/invalid-argument')
  })

  it('finds nothing for a number that is not there, and refuses what is no number', async () => {
    const harness = await make()
    const name = await modelWithVersions(harness, 1)
    expectEqual(await harness.modelVersions.find(name, '2'), undefined)
    await expectCode(harness.modelVersions.find(name, 'one'), 'mlops/invalid-argument')
    const change = harness.modelVersions.change(name, '2', { kind: 'describe', description: '' })
    await expectCode(change, 'mlops/not-found')
  })

  it('describes, and sets and deletes tags', async () => {
    const harness = await make()
    const { modelVersions: versions } = harness
    const name = await modelWithVersions(harness, 1)
    await versions.change(name, '1', { kind: 'describe', description: 'new' })
    await versions.change(name, '1', { kind: 'set-tag', key: 'a', value: '1' })
    await versions.change(name, '1', { kind: 'set-tag', key: 'b', value: '2' })
    await versions.change(name, '1', { kind: 'delete-tag', key: 'a' })
    await versions.change(name, '1', { kind: 'delete-tag', key: 'missing' })
    const version = await versions.find(name, '1')
    expectEqual([version?.description, version?.tags], ['new', { b: '2' }])
  })

  it('moves through the stages, and archives the others only when asked', async () => {
    const harness = await make()
    const { modelVersions: versions } = harness
    const name = await modelWithVersions(harness, 3)
    const stages = async (): Promise<ReadonlyArray<Stage | undefined>> =>
      Promise.all(['1', '2', '3'].map(async (version) => (await versions.find(name, version))?.stage))
    const shouted: string = 'PRODUCTION'
    await versions.change(name, '1', { kind: 'stage', stage: shouted as Stage }) // any case is read
    await versions.change(name, '2', { kind: 'stage', stage: 'Production' })
    expectEqual(await stages(), ['Production', 'Production', 'None'])
    await versions.change(name, '3', { kind: 'stage', stage: 'Production', archiveExisting: true })
    expectEqual(await stages(), ['Archived', 'Archived', 'Production'])
    const archive = versions.change(name, '1', { kind: 'stage', stage: 'None', archiveExisting: true })
    await expectCode(archive, 'mlops/invalid-argument')
    const unknown: string = 'Retired'
    await expectCode(versions.change(name, '1', { kind: 'stage', stage: unknown as Stage }), 'mlops/invalid-argument') // refused
  })

  it('never gives the number of a deleted version again, and drops its aliases', async () => {
    const harness = await make()
    const { registeredModels: models, modelVersions: versions } = harness
    const name = await modelWithVersions(harness, 2)
    await models.change(name, { kind: 'set-alias', alias: 'champion', version: '2' })
    expectEqual(await versions.change(name, '2', { kind: 'delete' }), undefined)
    expectEqual(await versions.find(name, '2'), undefined)
    expectEqual((await models.find(name))?.aliases, {})
    await expectCode(versions.change(name, '2', { kind: 'delete' }), 'mlops/not-found')
    expectEqual((await versions.create({ name, source: SOURCE })).version, '3')
  })

  it('searches by model, run, number and tag, in pages', async () => {
    const harness = await make()
    const { modelVersions: versions } = harness
    const name = await modelWithVersions(harness, 3)
    await versions.change(name, '2', { kind: 'set-tag', key: 'quality', value: 'good' })
    const filter = `name = '${name}'`
    const numbers = async (query: Parameters<typeof versions.search>[0]): Promise<ReadonlyArray<string>> =>
      (await versions.search(query)).items.map(({ version }) => version)
    expectEqual(await numbers({ filter, orderBy: ['version_number ASC'] }), ['1', '2', '3'])
    expectEqual(await numbers({ filter: `${filter} AND tags.quality = 'good'` }), ['2'])
    expectEqual(await numbers({ filter: `${filter} AND version_number >= 2`, orderBy: ['version_number DESC'] }), [
      '3',
      '2',
    ])
    const first = await versions.search({ filter, orderBy: ['version_number DESC'], limit: 2 })
    const second = { filter, orderBy: ['version_number DESC'], limit: 2, pageToken: String(first.next) }
    expectEqual(await numbers(second), ['1'])
    await expectCode(versions.search({ filter: 'nonsense' }), 'mlops/invalid-filter')
  })
}
