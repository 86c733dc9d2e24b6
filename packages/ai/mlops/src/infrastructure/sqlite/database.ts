import { MlopsError } from '../../domain/errors.ts'
import { backup } from './backup.ts'
import type { SqlDriver, SqlStatement } from './driver.ts'
import { type Migration, migrate } from './migrate.ts'
import { nodeSqliteDriver } from './node-sqlite-driver.ts'
import { migrations } from './schema/migrations.ts'
import { isBusy, storageError } from './storage-error.ts'

/** How a database file is opened. */
export interface DatabaseOptions {
  /** A file, made when absent, or `:memory:`. */
  readonly path: string
  /** True: every acknowledged write is on the disk, also through a power cut. False: the last ones may be lost then. */
  readonly durable?: boolean
  /** Who opens the connection; Node's own SQLite by default. */
  readonly open?: (path: string) => SqlDriver
  readonly migrations?: ReadonlyArray<Migration>
}

interface Job {
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
  readonly #options: DatabaseOptions
  readonly #driver: SqlDriver
  readonly #statements = new Map<string, SqlStatement>()
  #queue: Job[] = []
  #scheduled = false
  #flushed: Promise<void> = Promise.resolve()
  #rollbacks = 0
  #closed = false

  constructor(options: DatabaseOptions) {
    this.#options = options
    this.#driver = openDriver(options)
  }

  /** The compiled statement, made once. */
  sql(text: string): SqlStatement {
    let statement = this.#statements.get(text)
    if (statement === undefined) this.#statements.set(text, (statement = this.#driver.prepare(text)))
    return statement
  }

  /** A statement whose text depends on what users ask: compiled anew, so that many different ones fill no memory. */
  once(text: string): SqlStatement {
    return this.#driver.prepare(text)
  }

  /** Runs the work in the next transaction; when it throws, nothing of it is kept and the others of the turn are. */
  write<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run: work, resolve: resolve as (value: unknown) => void, reject }) // run answers T
      if (this.#scheduled) return
      this.#scheduled = true
      setImmediate(() => {
        this.#flushed = this.#flush()
      })
    })
  }

  /** How often work was undone: whoever remembers what a write made must forget it when this changes. */
  get rollbacks(): number {
    return this.#rollbacks
  }

  /** Runs the work on one state of the file, whatever other processes write meanwhile; again while the file is busy. */
  async read<T>(work: () => T): Promise<T> {
    const deadline = Date.now() + BUSY_TIMEOUT_MS
    for (;;) {
      try {
        return this.#readOnce(work)
      } catch (error) {
        if (MlopsError.is(error)) throw error
        if (!isBusy(error) || Date.now() > deadline) throw storageError(error)
        await new Promise((resolve) => setTimeout(resolve, 1 + Math.floor(20 * Math.random())))
      }
    }
  }

  /**
   * Copies the whole database, as it is now, to a file while reads and writes go on; what was there is replaced when the
   * copy is whole. @throws MlopsError `mlops/storage-failed`
   */
  async backup(path: string): Promise<void> {
    await backup({ ...this.#options, driver: this.#driver }, path)
  }

  /** Writes what is still waiting, then closes; again is harmless. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    while (this.#scheduled) {
      await new Promise((resolve) => setImmediate(resolve))
      await this.#flushed
    }
    this.#driver.close()
  }

  #readOnce<T>(work: () => T): T {
    this.#driver.exec('BEGIN')
    try {
      return work()
    } finally {
      this.#driver.exec('COMMIT')
    }
  }

  async #flush(): Promise<void> {
    const deadline = Date.now() + BUSY_TIMEOUT_MS
    for (;;) {
      try {
        this.#driver.exec('BEGIN IMMEDIATE')
        break
      } catch (error) {
        if (!isBusy(error) || Date.now() > deadline) return this.#fail(storageError(error))
        await new Promise((resolve) => setTimeout(resolve, 1 + Math.floor(20 * Math.random())))
      }
    }
    this.#commit(this.#takeQueue())
  }

  #commit(jobs: ReadonlyArray<Job>): void {
    const settled: Array<() => void> = []
    try {
      for (const job of jobs) settled.push(this.#runOne(job))
      this.#driver.exec('COMMIT')
    } catch (error) {
      this.#rollback()
      const failure = MlopsError.is(error) ? error : storageError(error)
      for (const { reject } of jobs) reject(failure)
      return
    }
    for (const settle of settled) settle()
  }

  #runOne({ run, resolve, reject }: Job): () => void {
    this.#driver.exec('SAVEPOINT job')
    try {
      const value = run()
      this.#driver.exec('RELEASE job')
      return () => resolve(value)
    } catch (error) {
      this.#rollbacks++
      const failure = MlopsError.is(error) ? error : storageError(error)
      try {
        this.#driver.exec('ROLLBACK TO job; RELEASE job')
      } catch {
        // A full disk may have ended the whole transaction: then all jobs of the turn are refused, for that reason.
        throw failure
      }
      return () => reject(failure)
    }
  }

  #rollback(): void {
    this.#rollbacks++
    try {
      this.#driver.exec('ROLLBACK')
    } catch (error) {
      // SQLite rolls back by itself on a full disk or an I/O error; then there is no transaction left to end.
      if (!String(error).includes('no transaction is active')) throw error
    }
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#takeQueue()) reject(error)
  }

  #takeQueue(): ReadonlyArray<Job> {
    const jobs = this.#queue
    this.#queue = []
    this.#scheduled = false
    return jobs
  }
}

function openDriver(options: DatabaseOptions): SqlDriver {
  const driver = (options.open ?? nodeSqliteDriver)(options.path)
  try {
    // The wait at opening only: later a busy file is waited for without blocking the event loop.
    driver.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    driver.exec('PRAGMA journal_mode = WAL')
    driver.exec(`PRAGMA synchronous = ${options.durable === true ? 'FULL' : 'NORMAL'}`)
    driver.exec('PRAGMA foreign_keys = ON')
    driver.exec('PRAGMA cache_size = -16384') // KiB, taken as needed: a fifth less time for large files
    migrate(driver, options.migrations ?? migrations, options.path)
    driver.exec('PRAGMA busy_timeout = 20')
    return driver
  } catch (error) {
    driver.close()
    throw MlopsError.is(error) ? error : storageError(error)
  }
}
