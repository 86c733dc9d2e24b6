import type { EventPublisher } from '../../application/ports/event-publisher.ts'
import type { ProfileEngine } from '../../application/ports/profile-engine.ts'
import type { ProfilesStore } from '../../application/ports/profiles-store.ts'

/** How files are read. */
export type UploadFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet'

/** A table that came with a request. */
export type UploadedTable =
  | { readonly kind: 'rows'; readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>> }
  | {
      readonly kind: 'file'
      readonly format: UploadFormat
      /** To be read once. */
      readonly bytes: AsyncIterable<Uint8Array>
    }

/** An engine over a table, and how to end it. */
export interface OpenedTable {
  readonly engine: ProfileEngine
  readonly close: () => Promise<void>
}

/** How the routes answer. */
export interface ProfilingRoutesOptions {
  /** The longest JSON body in bytes; 64 MiB by default. */
  readonly maxJsonBytes?: number | undefined
  /** The longest file in bytes; 16 GiB by default. */
  readonly maxFileBytes?: number | undefined
  /** Told of each fault that was answered with 500. Without it faults are thrown on to the application that mounts the routes. */
  readonly onFault?: ((fault: unknown) => void) | undefined
}

/** What the routes need. */
export interface ProfilingRoutesDeps {
  readonly profiles: ProfilesStore
  readonly events?: EventPublisher | undefined
  /** An engine over a table that came with a request, as `openUploadedTable` of ./node gives one. */
  readonly openTable: (table: UploadedTable, signal: AbortSignal) => Promise<OpenedTable>
  /** Opens a kept data set by its id, for requests that name one instead of sending rows; without it they are refused. */
  readonly openDataset?: ((id: string, signal: AbortSignal) => Promise<OpenedTable>) | undefined
  /** Unique for every call. */
  readonly newId: () => string
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly options?: ProfilingRoutesOptions | undefined
}
