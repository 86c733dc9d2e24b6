/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type MlflowErrorCode =
  | 'mlflow/invalid-argument' // a value breaks a stated limit or form
  | 'mlflow/invalid-options'
  | 'mlflow/invalid-filter' // a search text does not parse or names what cannot be searched
  | 'mlflow/not-found' // details: entity, key
  | 'mlflow/already-exists' // details: entity, key
  | 'mlflow/invalid-state' // the thing is deleted, closed or otherwise not open to this
  | 'mlflow/param-changed'
  | 'mlflow/not-supported' // MLflow cannot do this; details: wanted
  | 'mlflow/not-allowed' // the server refused who asked; details: status
  | 'mlflow/too-large' // a body beyond the stated limit; details: limit
  | 'mlflow/unavailable' // not reached, timed out or overloaded; details: retryable, attempts
  | 'mlflow/unexpected-answer' // an answer that MLflow does not give; details: status
  | 'mlflow/storage-failed' // a disk that is full or not writable; nothing of the call was kept
  | 'mlflow/unsupported-format' // a folder or file that is no MLflow store, or of a version that cannot be read
  | 'mlflow/failed' // the server failed: its 500

/**
 * Thrown when a caller breaks a stated precondition or a server refuses or fails. `details.retryable` says whether the
 * same call may succeed later, where that is known.
 */
export class MlflowError extends Error {
  override readonly name: string = 'MlflowError'
  readonly code: MlflowErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: MlflowErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is MlflowError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('mlflow/')
  }
}
