import type { NewModelVersion } from '../../../domain/model-version.ts'
import { notFound } from '../../../domain/refusals.ts'
import { checkVersionSource } from '../../../domain/registry/version-source.ts'
import type { SqlRow } from '../driver.ts'
import type { RegistryContext } from './registry-context.ts'

const VERSIONS_TAG = 'mlflow.modelVersions'

/** The run and logged model that a new version comes from. */
export interface VersionOrigin {
  readonly runId: string | undefined
  readonly modelId: string | undefined
  /** The logged model's row. */
  readonly model: SqlRow | undefined
}

/**
 * Where a new version comes from; a logged model, named by id or by the source `models:/<id>`, says of which run it is.
 * @throws MlopsError `mlops/not-found` for a logged model that is not there, `mlops/invalid-argument` for a bad source
 */
export function originOf(context: RegistryContext, version: NewModelVersion): VersionOrigin {
  const { database, allowLocalSources = false } = context
  const modelId = version.modelId ?? /^models:\/+(m-[0-9a-f]+)$/.exec(version.source)?.[1]
  const model = modelId === undefined ? undefined : loggedModelRow(context, modelId)
  const sourceRun = model?.['source_run_id']
  const runId = version.runId ?? (typeof sourceRun === 'string' ? sourceRun : undefined)
  if (allowLocalSources) return { runId, modelId, model }
  const run = database.sql('SELECT artifact_location FROM run WHERE run_id = ?').get(version.runId ?? null)
  const root = (run ?? model)?.['artifact_location']
  checkVersionSource(version.source, typeof root === 'string' ? root : undefined)
  return { runId, modelId, model }
}

/** Inside a write: lists the version in the tag `mlflow.modelVersions` of its logged model, as MLflow's client does. */
export function listInModel({ database }: RegistryContext, model: SqlRow, name: string, version: string): void {
  const id = Number(model['id'])
  const tag = database.sql('SELECT value FROM logged_model_tag WHERE model = ? AND key = ?').get(id, VERSIONS_TAG)
  const known = listOf(tag?.['value']).filter((one) => !isVersion(one, name, version))
  database
    .sql(
      `INSERT INTO logged_model_tag (model, key, value) VALUES (?, ?, ?)
       ON CONFLICT (model, key) DO UPDATE SET value = excluded.value`,
    )
    .run(id, VERSIONS_TAG, JSON.stringify([...known, { name, version: Number(version) }]))
}

function loggedModelRow({ database }: RegistryContext, modelId: string): SqlRow {
  const row = database.sql(`SELECT * FROM logged_model WHERE model_id = ? AND stage = 'active'`).get(modelId)
  if (row === undefined) throw notFound('logged model', modelId)
  return row
}

/** Clients write the tag too: what is no list is replaced. */
function listOf(text: unknown): ReadonlyArray<unknown> {
  if (typeof text !== 'string') return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : []
  } catch {
    return [] // not JSON: no list
  }
}

function isVersion(one: unknown, name: string, version: string): boolean {
  if (typeof one !== 'object' || one === null || !('name' in one) || !('version' in one)) return false
  return one.name === name && String(one.version) === version
}
