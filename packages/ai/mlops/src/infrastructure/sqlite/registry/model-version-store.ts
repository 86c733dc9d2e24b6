import type { ModelVersionStore } from '../../../application/ports/model-version-store.ts'
import type { ModelVersion, ModelVersionChange, NewModelVersion } from '../../../domain/model-version.ts'
import {
  checkDescription,
  checkRegistryTag,
  checkRegistryTags,
  checkSourceText,
  checkVersion,
} from '../../../domain/registry/checks.ts'
import { checkArchiving, stageOf } from '../../../domain/registry/stage.ts'
import { changeVersion } from './change-version.ts'
import { existingModelRow } from './model-rows.ts'
import { wordOf } from './prompt-word.ts'
import { type RegistryContext, emit } from './registry-context.ts'
import { searchModelVersions } from './search-model-versions.ts'
import { listInModel, originOf } from './version-origin.ts'
import { existingVersionRow, findVersionRow, versionsOf } from './version-rows.ts'
import { setVersionTag } from './version-tags.ts'

/** Model versions in the file. */
export function createModelVersionStore(context: RegistryContext): ModelVersionStore {
  const { database } = context
  return {
    create: async (version) => {
      checkNew(version)
      return database.write(() => insertVersion(context, version))
    },
    find: async (name, version) => {
      const number = checkVersion(version)
      return database.read(() => {
        const row = findVersionRow(database, name, number)
        return row === undefined ? undefined : versionsOf(database, [row])[0]
      })
    },
    change: async (name, version, change) => {
      const number = checkVersion(version)
      checkChange(change)
      return database.write(() => {
        changeVersion(context, existingVersionRow(database, name, number), change)
        return change.kind === 'delete' ? undefined : existing(context, name, number)
      })
    },
    search: (query) => database.read(() => searchModelVersions(context, query)),
  }
}

function checkNew({ source, description = '', tags }: NewModelVersion): void {
  checkSourceText(source)
  checkDescription(description)
  checkRegistryTags(tags)
}

function checkChange(change: ModelVersionChange | { readonly kind: 'delete' }): void {
  if (change.kind === 'describe') checkDescription(change.description)
  if (change.kind === 'set-tag') checkRegistryTag(change.key, change.value)
  if (change.kind !== 'stage') return
  const stage = stageOf(change.stage)
  if (change.archiveExisting === true) checkArchiving(stage)
}

function insertVersion(context: RegistryContext, version: NewModelVersion): ModelVersion {
  const { database } = context
  const { name, source, runLink, userId = '', description = '', tags = {} } = version
  const model = Number(existingModelRow(database, name)['id'])
  const origin = originOf(context, version)
  const { runId, modelId } = origin
  const number = nextNumber(context, model)
  const now = context.now()
  const { lastRowId } = database
    .sql(
      `INSERT INTO model_version
       (model, name, version, created_at, updated_at, user_id, stage, description, source, run_id, run_link, model_id, status)
       VALUES (?, ?, ?, ?, ?, ?, 'None', ?, ?, ?, ?, ?, 'READY')`,
    )
    .run(model, name, number, now, now, userId, description, source, runId ?? null, runLink ?? null, modelId ?? null)
  for (const [key, value] of Object.entries(tags)) setVersionTag(context, lastRowId, key, value)
  if (origin.model !== undefined) listInModel(context, origin.model, name, String(number))
  database.sql('UPDATE registered_model SET updated_at = ? WHERE id = ?').run(now, model)
  emit(context, {
    type: `nomaly.${wordOf(context, model, 'model-version')}.created`,
    subject: name,
    data: {
      name,
      version: String(number),
      source,
      description,
      tags,
      ...(runId === undefined ? {} : { runId }),
      ...(modelId === undefined ? {} : { modelId }),
    },
  })
  return existing(context, name, number)
}

function nextNumber({ database }: RegistryContext, model: number): number {
  const row = database.sql('SELECT max(version) AS highest FROM model_version WHERE model = ?').get(model)
  return Number(row?.['highest'] ?? 0) + 1
}

function existing({ database }: RegistryContext, name: string, version: number): ModelVersion {
  const [found] = versionsOf(database, [existingVersionRow(database, name, version)])
  if (found === undefined) throw new TypeError('a row gives a version')
  return found
}
