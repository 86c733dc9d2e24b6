/** Every way this program refuses work by itself. The code is public API: match on it, not on the text. */
export type NomalyErrorCode =
  | 'nomaly/invalid-configuration'
  | 'nomaly/unreadable-input'
  | 'nomaly/unwritable-output'
  | 'nomaly/output-closed'
  | 'nomaly/interrupted'
  | 'nomaly/thread-failed'

/** Thrown when the program cannot do what it was asked for. */
export class NomalyError extends Error {
  override readonly name: string = 'NomalyError'
  readonly code: NomalyErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: NomalyErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is NomalyError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('nomaly/')
  }
}
