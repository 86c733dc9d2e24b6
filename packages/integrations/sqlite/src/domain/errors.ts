/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type SqliteErrorCode =
  | 'sqlite/invalid-argument' // a value breaks a stated limit or form; details: field
  | 'sqlite/not-found' // details: entity, key
  | 'sqlite/invalid-state' // what was asked is not open to a job in its state; details: key, state
  | 'sqlite/idempotency-conflict' // the key was used for another job; details: key, job
  | 'sqlite/unsupported-format' // a file written by a newer version, or of another program
  | 'sqlite/corrupt-store'
  | 'sqlite/storage-failed' // disk full, file not writable; nothing of the call was kept
  | 'sqlite/unavailable' // locked by another process for long; details: retryable
  | 'sqlite/timed-out' // a handler took longer than it may; details: timeoutMs
  | 'sqlite/cancelled'
  | 'sqlite/handler-failed' // on a thread, with what it threw as text; details: name, code, retryable
  | 'sqlite/missing-package'

/** Thrown when a caller breaks a stated precondition or the store fails. Nothing of the refused call is kept. */
export class SqliteError extends Error {
  override readonly name: string = 'SqliteError'
  readonly code: SqliteErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: SqliteErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is SqliteError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('sqlite/')
  }
}
