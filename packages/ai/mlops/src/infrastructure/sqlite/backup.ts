import { rm, rename } from 'node:fs/promises'

import type { SqlDriver } from './driver.ts'
import { nodeSqliteDriver } from './node-sqlite-driver.ts'
import { storageError } from './storage-error.ts'

/** A database to copy. */
export interface BackupSource {
  readonly path: string
  readonly open?: (path: string) => SqlDriver
  /** The connection that writes: the only one there is to a database in memory. */
  readonly driver: SqlDriver
}

/**
 * Copies a database to a file, which is replaced when the copy is whole. A file is read through a connection of its own
 * that stays at one state: copying through the one that writes fails as soon as it does.
 * @throws MlopsError `mlops/storage-failed`
 */
export async function backup(source: BackupSource, target: string): Promise<void> {
  const part = `${target}.part`
  try {
    await rm(part, { force: true })
    if (source.path === ':memory:') source.driver.prepare('VACUUM INTO ?').run(part)
    else await copyFile(source, part)
    await rename(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw storageError(error)
  }
}

async function copyFile({ path, open = nodeSqliteDriver }: BackupSource, part: string): Promise<void> {
  const driver = open(path)
  try {
    driver.exec('PRAGMA busy_timeout = 30000')
    await driver.backup(part)
  } finally {
    driver.close()
  }
}
