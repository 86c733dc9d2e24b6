import type { RegisteredModelStore } from '../../../application/ports/registered-model-store.ts'
import { alreadyExists } from '../../../domain/refusals.ts'
import type { NewRegisteredModel, RegisteredModel, RegisteredModelChange } from '../../../domain/registered-model.ts'
import {
  checkAlias,
  checkDescription,
  checkModelName,
  checkRegistryTag,
  checkRegistryTags,
  checkVersion,
} from '../../../domain/registry/checks.ts'
import type { SqlRow } from '../driver.ts'
import { dropAlias, moveAlias } from './aliases.ts'
import { existingModelRow, modelsOf } from './model-rows.ts'
import { wordOf } from './prompt-word.ts'
import { type RegistryContext, emit } from './registry-context.ts'
import { searchRegisteredModels } from './search-registered-models.ts'

/** Registered models in the file. */
export function createRegisteredModelStore(context: RegistryContext): RegisteredModelStore {
  const { database } = context
  return {
    create: async (model) => {
      checkModelName(model.name)
      checkDescription(model.description ?? '')
      checkRegistryTags(model.tags)
      return database.write(() => insertModel(context, model))
    },
    find: (name) => database.read(() => findModel(context, name)),
    change: async (name, change) => {
      checkChange(change)
      return database.write(() => changeModel(context, name, change))
    },
    search: (query) => database.read(() => searchRegisteredModels(context, query)),
  }
}

function findModel({ database }: RegistryContext, name: string): RegisteredModel | undefined {
  const row = database.sql('SELECT * FROM registered_model WHERE name = ?').get(name)
  return row === undefined ? undefined : modelsOf(database, [row])[0]
}

function insertModel(
  context: RegistryContext,
  { name, description = '', tags = {} }: NewRegisteredModel,
): RegisteredModel {
  const { database } = context
  refuseTakenName(context, name)
  const now = context.now()
  const id = database
    .sql('INSERT INTO registered_model (name, description, created_at, updated_at) VALUES (?, ?, ?, ?)')
    .run(name, description, now, now).lastRowId
  for (const [key, value] of Object.entries(tags)) setTag(context, id, key, value)
  emit(context, {
    type: `nomaly.${wordOf(context, id, 'registered-model')}.created`,
    subject: name,
    data: { name, description, tags },
  })
  return existing(context, name)
}

function checkChange(change: Parameters<RegisteredModelStore['change']>[1]): void {
  if (change.kind === 'rename') checkModelName(change.name)
  if (change.kind === 'describe') checkDescription(change.description)
  if (change.kind === 'set-tag') checkRegistryTag(change.key, change.value)
  if (change.kind === 'set-alias' || change.kind === 'delete-alias') checkAlias(change.alias)
  if (change.kind === 'set-alias') checkVersion(change.version)
}

function changeModel(
  context: RegistryContext,
  name: string,
  change: Parameters<RegisteredModelStore['change']>[1],
): RegisteredModel | undefined {
  const row = existingModelRow(context.database, name)
  if (change.kind === 'delete') {
    context.database.sql('DELETE FROM registered_model WHERE id = ?').run(Number(row['id']))
    emit(context, { type: 'nomaly.registered-model.deleted', subject: name, data: { name } })
    return undefined
  }
  applyChange(context, row, change)
  return existing(context, change.kind === 'rename' ? change.name : name)
}

function applyChange(context: RegistryContext, row: SqlRow, change: RegisteredModelChange): void {
  const { database } = context
  const [id, name] = [Number(row['id']), String(row['name'])]
  const event = (word: string, past: string, data: Readonly<Record<string, unknown>>): void =>
    emit(context, { type: `nomaly.${word}.${past}`, subject: name, data: { name, ...data } })
  switch (change.kind) {
    case 'rename':
      rename(context, id, name, change.name)
      event('registered-model', 'renamed', { newName: change.name })
      return
    case 'describe':
      database
        .sql('UPDATE registered_model SET description = ?, updated_at = ? WHERE id = ?')
        .run(change.description, context.now(), id)
      event('registered-model', 'updated', { description: change.description })
      return
    case 'set-tag':
      setTag(context, id, change.key, change.value)
      event(wordOf(context, id, 'registered-model-tag'), 'set', { key: change.key, value: change.value })
      return
    case 'delete-tag':
      deleteTag(context, id, change.key)
      event(wordOf(context, id, 'registered-model-tag'), 'deleted', { key: change.key })
      return
    case 'set-alias':
      moveAlias(context, row, change.alias, change.version)
      return
    case 'delete-alias':
      dropAlias(context, row, change.alias)
  }
}

function rename(context: RegistryContext, id: number, name: string, newName: string): void {
  if (newName !== name) refuseTakenName(context, newName)
  const now = context.now()
  context.database.sql('UPDATE registered_model SET name = ?, updated_at = ? WHERE id = ?').run(newName, now, id)
  context.database.sql('UPDATE model_version SET name = ? WHERE model = ?').run(newName, id)
  context.database.sql('UPDATE model_version SET updated_at = ? WHERE model = ? AND deleted = 0').run(now, id)
}

function existing(context: RegistryContext, name: string): RegisteredModel {
  const row = existingModelRow(context.database, name)
  const [model] = modelsOf(context.database, [row])
  if (model === undefined) throw new TypeError('a row gives a model')
  return model
}

function refuseTakenName({ database }: RegistryContext, name: string): void {
  const taken = database.sql('SELECT 1 FROM registered_model WHERE name = ?').get(name)
  if (taken !== undefined) throw alreadyExists('registered model', name)
}

function setTag({ database }: RegistryContext, id: number, key: string, value: string): void {
  database
    .sql(
      `INSERT INTO registered_model_tag (model, key, value) VALUES (?, ?, ?)
       ON CONFLICT (model, key) DO UPDATE SET value = excluded.value`,
    )
    .run(id, key, value)
}

function deleteTag({ database }: RegistryContext, id: number, key: string): void {
  database.sql('DELETE FROM registered_model_tag WHERE model = ? AND key = ?').run(id, key)
}
