import type { EventPublisher } from '../../application/ports/event-publisher.ts'
import type { ResultsStore } from '../../application/ports/results-store.ts'
import type { SuitesStore } from '../../application/ports/suites-store.ts'
import type { TableEngine } from '../../application/ports/table-engine.ts'
import type { Suite } from '../../domain/expectation.ts'
import type { TableFormat } from '../../domain/row-split.ts'

/** A table that came with a request. */
export type UploadedTable =
  | { readonly kind: 'rows'; readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>> }
  | {
      readonly kind: 'file'
      readonly format: TableFormat
      /** To be read once. */
      readonly bytes: AsyncIterable<Uint8Array>
    }

/** An engine over a table, and how to end it. */
export interface OpenedTable {
  readonly engine: TableEngine
  readonly close: () => Promise<void>
}

/** How texts of suites and other documents are read and written. */
export interface SuiteTexts {
  /** As `parseSuite` of ./node. */
  readonly parseSuite: (text: string, options: { readonly format: 'json' | 'yaml' }) => Suite
  /** As `parseDocumentText` of ./node. */
  readonly parseDocument: (text: string) => unknown
  /** As `documentText` of ./node. */
  readonly documentText: (data: unknown, format: 'json' | 'yaml') => string
}

/** How the routes answer. */
export interface QualityRoutesOptions {
  /** The longest JSON body in bytes; 64 MiB by default. */
  readonly maxJsonBytes?: number | undefined
  /** The longest file in bytes; 16 GiB by default. */
  readonly maxFileBytes?: number | undefined
  /**
   * Whether suites may hold statements of SQL. They run with the rights of the engine, which can read files: false by default, for who
   * sends a suite is not known.
   */
  readonly allowStatements?: boolean | undefined
  /** Told of each fault that was answered with 500. Without it faults are thrown on to the application that mounts the routes. */
  readonly onFault?: ((fault: unknown) => void) | undefined
}

/** What the routes need. */
export interface QualityRoutesDeps {
  readonly suites: SuitesStore
  readonly results: ResultsStore
  readonly events?: EventPublisher | undefined
  /** An engine over a table that came with a request, as `openUploadedTable` of ./node gives one. */
  readonly openTable: (table: UploadedTable, signal: AbortSignal) => Promise<OpenedTable>
  /** Opens a kept data set by its id, for requests that name one instead of sending rows; without it they are refused. */
  readonly openDataset?: ((id: string, signal: AbortSignal) => Promise<OpenedTable>) | undefined
  /** For suites in YAML, for the lines of their faults, and for `/imports`; without it YAML and imports are refused. */
  readonly texts?: SuiteTexts | undefined
  /** Unique for every call. */
  readonly newId: () => string
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly options?: QualityRoutesOptions | undefined
}
