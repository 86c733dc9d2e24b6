import { notFound } from '../../../domain/refusals.ts'
import type { RegisteredModel } from '../../../domain/registered-model.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import { groupedTexts } from '../grouped-rows.ts'
import { versionsOf } from './version-rows.ts'

/** The registered models of rows, with tags, aliases and the newest version of each stage, newest first. */
export function modelsOf(database: Database, rows: ReadonlyArray<SqlRow>): ReadonlyArray<RegisteredModel> {
  const ids = rows.map((row) => Number(row['id']))
  const tags = groupedTexts(
    database.sql(
      'SELECT model AS owner, key, value FROM registered_model_tag WHERE model IN (SELECT value FROM json_each(?)) ORDER BY key',
    ),
    ids,
  )
  const aliases = groupedTexts(
    database.sql(
      `SELECT model AS owner, alias AS key, version AS value FROM registered_model_alias
       WHERE model IN (SELECT value FROM json_each(?)) ORDER BY alias`,
    ),
    ids,
  )
  const latest = latestVersions(database, ids)
  return rows.map((row) => ({
    name: String(row['name']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    description: String(row['description']),
    tags: tags.get(Number(row['id'])) ?? {},
    aliases: aliases.get(Number(row['id'])) ?? {},
    latestVersions: latest.get(Number(row['id'])) ?? [],
  }))
}

/** @throws MlopsError `mlops/not-found` */
export function existingModelRow(database: Database, name: string): SqlRow {
  const row = database.sql('SELECT * FROM registered_model WHERE name = ?').get(name)
  if (row === undefined) throw notFound('registered model', name)
  return row
}

function latestVersions(
  database: Database,
  ids: ReadonlyArray<number>,
): ReadonlyMap<number, RegisteredModel['latestVersions']> {
  const rows = database
    .sql(
      `SELECT v.* FROM model_version v JOIN (
         SELECT model, max(version) AS version FROM model_version
         WHERE model IN (SELECT value FROM json_each(?)) AND deleted = 0 GROUP BY model, stage
       ) newest ON newest.model = v.model AND newest.version = v.version
       ORDER BY v.version DESC`,
    )
    .all(JSON.stringify(ids))
  const versions = versionsOf(database, rows)
  const groups = new Map<number, RegisteredModel['latestVersions']>()
  rows.forEach((row, index) => {
    const model = Number(row['model'])
    groups.set(model, [...(groups.get(model) ?? []), ...versions.slice(index, index + 1)])
  })
  return groups
}
