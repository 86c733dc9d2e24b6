import type { DatabaseSync } from 'node:sqlite'

import type { SqlDriver, SqlRow, SqlStatement, SqlValue } from './driver.ts'

/** Opens a file (made when absent), or `:memory:`, by Node's own SQLite. */
export function nodeSqliteDriver(path: string): SqlDriver {
  // Not imported: Node 22 would warn of it as experimental also when nothing is stored.
  const sqlite = process.getBuiltinModule('node:sqlite')
  const database = new sqlite.DatabaseSync(path)
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => statementOf(database, sql),
    backup: async (target) => {
      await sqlite.backup(database, target)
    },
    close: () => database.close(),
  }
}

function statementOf(database: DatabaseSync, sql: string): SqlStatement {
  const statement = database.prepare(sql)
  return {
    run: (...values: ReadonlyArray<SqlValue>) => {
      const { changes, lastInsertRowid } = statement.run(...values)
      return { changes: Number(changes), lastRowId: Number(lastInsertRowid) }
    },
    get: (...values: ReadonlyArray<SqlValue>) => statement.get(...values) as SqlRow | undefined, // no bigint: not asked for
    all: (...values: ReadonlyArray<SqlValue>) => statement.all(...values) as ReadonlyArray<SqlRow>, // as above
    iterate: (...values: ReadonlyArray<SqlValue>) => statement.iterate(...values) as Iterable<SqlRow>, // as above
  }
}
