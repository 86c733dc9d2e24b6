import type { DatabaseSync } from 'node:sqlite'

import type { StreamStateStore } from '../../application/ports/stream-state-store.ts'
import { AnomalyDetectionError } from '../../domain/errors.ts'
import { unknownMark } from './memory-stream-state-store.ts'

/** A store in a file. */
export interface SqliteStreamStateStore extends StreamStateStore {
  /** Lets go of the file; what was put since the last mark is given up. */
  readonly close: () => void
}

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS marks (current INTEGER NOT NULL, oldest INTEGER NOT NULL);
  INSERT INTO marks SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM marks);
  CREATE TABLE IF NOT EXISTS entities (key TEXT NOT NULL, mark INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (key, mark)) WITHOUT ROWID;
`

/**
 * Keeps idle models in an SQLite file, made where there is none. What is put becomes safe with the next `mark`, as one; after a crash
 * the file is as at the last mark.
 * @param path - a file, or `:memory:`
 * @throws AnomalyDetectionError `storage-failed`
 */
export function openSqliteStreamStateStore(path: string): SqliteStreamStateStore {
  return attempt(path, () => {
    // Not imported: Node 22 would warn of it as experimental also when nothing is stored.
    const database = new (process.getBuiltinModule('node:sqlite').DatabaseSync)(path)
    database.exec(SCHEMA)
    return storeIn(database, path)
  })
}

function storeIn(database: DatabaseSync, path: string): SqliteStreamStateStore {
  const select = database.prepare('SELECT state FROM entities WHERE key = ? ORDER BY mark DESC LIMIT 1')
  const insert = database.prepare('INSERT OR REPLACE INTO entities VALUES (?, ?, ?)')
  const prune = database.prepare(
    `DELETE FROM entities WHERE key = ?1 AND mark < (SELECT max(mark) FROM entities WHERE key = ?1 AND mark <= ?2)`,
  )
  let { current, oldest } = marksIn(database)
  let isOpen = false
  const begin = (): void => {
    if (!isOpen) database.exec('BEGIN IMMEDIATE')
    isOpen = true
  }
  const commit = (): void => {
    begin()
    database.prepare('UPDATE marks SET current = ?, oldest = ?').run(current, oldest)
    database.exec('COMMIT')
    isOpen = false
  }
  return {
    get: (key) =>
      attempt(path, () => {
        const row = select.get(key)
        return typeof row?.['state'] === 'string' ? row['state'] : undefined
      }),
    put: (key, state) =>
      attempt(path, () => {
        begin()
        insert.run(key, current, state)
        prune.run(key, oldest)
      }),
    mark: () =>
      attempt(path, () => {
        oldest = current - 1
        current++
        commit()
        return current - 1
      }),
    rewind: (mark) =>
      attempt(path, () => {
        if (mark !== 0 && (mark < oldest || mark >= current)) throw unknownMark(mark)
        begin()
        database.prepare('DELETE FROM entities WHERE mark > ?').run(mark)
        current = mark + 1
        oldest = Math.min(oldest, mark)
        commit()
      }),
    close: () => attempt(path, () => database.close()),
  }
}

function marksIn(database: DatabaseSync): { current: number; oldest: number } {
  const { current, oldest } = database.prepare('SELECT current, oldest FROM marks').get() ?? {}
  if (typeof current === 'number' && typeof oldest === 'number') return { current, oldest }
  throw new Error('its table of marks is not one')
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (AnomalyDetectionError.is(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AnomalyDetectionError(
      'anomaly-detection/storage-failed',
      `the store of streams ${path} cannot be used: ${reason}`,
      { path },
      cause,
    )
  }
}
