/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type ProfilingErrorCode =
  | 'profiling/invalid-options'
  | 'profiling/unknown-column' // details: column, nearest
  | 'profiling/unreadable-data'
  | 'profiling/query-failed' // details: engine, retryable
  | 'profiling/timed-out'
  | 'profiling/cannot-merge' // the two profiles or sketches were not made alike; details: why
  | 'profiling/unsupported-format' // a profile file of a newer version, or none
  | 'profiling/unsupported' // the engine cannot do this
  | 'profiling/cancelled'
  | 'profiling/unknown-profile'
  | 'profiling/storage-failed' // details: path
  | 'profiling/missing-package'

/** Thrown when a caller breaks a stated precondition or an engine fails. `details` names the place, never row data. */
export class ProfilingError extends Error {
  override readonly name: string = 'ProfilingError'
  readonly code: ProfilingErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ProfilingErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is ProfilingError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('profiling/')
  }
}
