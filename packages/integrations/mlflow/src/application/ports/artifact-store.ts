/** A file or folder of the store. */
export interface ArtifactEntry {
  /** Relative to the store's root, joined by `/`. */
  readonly path: string
  readonly isFolder: boolean
  /** Bytes; absent for folders. */
  readonly size?: number
}

/**
 * Keeps files under paths such as `<experiment>/<run>/artifacts/plots/roc.png`. A path is relative, joined by `/`, and
 * has no `.`, `..` or empty part: anything else is refused with `invalid-argument`.
 */
export interface ArtifactStore {
  /** Streams the bytes in and replaces what was there; a put that fails or breaks off leaves no trace. */
  readonly put: (path: string, content: AsyncIterable<Uint8Array>) => Promise<ArtifactEntry>
  /** Streams the bytes out; undefined when there is no such file. */
  readonly get: (
    path: string,
  ) => Promise<{ readonly size: number; readonly content: AsyncIterable<Uint8Array> } | undefined>
  /** The direct children, by path; empty for a path that is not there or a file. `''` is the root. */
  readonly list: (path: string) => Promise<ReadonlyArray<ArtifactEntry>>
  /** Removes a file or a folder with all in it; answers how many files. */
  readonly remove: (path: string) => Promise<number>
}
