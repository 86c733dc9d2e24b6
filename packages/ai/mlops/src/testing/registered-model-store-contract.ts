import { type Case, expectCode, expectEqual } from './case.ts'
import { type RegistryHarness, freshName, modelWithVersions } from './registry-harness.ts'

/** What every `RegisteredModelStore` must keep. @param make - stores which may hold what earlier tests left */
export function registeredModelStoreContract(it: Case, make: () => Promise<RegistryHarness>): void {
  it('creates a model and finds it', async () => {
    const { registeredModels: models } = await make()
    const name = freshName()
    const created = await models.create({ name, description: 'about it', tags: { team: 'risk' } })
    expectEqual(await models.find(name), created)
    const { description, tags, aliases, latestVersions } = created
    expectEqual(
      { description, tags, aliases, latestVersions },
      {
        description: 'about it',
        tags: { team: 'risk' },
        aliases: {},
        latestVersions: [],
      },
    )
    expectEqual(await models.find(freshName()), undefined)
  })

  it('refuses a taken name, and names that cannot be', async () => {
    const { registeredModels: models } = await make()
    const name = freshName()
    await models.create({ name })
    await expectCode(models.create({ name }), 'mlops/already-exists')
    for (const bad of ['', '  ']) await expectCode(models.create({ name: bad }), 'mlops/invalid-argument')
  })

  it('describes, and sets and deletes tags', async () => {
    const { registeredModels: models } = await make()
    const name = freshName()
    await models.create({ name })
    await models.change(name, { kind: 'describe', description: 'new' })
    await models.change(name, { kind: 'set-tag', key: 'a', value: '1' })
    await models.change(name, { kind: 'set-tag', key: 'a', value: '2' })
    await models.change(name, { kind: 'set-tag', key: '__proto__', value: 'x' })
    await models.change(name, { kind: 'delete-tag', key: '__proto__' })
    await models.change(name, { kind: 'delete-tag', key: 'missing' })
    const model = await models.find(name)
    expectEqual([model?.description, model?.tags], ['new', { a: '2' }])
    const long = models.change(name, { kind: 'set-tag', key: 'k'.repeat(251), value: '' })
    await expectCode(long, 'mlops/invalid-argument')
  })

  it('renames with all its versions, but not to a taken name', async () => {
    const harness = await make()
    const { registeredModels: models, modelVersions: versions } = harness
    const [name, other, newName] = [
      await modelWithVersions(harness, 1),
      await modelWithVersions(harness, 0),
      freshName(),
    ]
    await expectCode(models.change(name, { kind: 'rename', name: other }), 'mlops/already-exists')
    await models.change(name, { kind: 'rename', name: newName })
    expectEqual(await models.find(name), undefined)
    expectEqual((await versions.find(newName, '1'))?.name, newName)
  })

  it('gives an alias to one version at a time', async () => {
    const harness = await make()
    const { registeredModels: models, modelVersions: versions } = harness
    const name = await modelWithVersions(harness, 2)
    await models.change(name, { kind: 'set-alias', alias: 'champion', version: '1' })
    await models.change(name, { kind: 'set-alias', alias: 'champion', version: '2' })
    await models.change(name, { kind: 'set-alias', alias: 'other_1', version: '2' })
    expectEqual((await models.find(name))?.aliases, { champion: '2', other_1: '2' })
    expectEqual((await versions.find(name, '1'))?.aliases, [])
    expectEqual([...((await versions.find(name, '2'))?.aliases ?? [])].sort(), ['champion', 'other_1'])
    await models.change(name, { kind: 'delete-alias', alias: 'champion' })
    await models.change(name, { kind: 'delete-alias', alias: 'champion' })
    expectEqual((await models.find(name))?.aliases, { other_1: '2' })
  })

  it('refuses aliases that cannot be, and versions that are not', async () => {
    const harness = await make()
    const { registeredModels: models } = harness
    const name = await modelWithVersions(harness, 1)
    for (const alias of ['latest', 'LATEST', 'v1', 'V12', 'a b', 'a/b', 'x'.repeat(256)]) {
      const set = models.change(name, { kind: 'set-alias', alias, version: '1' })
      await expectCode(set, 'mlops/invalid-argument')
    }
    await expectCode(models.change(name, { kind: 'set-alias', alias: 'a', version: '9' }), 'mlops/not-found')
  })

  it('shows the newest version of each stage', async () => {
    const harness = await make()
    const { registeredModels: models, modelVersions: versions } = harness
    const name = await modelWithVersions(harness, 3)
    await versions.change(name, '1', { kind: 'stage', stage: 'Production' })
    const latest = (await models.find(name))?.latestVersions.map(({ version, stage }) => `${stage} ${version}`)
    expectEqual([...(latest ?? [])].sort(), ['None 3', 'Production 1'])
  })

  it('deletes a model with its versions; its name and numbers are free again', async () => {
    const harness = await make()
    const { registeredModels: models, modelVersions: versions } = harness
    const name = await modelWithVersions(harness, 2)
    expectEqual(await models.change(name, { kind: 'delete' }), undefined)
    expectEqual([await models.find(name), await versions.find(name, '1')], [undefined, undefined])
    await expectCode(models.change(name, { kind: 'delete' }), 'mlops/not-found')
    await models.create({ name })
    expectEqual((await versions.create({ name, source: 's3://b/m' })).version, '1')
  })

  it('searches by name and tag, in pages, without prompts unless they are asked for', async () => {
    const { registeredModels: models } = await make()
    const prefix = freshName()
    for (const suffix of ['b', 'c', 'a']) await models.create({ name: `${prefix}-${suffix}`, tags: { kind: suffix } })
    await models.create({ name: `${prefix}-p`, tags: { 'mlflow.prompt.is_prompt': 'true' } })
    const filter = `name LIKE '${prefix}%'`
    const first = await models.search({ filter, limit: 2 })
    const second = await models.search({ filter, limit: 2, pageToken: String(first.next) })
    const suffixes = [...first.items, ...second.items].map(({ name }) => name.slice(prefix.length))
    expectEqual([suffixes, second.next], [['-a', '-b', '-c'], undefined])
    const down = await models.search({ filter, orderBy: ['name DESC'] })
    expectEqual(
      down.items.map(({ name }) => name.slice(prefix.length)),
      ['-c', '-b', '-a'],
    )
    const tagged = await models.search({ filter: `${filter} AND tags.kind = 'b'` })
    expectEqual(
      tagged.items.map(({ name }) => name),
      [`${prefix}-b`],
    )
    const prompts = await models.search({ filter: `${filter} AND tags.\`mlflow.prompt.is_prompt\` = 'true'` })
    expectEqual(
      prompts.items.map(({ name }) => name),
      [`${prefix}-p`],
    )
    await expectCode(models.search({ filter: 'nonsense' }), 'mlops/invalid-filter')
  })
}
