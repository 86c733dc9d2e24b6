import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'

import { QualityError } from '../../domain/errors.ts'
import { MIGRATIONS } from './migrations.ts'

/** `PRAGMA application_id` of our files: the letters NMLQ. */
const APPLICATION_ID = 0x4e4d4c51
const BUSY_TIMEOUT_MS = 10_000

/** A row by column name. */
export type Row = Readonly<Record<string, SQLOutputValue>>

/** One connection to a file of Node's own SQLite. Its work is short; a file that another process writes to is waited for. */
export class Database {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #statements = new Map<string, StatementSync>()

  /** @param path - made when absent, or `:memory:` @throws QualityError `quality/storage-failed` */
  constructor(path: string) {
    this.#path = path
    // Not imported: Node 22 would warn of it as experimental also when nothing is stored.
    const { DatabaseSync: Opened } = process.getBuiltinModule('node:sqlite')
    this.#database = this.#attempt(() => new Opened(path))
    try {
      this.#attempt(() => this.#prepareFile())
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** Rows of a query with positional parameters. */
  all(sql: string, ...values: ReadonlyArray<SQLInputValue>): ReadonlyArray<Row> {
    return this.#attempt(() => this.#statement(sql).all(...values))
  }

  /** Runs a statement. @returns how many rows it changed, and the last number it gave */
  run(sql: string, ...values: ReadonlyArray<SQLInputValue>): { readonly changes: number; readonly lastRowId: number } {
    const { changes, lastInsertRowid } = this.#attempt(() => this.#statement(sql).run(...values))
    return { changes: Number(changes), lastRowId: Number(lastInsertRowid) }
  }

  /** Keeps all that the work writes, or nothing. */
  transaction<T>(work: () => T): T {
    this.#attempt(() => this.#database.exec('BEGIN IMMEDIATE'))
    try {
      const result = work()
      this.#attempt(() => this.#database.exec('COMMIT'))
      return result
    } catch (error) {
      // A full disk has ended the transaction already.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (statement === undefined) this.#statements.set(sql, (statement = this.#database.prepare(sql)))
    return statement
  }

  #prepareFile(): void {
    this.#database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    this.#refuseForeign()
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON')
    if (this.#pragma('user_version') === MIGRATIONS.length) return
    this.transaction(() => {
      // Asked again: another process may have been first.
      for (const sql of MIGRATIONS.slice(this.#pragma('user_version'))) this.#database.exec(sql)
      this.#database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; PRAGMA application_id = ${APPLICATION_ID}`)
    })
  }

  #refuseForeign(): void {
    const owner = this.#pragma('application_id')
    const [tables] = this.#database.prepare('SELECT count(*) AS n FROM sqlite_schema').all()
    const isForeign = owner !== APPLICATION_ID && (owner !== 0 || Number(tables?.['n']) > 0)
    if (!isForeign && this.#pragma('user_version') <= MIGRATIONS.length) return
    const why = isForeign ? 'is an SQLite file of another program' : 'was written by a newer version: update this one'
    throw new QualityError('quality/storage-failed', `${this.#path} ${why}`, { path: this.#path })
  }

  #pragma(name: string): number {
    return Number(this.#database.prepare(`PRAGMA ${name}`).get()?.[name])
  }

  #attempt<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (QualityError.is(error)) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new QualityError('quality/storage-failed', `${this.#path}: ${reason}`, { path: this.#path }, error)
    }
  }
}
