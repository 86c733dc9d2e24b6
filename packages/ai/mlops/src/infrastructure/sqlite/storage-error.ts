import { MlopsError } from '../../domain/errors.ts'

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
export function storageError(error: unknown): MlopsError {
  const code = primaryCode(error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === BUSY || code === LOCKED)
    return new MlopsError(
      'mlops/unavailable',
      `the store is locked by another process: ${text}`,
      { retryable: true },
      error,
    )
  if (code === CORRUPT || code === NOT_A_DATABASE)
    return new MlopsError('mlops/corrupt-store', `the store's file is damaged or no SQLite file: ${text}`, {}, error)
  const reason = code === FULL ? 'the disk is full' : text
  return new MlopsError('mlops/storage-failed', `nothing was stored: ${reason}`, { retryable: false }, error)
}

// node:sqlite has the number in `errcode`, better-sqlite3 a name in `code`.
function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff
  if (!('code' in error) || typeof error.code !== 'string') return undefined
  if (error.code.startsWith('SQLITE_BUSY')) return BUSY
  if (error.code.startsWith('SQLITE_LOCKED')) return LOCKED
  if (error.code.startsWith('SQLITE_CORRUPT')) return CORRUPT
  if (error.code.startsWith('SQLITE_NOTADB')) return NOT_A_DATABASE
  return error.code.startsWith('SQLITE_FULL') ? FULL : undefined
}
