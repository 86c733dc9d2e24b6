import type { ResultsStore } from '../../application/ports/results-store.ts'
import type { SuitesStore } from '../../application/ports/suites-store.ts'
import { Database } from './database.ts'
import { sqliteResultsStore } from './sqlite-results-store.ts'
import { sqliteSuitesStore } from './sqlite-suites-store.ts'

/** Suites and results, kept. */
export interface QualityStore {
  readonly results: ResultsStore
  readonly suites: SuitesStore
  /** Again is harmless. */
  readonly close: () => void
}

/**
 * Opens a store in a file of Node's own SQLite, made when absent; `:memory:` keeps nothing. Several processes may use one file.
 * @throws QualityError `quality/storage-failed` where it cannot be opened or is a file of another program
 */
export function openQualityStore({ path }: { readonly path: string }): QualityStore {
  const database = new Database(path)
  return {
    results: sqliteResultsStore(database),
    suites: sqliteSuitesStore(database),
    close: () => database.close(),
  }
}
