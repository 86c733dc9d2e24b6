import type { DatabaseSync } from 'node:sqlite'

import { SqliteError } from '../../domain/errors.ts'
import { FIRST_SCHEMA } from './first-schema.ts'
import { SECOND_SCHEMA } from './second-schema.ts'

/** `PRAGMA application_id` of these files: the letters NMLJ, unlike those of the MLOps store. */
const APPLICATION_ID = 0x4e4d4c4a

/** Every step from an empty file on. Steps are never edited once released; the version of a file is the number it has taken. */
const MIGRATIONS: ReadonlyArray<string> = [FIRST_SCHEMA, SECOND_SCHEMA]

/**
 * Brings the file to the newest schema in one transaction; several processes may do so at once.
 * @throws SqliteError `sqlite/unsupported-format` for a file of a newer version or of another program: it is left alone
 */
export function migrate(database: DatabaseSync, path: string): void {
  if (versionOf(database, path) === MIGRATIONS.length) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Asked again: another process may have been first.
    for (const sql of MIGRATIONS.slice(versionOf(database, path))) database.exec(sql)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`)
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

function versionOf(database: DatabaseSync, path: string): number {
  const version = pragma(database, 'user_version')
  const owner = pragma(database, 'application_id')
  const tables = Number(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'])
  if (owner !== APPLICATION_ID && (owner !== 0 || tables > 0))
    throw new SqliteError('sqlite/unsupported-format', `${path} is an SQLite file of another program`, { path })
  if (version > MIGRATIONS.length)
    throw new SqliteError(
      'sqlite/unsupported-format',
      `${path} was written by a newer version (schema ${version}, this one knows ${MIGRATIONS.length}): update @nomaly/integration-sqlite`,
      { path, found: version, known: MIGRATIONS.length },
    )
  return version
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}
