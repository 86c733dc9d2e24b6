/** What of an error is kept and acted upon. */
export interface Failure {
  readonly message: string
  /** The error's own `code`, if it has one. */
  readonly code?: string
}

/** What an error says for itself. */
export interface ReadFailure {
  readonly failure: Failure
  /** False where the error's `details.retryable` is false: trying again would not help. */
  readonly retryable: boolean
  /** The error's `details.retryAfterMs`; 0 where it has none. */
  readonly retryAfterMs: number
}

const MOST_TEXT = 2000

/** Reads whatever was thrown. Errors of any package of this house say in `details` whether trying again may help. */
export function readFailure(error: unknown): ReadFailure {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, MOST_TEXT)
  const code = error instanceof Error && 'code' in error ? String(error.code).slice(0, 100) : undefined
  const details: unknown = error instanceof Error && 'details' in error ? error.details : undefined
  const said = typeof details === 'object' && details !== null ? details : {}
  return {
    failure: { message, ...(code === undefined ? {} : { code }) },
    retryable: !('retryable' in said) || said.retryable !== false,
    retryAfterMs: 'retryAfterMs' in said && typeof said.retryAfterMs === 'number' ? said.retryAfterMs : 0,
  }
}
