import { SqliteError } from '../../domain/errors.ts'

const BUSY = 5
const LOCKED = 6
const CORRUPT = 11
const FULL = 13
const NOT_A_DATABASE = 26

/** Whether another process or connection holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error)
  return code === BUSY || code === LOCKED
}

/** SQLite's error in this package's words. */
export function storageError(error: unknown): SqliteError {
  const code = primaryCode(error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === BUSY || code === LOCKED) {
    const message = `the store is locked by another process: ${text}`
    return new SqliteError('sqlite/unavailable', message, { retryable: true }, error)
  }
  if (code === CORRUPT || code === NOT_A_DATABASE) {
    const message = `the store's file is damaged or no SQLite file: ${text}`
    return new SqliteError('sqlite/corrupt-store', message, {}, error)
  }
  const reason = code === FULL ? 'the disk is full' : text
  return new SqliteError('sqlite/storage-failed', `nothing was stored: ${reason}`, { retryable: false }, error)
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined
  return error.errcode & 0xff
}
