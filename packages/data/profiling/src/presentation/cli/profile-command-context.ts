import type { ProfileEngine } from '../../application/ports/profile-engine.ts'

/** How records are written. */
export type ProfileFormat = 'table' | 'csv' | 'json' | 'jsonl'

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
  readonly format?: ProfileFormat | undefined
  readonly file?: string | undefined
}

/** The data a profile is made of: files, globs, `-`, or the address of a database. */
export interface ProfileSource {
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
export interface ProfileCommandContext {
  readonly openProfileSource: (
    source: ProfileSource,
  ) => Promise<{ readonly engine: ProfileEngine; readonly close: () => Promise<void> }>
  /** Rejects when the output could not be written whole. */
  readonly print: (records: PrintedRecords, target: PrintTarget) => Promise<void>
  /** Writes a text, to the standard output where no file is named. */
  readonly printText: (text: string, file: string | undefined) => Promise<void>
  readonly formatOf: (target: PrintTarget) => Promise<ProfileFormat>
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
