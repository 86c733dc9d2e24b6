/** What a column can hold. Whole numbers come back as `number` and must be safe integers. */
export type SqlValue = null | number | string | Uint8Array

/** A row by column name. */
export type SqlRow = Readonly<Record<string, SqlValue>>

/** A compiled statement; parameters are positional. */
export interface SqlStatement {
  readonly run: (...values: ReadonlyArray<SqlValue>) => { readonly changes: number; readonly lastRowId: number }
  readonly get: (...values: ReadonlyArray<SqlValue>) => SqlRow | undefined
  readonly all: (...values: ReadonlyArray<SqlValue>) => ReadonlyArray<SqlRow>
  /** The rows as lists of values in the order of the columns, which costs about half. */
  readonly rows: (...values: ReadonlyArray<SqlValue>) => ReadonlyArray<ReadonlyArray<SqlValue>>
  readonly iterate: (...values: ReadonlyArray<SqlValue>) => Iterable<SqlRow>
}

/** One connection of a synchronous SQLite engine. `node:sqlite` is behind it by default; better-sqlite3 fits as well. */
export interface SqlDriver {
  readonly exec: (sql: string) => void
  readonly prepare: (sql: string) => SqlStatement
  /**
   * Copies the whole database, as it is now, to a file that is not there, while other connections go on reading and
   * writing. This one does nothing else meanwhile.
   */
  readonly backup: (path: string) => Promise<void>
  readonly close: () => void
}
