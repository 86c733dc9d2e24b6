import { afterEach, describe, expect, it } from 'vitest'

import { modelVersionStoreContract } from '../../../testing/model-version-store-contract.ts'
import { registeredModelStoreContract } from '../../../testing/registered-model-store-contract.ts'
import { Database } from '../database.ts'
import { sqliteEventArchive } from '../outbox/sqlite-event-archive.ts'
import { createModelVersionStore } from './model-version-store.ts'
import { createRegisteredModelStore } from './registered-model-store.ts'

const databases: Database[] = []

afterEach(async () => {
  for (const database of databases.splice(0)) await database.close()
})

async function open() {
  const database = new Database({ path: ':memory:' })
  databases.push(database)
  const clock = { at: 1000, ids: 0 }
  const context = { database, now: () => (clock.at += 1), newId: () => `id-${(clock.ids += 1)}` }
  const archive = sqliteEventArchive(database, context)
  return {
    registeredModels: createRegisteredModelStore(context),
    modelVersions: createModelVersionStore(context),
    types: async () => (await archive.events({})).items.map(({ type }) => type.replace('nomaly.', '')),
    archive,
  }
}

describe('registered models on SQLite', () => registeredModelStoreContract(it, open))
describe('model versions on SQLite', () => modelVersionStoreContract(it, open))

it('tells every change as an event', async () => {
  const { registeredModels: models, modelVersions: versions, types, archive } = await open()
  await models.create({ name: 'fraud', tags: { a: 'b' } })
  await versions.create({ name: 'fraud', source: 's3://b/m', runId: 'r' })
  await versions.change('fraud', '1', { kind: 'set-tag', key: 'k', value: 'v' })
  await versions.change('fraud', '1', { kind: 'delete-tag', key: 'k' })
  await models.change('fraud', { kind: 'set-alias', alias: 'champion', version: '1' })
  await models.change('fraud', { kind: 'delete-alias', alias: 'champion' })
  await versions.change('fraud', '1', { kind: 'stage', stage: 'Staging' })
  await versions.change('fraud', '1', { kind: 'delete' })
  await models.change('fraud', { kind: 'rename', name: 'fraud2' })
  await models.change('fraud2', { kind: 'delete' })
  expect(await types()).toEqual([
    'registered-model.created',
    'model-version.created',
    'model-version-tag.set',
    'model-version-tag.deleted',
    'model-version-alias.created',
    'model-version-alias.deleted',
    'model-version.transitioned',
    'model-version.deleted',
    'registered-model.renamed',
    'registered-model.deleted',
  ])
  expect((await archive.events({ type: 'nomaly.model-version.created' })).items[0]).toMatchObject({
    subject: 'fraud',
    data: { name: 'fraud', version: '1', source: 's3://b/m', runId: 'r', tags: {}, description: '' },
  })
})

it('tells changes of prompts as such', async () => {
  const { registeredModels: models, modelVersions: versions, types } = await open()
  await models.create({ name: 'greeting', tags: { 'mlflow.prompt.is_prompt': 'true' } })
  await versions.create({ name: 'greeting', source: 's3://b/m', tags: { 'mlflow.prompt.text': 'Hello {{name}}' } })
  await models.change('greeting', { kind: 'set-alias', alias: 'live', version: '1' })
  expect(await types()).toEqual(['prompt.created', 'prompt-version.created', 'prompt-alias.created'])
})

it('sets the times as MLflow does', async () => {
  const { registeredModels: models, modelVersions: versions } = await open()
  const created = await models.create({ name: 'fraud' })
  await versions.create({ name: 'fraud', source: 's3://b/m' })
  const withVersion = await models.find('fraud')
  expect(withVersion?.updatedAt).toBeGreaterThan(created.updatedAt)
  await models.change('fraud', { kind: 'set-tag', key: 'a', value: 'b' })
  expect((await models.find('fraud'))?.updatedAt).toBe(withVersion?.updatedAt)
  const before = await versions.find('fraud', '1')
  const after = await versions.change('fraud', '1', { kind: 'stage', stage: 'Staging' })
  expect(after?.updatedAt).toBeGreaterThan(Number(before?.updatedAt))
  expect(after?.createdAt).toBe(before?.createdAt)
})

it('counts what lacks the tag as no prompt', async () => {
  const { registeredModels: models } = await open()
  await models.create({ name: 'p', tags: { 'mlflow.prompt.is_prompt': 'true' } })
  await models.create({ name: 'f', tags: { 'mlflow.prompt.is_prompt': 'false' } })
  await models.create({ name: 'm' })
  const found = async (filter?: string) =>
    (await models.search(filter === undefined ? {} : { filter })).items.map(({ name }) => name).join()
  const tag = 'tags.`mlflow.prompt.is_prompt`'
  expect(await found()).toBe('f,m')
  expect(await found(`${tag} = 'true'`)).toBe('p')
  expect(await found(`${tag} != 'true'`)).toBe('f,m')
  expect(await found(`${tag} = 'false'`)).toBe('f,m')
  expect(await found(`name = 'p' OR ${tag} = 'false'`)).toBe('f,m,p')
})

it('orders and filters versions by what they have, and pages through equal times', async () => {
  const { registeredModels: models, modelVersions: versions } = await open()
  for (const name of ['b', 'a']) {
    await models.create({ name })
    for (let i = 0; i < 3; i += 1)
      await versions.create({ name, source: `s3://x/${i}`, ...(i === 1 ? { runId: 'r' } : {}) })
  }
  const found = async (query: Parameters<typeof versions.search>[0]) =>
    (await versions.search(query)).items.map(({ name, version }) => name + version).join()
  expect(await found({})).toBe('a3,a2,a1,b3,b2,b1')
  expect(await found({ filter: "run_id = 'r'" })).toBe('a2,b2')
  expect(await found({ filter: "run_id IN ('r', 's') AND name = 'b'" })).toBe('b2')
  expect(await found({ filter: "source_path LIKE 's3://x/0%'", orderBy: ['name ASC'] })).toBe('a1,b1')
  expect(await found({ filter: "version_number < 2 OR stage = 'Staging'", orderBy: ['name DESC'] })).toBe('b1,a1')
  let pageToken: string | undefined
  const seen: string[] = []
  do {
    const page = await versions.search({
      orderBy: ['name'],
      limit: 2,
      ...(pageToken === undefined ? {} : { pageToken }),
    })
    seen.push(...page.items.map(({ name, version }) => name + version))
    pageToken = page.next
  } while (pageToken !== undefined)
  expect(seen.join()).toBe('a3,a2,a1,b3,b2,b1')
  await expect(versions.search({ filter: 'metrics.x = 1' })).rejects.toMatchObject({ code: 'mlops/invalid-filter' })
})
