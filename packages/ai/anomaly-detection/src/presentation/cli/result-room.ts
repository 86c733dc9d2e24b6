import type { FeedbackStore } from '../../application/ports/feedback-store.ts'
import type { ResultStore } from '../../application/ports/result-store.ts'
import type { Table, TableSource } from '../../application/ports/table-reader.ts'

/** A data set that is kept. */
export interface KeptData {
  readonly id: string
  readonly name: string
  readonly sha256: string
  /** Where it can be read from. */
  readonly source: Required<Pick<TableSource, 'path' | 'format'>>
  /** Forgets it, unless it was kept before. */
  readonly discard: () => Promise<void>
}

/** Where results lie beside the data that they are about. */
export interface ResultRoom {
  readonly results: ResultStore
  readonly feedback: Pick<FeedbackStore, 'list'>
  /** Keeps a copy of a file; of one that is kept already, byte for byte under the same name, no second one. */
  readonly addData: (source: Pick<TableSource, 'path' | 'format' | 'signal'>) => Promise<KeptData>
  /** Rejects where there is no such data set any more. */
  readonly openData: (id: string, columns: ReadonlyArray<string> | undefined) => Promise<Table>
  readonly newId: () => string
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly close: () => Promise<void>
}

/** How commands come to kept results. */
export interface ResultAccess {
  /** @param place - `kept`: where all results are kept; `passing`: a room of its own, gone once it is closed */
  readonly open: (place: 'kept' | 'passing') => Promise<ResultRoom>
  /** Writes a text to a file, whole or not at all; without one to the standard output. */
  readonly printText: (text: string, file: string | undefined) => Promise<void>
  /** Of the program. */
  readonly version: string
}
