import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { NomalyError } from '../failure/nomaly-error.ts'

const SQLITE_BUSY = 5

/**
 * Holds a data folder for this process: streams number their results themselves, so two servers would give a number twice. The lock
 * is SQLite's upon an empty file, which the system takes back however the process ends.
 * @returns lets go of it
 * @throws NomalyError `nomaly/invalid-configuration` where another process holds it
 */
export async function holdFolder(dataPath: string): Promise<() => void> {
  await mkdir(dataPath, { recursive: true })
  const database = new (process.getBuiltinModule('node:sqlite').DatabaseSync)(join(dataPath, 'serve.lock'))
  try {
    database.exec('PRAGMA busy_timeout = 2000; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    if (!(cause instanceof Error && 'errcode' in cause && cause.errcode === SQLITE_BUSY)) throw cause
    const message = `${dataPath} is served by another process: end it, or name another folder with --data`
    throw new NomalyError('nomaly/invalid-configuration', message, { dataPath })
  }
  return () => database.close()
}
