import type { DatabaseSync, StatementSync } from 'node:sqlite'

import type { SqlDriver, SqlRow, SqlStatement, SqlValue } from './driver.ts'
import { plainParameters } from './plain-parameters.ts'

/** Opens a file (made when absent), or `:memory:`, by Node's own SQLite. */
export function nodeSqliteDriver(path: string): SqlDriver {
  // Not imported: Node 22 would warn of it as experimental also when nothing is stored.
  const sqlite = process.getBuiltinModule('node:sqlite')
  const database = new sqlite.DatabaseSync(path)
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => statementOf(database, sql),
    backup: async (target) => {
      // Node before 22.16 copies at once, and waits for it.
      if (typeof sqlite.backup !== 'function') return void database.prepare('VACUUM INTO ?').run(target)
      database.exec('BEGIN; SELECT count(*) FROM sqlite_schema') // from here on it sees one state
      await sqlite.backup(database, target)
      database.exec('COMMIT')
    },
    close: () => database.close(),
  }
}

function statementOf(database: DatabaseSync, text: string): SqlStatement {
  const { sql, bind } = plainParameters(text)
  const statement = database.prepare(sql)
  let lists: StatementSync | undefined
  return {
    run: (...values: ReadonlyArray<SqlValue>) => {
      const { changes, lastInsertRowid } = statement.run(...bind(values))
      return { changes: Number(changes), lastRowId: Number(lastInsertRowid) }
    },
    get: (...values: ReadonlyArray<SqlValue>) => statement.get(...bind(values)) as SqlRow | undefined, // no bigint: not asked for
    all: (...values: ReadonlyArray<SqlValue>) => statement.all(...bind(values)) as ReadonlyArray<SqlRow>, // as above
    rows: (...values: ReadonlyArray<SqlValue>) => {
      lists ??= listsOf(database, sql)
      const rows: ReadonlyArray<unknown> = lists.all(...bind(values))
      // Node before 22.16 knows objects only; their members stand in the order of the columns.
      return rows.map((row) => (Array.isArray(row) ? row : Object.values(row as SqlRow))) // as above
    },
    iterate: (...values: ReadonlyArray<SqlValue>) => statement.iterate(...bind(values)) as Iterable<SqlRow>, // as above
  }
}

function listsOf(database: DatabaseSync, sql: string): StatementSync {
  const statement = database.prepare(sql)
  if (typeof statement.setReturnArrays === 'function') statement.setReturnArrays(true)
  return statement
}
