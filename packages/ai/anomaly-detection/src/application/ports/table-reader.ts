/** A column of one batch. Missing values are NaN in a number column, null in a text column. */
export type TableColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly name: string; readonly values: ReadonlyArray<string | null> }

/** Consecutive rows of a table, column by column; every batch has the table's columns, in order, of the same kind. */
export interface TableBatch {
  readonly rows: number
  readonly columns: ReadonlyArray<TableColumn>
  /** The 1-based line of the source where a row of this batch begins; absent where the source has no lines. */
  readonly lineOf?: ((row: number) => number) | undefined
}

/** An open table. `batches` may be read once. Leaving the loop early, or `signal`, closes the source. */
export interface Table {
  readonly columns: ReadonlyArray<{ readonly name: string; readonly kind: 'number' | 'text' }>
  readonly batches: AsyncIterable<TableBatch>
  /** Closes the source of a table whose batches are not read; absent where nothing is open. */
  readonly close?: (() => Promise<void>) | undefined
}

/** Where a table comes from: a path (`-` is the standard input), and how to read it where the name does not tell. */
export interface TableSource {
  readonly path: string
  readonly format?: 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet' | undefined
  /** Only these columns are wanted; others may be skipped unread. Default: all. */
  readonly columns?: ReadonlyArray<string> | undefined
  /** Each batch is used up once the next one is asked for: its memory may be given back at once. Default: it stays. */
  readonly brief?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Opens tables of any size. Rejects, with an error that names the place (line and column, where there are lines),
 * when the source cannot be found, read or understood. Reads are independent of each other.
 */
export interface TableReader {
  readonly open: (source: TableSource) => Promise<Table>
}
