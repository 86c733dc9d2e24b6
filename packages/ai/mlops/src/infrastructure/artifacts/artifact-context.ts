import type { Database } from '../sqlite/database.ts'
import type { BlobStore } from './blob-store.ts'

/** What the store of artifacts needs. */
export interface ArtifactContext {
  readonly database: Database
  readonly blobs: BlobStore
  /** Epoch milliseconds. */
  readonly now: () => number
}
