/** The formats this package reads. */
export type TableFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet'

/** A column holds numbers or texts, never both. */
export type ColumnKind = 'number' | 'text'

/** A column of one batch. Missing values are NaN in a number column, null in a text column. */
export type TableColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | { readonly kind: 'text'; readonly name: string; readonly values: ReadonlyArray<string | null> }

/** Consecutive rows, column by column; every batch has the table's columns, in the file's order, of the same kind. */
export interface TableBatch {
  /** The number of rows, at least 1. */
  readonly rows: number
  readonly columns: ReadonlyArray<TableColumn>
  /** The 1-based line of the file where row `row` (0-based, of this batch) begins; absent for JSON arrays and Parquet. */
  readonly lineOf?: ((row: number) => number) | undefined
}

/** The name and kind of a column, known as soon as a table is open. */
export interface TableColumnHeader {
  readonly name: string
  readonly kind: ColumnKind
}

/** An open table. `batches` may be read once; leaving the loop early, or the source's `signal`, closes the file. */
export interface Table {
  readonly columns: ReadonlyArray<TableColumnHeader>
  readonly batches: AsyncIterable<TableBatch>
  /** Closes the file of a table that will not be read to its end; harmless at any time. */
  readonly close: () => Promise<void>
}

/** Where a table comes from: a path (`-` is the standard input), and how to read it where the name does not tell. */
export interface TableSource {
  readonly path: string
  /** Default: from the extension; of the standard input from its first bytes. */
  readonly format?: TableFormat | undefined
  /** Only these columns are converted and handed out, in the file's order. Default: all. */
  readonly columns?: ReadonlyArray<string> | undefined
  /** A batch is used up once the next one is asked for: its memory may be given back at once. Default: it stays. */
  readonly brief?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** Opens tables of any size; opened tables are independent of each other. */
export interface FileTables {
  /**
   * Resolves once the columns and their kinds are known from the first rows.
   * @throws FilesError with the place of the fault; see its codes. Faults further down reject in the loop over `batches`.
   */
  readonly open: (source: TableSource) => Promise<Table>
}
