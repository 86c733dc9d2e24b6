import type { ModelVersion, Stage } from '../../domain/model-version.ts'
import type { RegisteredModel } from '../../domain/registered-model.ts'
import { inDefaultWorkspace, number, pairs, text } from './db-rows.ts'
import type { MlflowDb, Row } from './open-mlflow-db.ts'

const STAGES: ReadonlyArray<string> = ['None', 'Staging', 'Production', 'Archived']

/** All registered models, by name. */
export function registeredModelsOf(db: MlflowDb): ReadonlyArray<RegisteredModel> {
  if (!db.has('registered_models')) return []
  const where = inDefaultWorkspace(db, 'registered_models')
  return db.rows(`SELECT * FROM registered_models WHERE ${where} ORDER BY name`).map((row) => {
    const name = text(row['name'])
    return {
      name,
      createdAt: number(row['creation_time']) ?? 0,
      updatedAt: number(row['last_updated_time']) ?? 0,
      description: text(row['description']),
      tags: pairs(db, 'registered_model_tags', { name }),
      aliases: pairs(db, 'registered_model_aliases', { name }, { key: 'alias', value: 'version' }),
      latestVersions: [],
    }
  })
}

/** A model's versions, lowest first, without deleted ones. */
export function versionsOf(db: MlflowDb, name: string): ReadonlyArray<ModelVersion> {
  const where = inDefaultWorkspace(db, 'model_versions')
  return db
    .rows(`SELECT * FROM model_versions WHERE name = ? AND ${where} ORDER BY version`, name)
    .filter((row) => row['current_stage'] !== 'Deleted_Internal')
    .map((row) => versionOf(db, row))
}

function versionOf(db: MlflowDb, row: Row): ModelVersion {
  const [name, version, stage] = [text(row['name']), number(row['version']) ?? 0, text(row['current_stage'])]
  const [runId, runLink] = [text(row['run_id']), text(row['run_link'])]
  const source = text(row['source'])
  const modelId = /^models:\/(m-[^/]+)$/.exec(source)?.[1]
  return {
    name,
    version: String(version),
    createdAt: number(row['creation_time']) ?? 0,
    updatedAt: number(row['last_updated_time']) ?? 0,
    userId: text(row['user_id']),
    stage: STAGES.includes(stage) ? (stage as Stage) : 'None', // one of its words, as was just seen
    description: text(row['description']),
    source,
    ...(runId === '' ? {} : { runId }),
    ...(runLink === '' ? {} : { runLink }),
    ...(modelId === undefined ? {} : { modelId }),
    status: 'READY',
    tags: pairs(db, 'model_version_tags', { name, version }),
    aliases: [],
  }
}
