import type { SqlDriver, SqlRow, SqlStatement, SqlValue } from './driver.ts'
import { plainParameters } from './plain-parameters.ts'

/** What is used of a statement of better-sqlite3. Methods, because its own types take parameters more narrowly. */
export interface BetterSqliteStatement {
  run(...values: ReadonlyArray<unknown>): { readonly changes: number; readonly lastInsertRowid: number | bigint }
  get(...values: ReadonlyArray<unknown>): unknown
  all(...values: ReadonlyArray<unknown>): ReadonlyArray<unknown>
  iterate(...values: ReadonlyArray<unknown>): Iterable<unknown>
  raw(toggle?: boolean): BetterSqliteStatement
}

/** What is used of a database of better-sqlite3. */
export interface BetterSqliteDatabase {
  readonly exec: (sql: string) => unknown
  readonly prepare: (sql: string) => BetterSqliteStatement
  readonly backup: (path: string) => Promise<unknown>
  readonly close: () => unknown
}

/**
 * Lets better-sqlite3 stand in for Node's own SQLite:
 * `openMlopsStore({ path, open: (file) => betterSqliteDriver(new Database(file)) })`.
 */
export function betterSqliteDriver(database: BetterSqliteDatabase): SqlDriver {
  return {
    exec: (sql) => void database.exec(sql),
    prepare: (sql) => statementOf(database, sql),
    backup: async (path) => {
      database.exec('BEGIN; SELECT count(*) FROM sqlite_schema') // from here on it sees one state
      await database.backup(path)
      database.exec('COMMIT')
    },
    close: () => void database.close(),
  }
}

function statementOf(database: BetterSqliteDatabase, text: string): SqlStatement {
  const { sql, bind } = plainParameters(text)
  const statement = database.prepare(sql)
  let lists: BetterSqliteStatement | undefined
  return {
    run: (...values: ReadonlyArray<SqlValue>) => {
      const { changes, lastInsertRowid } = statement.run(...bind(values))
      return { changes, lastRowId: Number(lastInsertRowid) }
    },
    // Rows are what SQLite holds: numbers, texts, bytes and null.
    get: (...values: ReadonlyArray<SqlValue>) => statement.get(...bind(values)) as SqlRow | undefined,
    all: (...values: ReadonlyArray<SqlValue>) => statement.all(...bind(values)) as ReadonlyArray<SqlRow>,
    rows: (...values: ReadonlyArray<SqlValue>) => {
      lists ??= database.prepare(sql).raw(true)
      return lists.all(...bind(values)) as ReadonlyArray<ReadonlyArray<SqlValue>>
    },
    iterate: (...values: ReadonlyArray<SqlValue>) => statement.iterate(...bind(values)) as Iterable<SqlRow>,
  }
}
