/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type MlopsErrorCode =
  | 'mlops/invalid-argument' // a value breaks a stated limit or form; details: field, found
  | 'mlops/invalid-options'
  | 'mlops/invalid-filter' // a search text does not parse or names what cannot be searched; details: position
  | 'mlops/not-found' // details: entity, key
  | 'mlops/already-exists' // details: entity, key
  | 'mlops/invalid-state' // the thing is deleted, closed or otherwise not open to this; details: entity, key
  | 'mlops/param-changed' // details: key, before, after
  | 'mlops/gate-refused' // a promotion's gate said no; details: evidence
  | 'mlops/not-supported' // the store behind a port cannot do this
  | 'mlops/unsupported-format' // a file written by a newer version, or not ours
  | 'mlops/corrupt-store'
  | 'mlops/storage-failed' // disk full, file not writable; nothing of the call was kept
  | 'mlops/unavailable' // busy or unreachable; details: retryable
  | 'mlops/pipeline-failed' // details: step
  | 'mlops/cancelled'
  | 'mlops/missing-package'

/** Thrown when a caller breaks a stated precondition or a store fails. Nothing of the refused call is kept. */
export class MlopsError extends Error {
  override readonly name: string = 'MlopsError'
  readonly code: MlopsErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: MlopsErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is MlopsError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('mlops/')
  }
}
