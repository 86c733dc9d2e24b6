/** Bytes that wait to be kept. Exactly one of the two is called, once. */
export interface StagedBlob {
  /** Lower-case hexadecimal digits. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** Makes it a blob, or does nothing where there is the same one: inside a write, so that no sweep is under way. */
  readonly keep: () => void
  /** Forgets it. */
  readonly drop: () => Promise<void>
}

/** Where bytes are kept by their SHA-256. The database says which of them are in use. */
export interface BlobStore {
  /** Takes the bytes in; one that breaks off leaves nothing. */
  readonly stage: (content: AsyncIterable<Uint8Array>) => Promise<StagedBlob>
  /** @throws MlopsError `mlops/not-found` while reading, where it has been removed meanwhile */
  readonly read: (sha256: string) => AsyncIterable<Uint8Array>
  /** Inside a write; a blob that is not there is harmless. */
  readonly remove: (sha256: string) => void
  /** Every blob there is, also those that a write left that was undone. Removes uploads that no process goes on with. */
  readonly list: () => Promise<ReadonlyArray<string>>
}
