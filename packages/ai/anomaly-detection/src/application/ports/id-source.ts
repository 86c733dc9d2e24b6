/** Makes identifiers that are unique across processes (a UUID, a ULID). */
export interface IdSource {
  readonly next: () => string
}
