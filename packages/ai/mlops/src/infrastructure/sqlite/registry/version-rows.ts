import type { ModelVersion, ModelVersionStatus, Stage } from '../../../domain/model-version.ts'
import { notFound } from '../../../domain/refusals.ts'
import type { Database } from '../database.ts'
import type { SqlRow, SqlValue } from '../driver.ts'
import { groupedRows, groupedTexts } from '../grouped-rows.ts'

/** The versions of rows, with tags and aliases. */
export function versionsOf(database: Database, rows: ReadonlyArray<SqlRow>): ReadonlyArray<ModelVersion> {
  const ids = rows.map((row) => Number(row['id']))
  const tags = groupedTexts(
    database.sql(
      'SELECT version AS owner, key, value FROM model_version_tag WHERE version IN (SELECT value FROM json_each(?)) ORDER BY key',
    ),
    ids,
  )
  const aliases = groupedRows(
    database.sql(
      `SELECT v.id AS owner, a.alias FROM model_version v
       JOIN registered_model_alias a ON a.model = v.model AND a.version = v.version
       WHERE v.id IN (SELECT value FROM json_each(?)) ORDER BY a.alias`,
    ),
    ids,
  )
  return rows.map((row) => {
    const id = Number(row['id'])
    return {
      ...plainVersion(row),
      tags: tags.get(id) ?? {},
      aliases: (aliases.get(id) ?? []).map(({ alias }) => String(alias)),
    }
  })
}

/** The row of a living version. */
export function findVersionRow(database: Database, name: string, version: number): SqlRow | undefined {
  return database.sql('SELECT * FROM model_version WHERE name = ? AND version = ? AND deleted = 0').get(name, version)
}

/** @throws MlopsError `mlops/not-found` */
export function existingVersionRow(database: Database, name: string, version: number): SqlRow {
  const row = findVersionRow(database, name, version)
  if (row === undefined) throw notFound('model version', `${name}/${version}`, { name, version: String(version) })
  return row
}

function plainVersion(row: SqlRow): Omit<ModelVersion, 'tags' | 'aliases'> {
  return {
    name: String(row['name']),
    version: String(row['version']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    userId: String(row['user_id']),
    stage: String(row['stage']) as Stage, // the column is checked
    description: String(row['description']),
    source: String(row['source']),
    ...optional('runId', row['run_id']),
    ...optional('runLink', row['run_link']),
    ...optional('modelId', row['model_id']),
    status: String(row['status']) as ModelVersionStatus, // the column is checked
    ...optional('statusMessage', row['status_message']),
  }
}

function optional<Key extends string>(key: Key, value: SqlValue | undefined): { readonly [K in Key]?: string } {
  if (typeof value !== 'string') return {}
  return { [key]: value } as { readonly [K in Key]?: string } // the one member
}
