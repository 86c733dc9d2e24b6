import type { StreamStateStore } from './stream-state-store.ts'

/** What a kept stream was made with. */
export interface StreamRecord {
  readonly name: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Its `StreamingOptions`. */
  readonly options: unknown
}

/** Samples that were taken together. */
export interface JournalEntry {
  /** JSON lines, each with its line feed. */
  readonly lines: string
  /** How many samples of the stream had been told as events before these were taken. */
  readonly told: number
}

/** What a stream goes on from. */
export interface FoundStream {
  /** Where it stood; undefined at its beginning. */
  readonly snapshot: unknown
  /** What it took since then. An entry that was not written whole was never acknowledged, and is not there. */
  readonly journal: ReadonlyArray<JournalEntry>
}

/** Results, one after the other as JSON, numbered from 1. The oldest go when there are too many. */
export interface StreamResultLog {
  /** The numbers of those kept; `last` is `first - 1` where there are none. */
  readonly range: () => { readonly first: number; readonly last: number }
  /** Those that are not in a snapshot when the process dies are gone: the journal gives them again. */
  readonly add: (results: ReadonlyArray<string>) => Promise<void>
  /** Results from a number on that is kept, or that comes next; fewer than `limit` where there are no more. */
  readonly read: (first: number, limit: number) => Promise<ReadonlyArray<string>>
}

/** All that is kept of one stream; one at a time writes. */
export interface StreamBook {
  /** What was there when it was opened, which may be much: asked for once. Results go on from the snapshot. */
  readonly found: () => FoundStream
  /** Makes entries safe before it resolves, the death of the machine included. @throws AnomalyDetectionError `storage-failed` */
  readonly append: (entries: ReadonlyArray<JournalEntry>) => Promise<void>
  readonly results: StreamResultLog
  /** A place for its entities. */
  readonly entities: () => StreamStateStore
  /** Replaces the snapshot as a whole, and empties the journal. @throws AnomalyDetectionError `storage-failed` */
  readonly save: (snapshot: unknown) => Promise<void>
  /** Lets go of it, whatever was done before. */
  readonly close: () => Promise<void>
}

/** Keeps streams by their names. */
export interface StreamArchive {
  /** By name. */
  readonly list: () => Promise<ReadonlyArray<StreamRecord>>
  /** Keeps it whole or not at all. @throws AnomalyDetectionError `stream-exists`, `storage-failed` */
  readonly create: (record: StreamRecord) => Promise<void>
  /** @throws AnomalyDetectionError `invalid-stream-state` where what is kept is damaged, `storage-failed` */
  readonly open: (name: string) => Promise<StreamBook>
  /** Removes one that is not open. @throws AnomalyDetectionError `storage-failed` */
  readonly remove: (name: string) => Promise<void>
}
