import type { ResultsStore } from '../../application/ports/results-store.ts'
import type { RowSplitter } from '../../application/ports/row-splitter.ts'
import type { TableEngine } from '../../application/ports/table-engine.ts'
import type { Suite } from '../../domain/expectation.ts'
import type { TableFormat } from '../../domain/row-split.ts'

/** How records are written. */
export type RecordsFormat = 'table' | 'csv' | 'json' | 'jsonl'

/** One column of what is printed. */
export interface PrintedColumn {
  readonly name: string
  readonly kind: 'integer' | 'number' | 'text'
}

/** Records to print. */
export interface PrintedRecords {
  readonly columns: ReadonlyArray<PrintedColumn>
  readonly rows: Iterable<ReadonlyArray<unknown>>
}

/** Where records go; without a file, to the standard output. */
export interface PrintTarget {
  readonly format?: RecordsFormat | undefined
  readonly file?: string | undefined
}

/** The data that is checked: files, globs, `-`, or the address of a database. */
export interface CheckSource {
  readonly paths: ReadonlyArray<string>
  /** Of a database. */
  readonly table?: string | undefined
  readonly inputFormat?: 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet' | undefined
  /** Default: DuckDB where it is installed, else memory. */
  readonly engine?: 'duckdb' | 'memory' | undefined
  readonly memoryLimitMb?: number | undefined
  readonly threads?: number | undefined
  readonly timeoutMs?: number | undefined
}

/** What the command needs from the program that it is part of. Everything heavy is behind a function. */
export interface CheckCommandContext {
  readonly openCheckSource: (
    source: CheckSource,
  ) => Promise<{ readonly engine: TableEngine; readonly close: () => Promise<void> }>
  /** Reads the text of a suite, as `parseSuite` of ./node does. */
  readonly parseSuite: (text: string, options: { readonly format: 'json' | 'yaml' }) => Promise<Suite>
  /** Opens the file in which results are kept, as `openQualityStore` of ./node does. */
  readonly openResults: (path: string) => Promise<{ readonly results: ResultsStore; readonly close: () => void }>
  /** Writes good and bad rows to files, as `fileSplitter` of ./node does. */
  readonly rowSplitter: (
    engine: TableEngine,
    target: { readonly folder: string; readonly format: TableFormat },
  ) => Promise<RowSplitter>
  /** Rejects when the output could not be written whole. */
  readonly print: (records: PrintedRecords, target: PrintTarget) => Promise<void>
  /** Writes a text, to the standard output where no file is named. */
  readonly printText: (text: string, file: string | undefined) => Promise<void>
  readonly formatOf: (target: PrintTarget) => Promise<RecordsFormat>
  readonly isTerminal: (target: PrintTarget) => boolean
  /** The bytes of a file. */
  readonly load: (path: string) => Promise<Uint8Array>
  /** A line for people, beside the output: on a terminal; also elsewhere; or even where notes are unwanted. */
  readonly note: (text: string, kind: 'summary' | 'asked' | 'warning') => void
  /** What goes on now, for people who wait; undefined when it is over. */
  readonly progress: (text: string | undefined) => void
  readonly exitWith: (code: number) => void
  readonly signal: AbortSignal
}
