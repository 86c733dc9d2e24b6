/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type DanfoErrorCode =
  | 'danfo/not-a-frame' // what was given has not the members of a DataFrame, or they contradict each other
  | 'danfo/not-a-table' // what was given is neither rows, nor an Arrow table, nor a matrix
  | 'danfo/invalid-options'
  | 'danfo/unknown-column' // details: column, columns
  | 'danfo/duplicate-column' // details: column
  | 'danfo/not-numeric' // a matrix was asked of a column that holds no numbers; details: column, kind
  | 'danfo/not-a-time' // details: row, column
  | 'danfo/inexact-number' // a whole number past 2^53, or a decimal, that no double equals; details: row, column
  | 'danfo/unsupported-value' // an object, a list, bytes ...; details: row, column, type

/** Thrown when a caller breaks a stated precondition. `details` names the place, never the value that stood there. */
export class DanfoError extends Error {
  override readonly name: string = 'DanfoError'
  readonly code: DanfoErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: DanfoErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is DanfoError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('danfo/')
  }
}
