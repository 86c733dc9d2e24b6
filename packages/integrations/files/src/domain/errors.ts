/** Every way this package refuses a file. The code is public API: match on it, not on the text. */
export type FilesErrorCode =
  | 'files/not-found'
  | 'files/unreadable'
  | 'files/unknown-format'
  | 'files/empty'
  | 'files/no-rows'
  | 'files/malformed'
  | 'files/ragged-row'
  | 'files/not-a-number'
  | 'files/unsafe-integer'
  | 'files/unsupported-type'
  | 'files/duplicate-column'
  | 'files/blank-column'
  | 'files/late-column'
  | 'files/unknown-column'
  | 'files/already-read'
  | 'files/too-large'
  | 'files/unknown-dataset'
  | 'files/storage-failed'
  | 'files/invalid-options'
  | 'files/cancelled'

/**
 * Thrown when a file cannot be found, read or understood. `details` holds what is known of the place: `path`, `line` (1-based),
 * `record` (1-based, where a format has no lines), `column` (its name), `columnIndex` (0-based); never the row's content.
 */
export class FilesError extends Error {
  override readonly name: string = 'FilesError'
  readonly code: FilesErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: FilesErrorCode, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.details = details
  }

  /** Holds across two installed copies of this package, where `instanceof` does not. */
  static is(value: unknown): value is FilesError {
    return value instanceof Error && 'code' in value && String(value.code).startsWith('files/')
  }
}
