/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type QualityErrorCode =
  | 'quality/invalid-suite' // details: path, nearest
  | 'quality/unknown-expectation' // details: name, nearest, path
  | 'quality/invalid-arguments' // details: expectation, path
  | 'quality/unknown-column' // details: column, nearest
  | 'quality/invalid-options'
  | 'quality/unsupported' // the engine cannot do this; details: engine, expectation
  | 'quality/invalid-pattern' // a regular expression that does not compile, or would explode
  | 'quality/unreadable-data'
  | 'quality/query-failed' // details: engine, retryable
  | 'quality/timed-out'
  | 'quality/unknown-suite'
  | 'quality/storage-failed'
  | 'quality/cancelled'
  | 'quality/missing-package'

/** Thrown when a caller breaks a stated precondition or an engine fails. `details` names the place, never row data. */
export class QualityError extends Error {
  override readonly name: string = 'QualityError'
  readonly code: QualityErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: QualityErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is QualityError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('quality/')
  }
}
