import type { DatabaseSync, StatementSync } from 'node:sqlite'

import { SqliteError } from '../../domain/errors.ts'
import { migrate } from './migrate.ts'
import { isBusy, storageError } from './storage-error.ts'

/** How a database file is opened. */
export interface DatabaseOptions {
  /** A file, made when absent, or `:memory:`. */
  readonly path: string
  /** True: every acknowledged write is on the disk, also through a power cut. False: the last ones may be lost then. */
  readonly durable: boolean
}

interface Write {
  readonly run: () => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

const BUSY_TIMEOUT_MS = 30_000

/**
 * One connection with one writer. All writes of one turn of the event loop share a transaction (group commit): each is
 * kept or refused alone, and acknowledged after the commit. Several processes may do so on one file.
 */
export class Database {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #queue: Write[] = []
  #isScheduled = false
  #flushed: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(options: DatabaseOptions) {
    this.#database = opened(options)
  }

  /** The compiled statement, made once. Its rows hold numbers, texts and nulls. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text)
    if (statement === undefined) this.#statements.set(text, (statement = this.#database.prepare(text)))
    return statement
  }

  /** Runs the work in the next transaction; when it throws, nothing of it is kept and the others of the turn are. */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#isClosed) throw new SqliteError('sqlite/storage-failed', 'the store is closed')
      this.#queue.push({ run: work, resolve: resolve as (value: unknown) => void, reject }) // run answers T
      if (this.#isScheduled) return
      this.#isScheduled = true
      setImmediate(() => {
        this.#flushed = this.#flush()
      })
    })
  }

  /** Runs the work on one state of the file, whatever other processes write meanwhile; again while the file is busy. */
  async read<T>(work: () => T): Promise<T> {
    if (this.#isClosed) throw new SqliteError('sqlite/storage-failed', 'the store is closed')
    const deadline = Date.now() + BUSY_TIMEOUT_MS
    for (;;) {
      try {
        return this.#readOnce(work)
      } catch (error) {
        if (SqliteError.is(error)) throw error
        if (!isBusy(error) || Date.now() > deadline) throw storageError(error)
        await moment()
      }
    }
  }

  /** Writes what is still waiting, then closes; again is harmless. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    while (this.#isScheduled) {
      await new Promise((resolve) => setImmediate(resolve))
      await this.#flushed
    }
    this.#database.close()
  }

  #readOnce<T>(work: () => T): T {
    this.#database.exec('BEGIN')
    try {
      return work()
    } finally {
      this.#database.exec('COMMIT')
    }
  }

  async #flush(): Promise<void> {
    const deadline = Date.now() + BUSY_TIMEOUT_MS
    for (;;) {
      try {
        this.#database.exec('BEGIN IMMEDIATE')
        break
      } catch (error) {
        if (isBusy(error) && Date.now() <= deadline) {
          await moment()
          continue
        }
        for (const { reject } of this.#takeQueue()) reject(storageError(error))
        return
      }
    }
    this.#commit(this.#takeQueue())
  }

  #commit(writes: ReadonlyArray<Write>): void {
    const settled: Array<() => void> = []
    try {
      for (const write of writes) settled.push(this.#runOne(write))
      this.#database.exec('COMMIT')
    } catch (error) {
      this.#rollback()
      for (const { reject } of writes) reject(SqliteError.is(error) ? error : storageError(error))
      return
    }
    for (const settle of settled) settle()
  }

  #runOne({ run, resolve, reject }: Write): () => void {
    this.#database.exec('SAVEPOINT one')
    try {
      const value = run()
      this.#database.exec('RELEASE one')
      return () => resolve(value)
    } catch (error) {
      const failure = SqliteError.is(error) ? error : storageError(error)
      try {
        this.#database.exec('ROLLBACK TO one; RELEASE one')
      } catch {
        // A full disk may have ended the whole transaction: then all writes of the turn are refused, for that reason.
        throw failure
      }
      return () => reject(failure)
    }
  }

  #rollback(): void {
    try {
      this.#database.exec('ROLLBACK')
    } catch (error) {
      // SQLite rolls back by itself on a full disk or an I/O error; then there is no transaction left to end.
      if (!String(error).includes('no transaction is active')) throw error
    }
  }

  #takeQueue(): ReadonlyArray<Write> {
    const writes = this.#queue
    this.#queue = []
    this.#isScheduled = false
    return writes
  }
}

function opened({ path, durable }: DatabaseOptions): DatabaseSync {
  // Not imported: Node 22 would warn of it as experimental also when nothing is stored.
  const { DatabaseSync: Sqlite } = process.getBuiltinModule('node:sqlite')
  let database: DatabaseSync | undefined
  try {
    database = new Sqlite(path)
    // The wait at opening only: later a busy file is waited for without blocking the event loop.
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    database.exec('PRAGMA journal_mode = WAL')
    database.exec(`PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}`)
    database.exec('PRAGMA foreign_keys = ON')
    migrate(database, path)
    database.exec('PRAGMA busy_timeout = 20')
    return database
  } catch (error) {
    database?.close()
    throw SqliteError.is(error) ? error : storageError(error)
  }
}

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1 + Math.floor(20 * Math.random())))
}
