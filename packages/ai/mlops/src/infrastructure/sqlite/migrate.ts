import { MlopsError } from '../../domain/errors.ts'
import type { SqlDriver } from './driver.ts'

/** `PRAGMA application_id` of our files: the letters NMLY. */
const APPLICATION_ID = 0x4e4d4c59

/** One step forward. Steps are never edited once released; the version of a file is the number of steps it has taken. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/**
 * Brings the file to the newest schema in one transaction; several processes may do so at once.
 * @throws MlopsError `mlops/unsupported-format` for a file of a newer version or of another program: it is left alone
 */
export function migrate(driver: SqlDriver, migrations: ReadonlyArray<Migration>, path: string): void {
  if (versionOf(driver, path, migrations.length) === migrations.length) return
  driver.exec('BEGIN IMMEDIATE')
  try {
    // Asked again: another process may have been first.
    for (const { sql } of migrations.slice(versionOf(driver, path, migrations.length))) driver.exec(sql)
    driver.exec(`PRAGMA user_version = ${migrations.length}`)
    driver.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    driver.exec('COMMIT')
  } catch (error) {
    driver.exec('ROLLBACK')
    throw error
  }
}

function versionOf(driver: SqlDriver, path: string, newest: number): number {
  const version = pragma(driver, 'user_version')
  const owner = pragma(driver, 'application_id')
  const tables = Number(driver.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'])
  if (owner !== APPLICATION_ID && (owner !== 0 || tables > 0))
    throw new MlopsError('mlops/unsupported-format', `${path} is an SQLite file of another program`, { path })
  if (version > newest)
    throw new MlopsError(
      'mlops/unsupported-format',
      `${path} was written by a newer version (schema ${version}, this one knows ${newest}): update @nomaly/ai-mlops`,
      { path, found: version, known: newest },
    )
  return version
}

function pragma(driver: SqlDriver, name: string): number {
  return Number(driver.prepare(`PRAGMA ${name}`).get()?.[name])
}
