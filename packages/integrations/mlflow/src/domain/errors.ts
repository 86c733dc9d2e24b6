/** Every way this package refuses work. The code is public API: match on it, not on the text. */
export type MlflowErrorCode = 'mlflow/empty-window' | 'mlflow/non-finite'

/** Thrown when a caller breaks a stated precondition. `details` names the place, never a row's content. */
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
