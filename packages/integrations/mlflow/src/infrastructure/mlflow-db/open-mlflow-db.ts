import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

import type { CopyProblem } from '../../application/ports/tracker-source.ts'
import { MlflowError } from '../../domain/errors.ts'
import { knownRevisions } from './revisions.ts'

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>

const NEEDED: Readonly<Record<string, ReadonlyArray<string>>> = {
  experiments: ['experiment_id', 'name', 'artifact_location', 'lifecycle_stage'],
  runs: ['run_uuid', 'name', 'user_id', 'status', 'start_time', 'end_time', 'lifecycle_stage', 'artifact_uri'],
  metrics: ['key', 'value', 'timestamp', 'run_uuid', 'step', 'is_nan'],
  latest_metrics: ['key', 'value', 'timestamp', 'step', 'is_nan', 'run_uuid'],
  params: ['key', 'value', 'run_uuid'],
  tags: ['key', 'value', 'run_uuid'],
}

/** An `mlflow.db` that was opened for reading. */
export class MlflowDb {
  readonly #database: DatabaseSync
  readonly #columns = new Map<string, ReadonlySet<string>>()

  /**
   * @param problems - is told where the schema is newer than what this package knows
   * @throws MlflowError `mlflow/unsupported-format` for a file that is no MLflow database, or of one before 1.7
   */
  constructor(path: string, problems: CopyProblem[]) {
    if (!existsSync(path)) throw new MlflowError('mlflow/unsupported-format', `there is no file ${path}`)
    try {
      // not imported: Node 22 would warn of it as experimental also where no database is read
      this.#database = new (process.getBuiltinModule('node:sqlite').DatabaseSync)(path, { readOnly: true })
      this.#check(path, problems)
    } catch (error) {
      if (MlflowError.is(error)) throw error
      throw new MlflowError('mlflow/unsupported-format', `${path} is no database of MLflow`, { path }, error)
    }
  }

  /** All rows. */
  rows(sql: string, ...values: ReadonlyArray<string | number>): ReadonlyArray<Row> {
    return this.#database.prepare(sql).all(...values)
  }

  /** Rows one by one, for what may be long. */
  each(sql: string, ...values: ReadonlyArray<string | number>): IterableIterator<Row> {
    return this.#database.prepare(sql).iterate(...values)
  }

  /** Whether there is a table, with a column where one is named: older databases lack some. */
  has(table: string, column?: string): boolean {
    let columns = this.#columns.get(table)
    if (columns === undefined) {
      columns = new Set(this.rows(`SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name)))
      this.#columns.set(table, columns)
    }
    return column === undefined ? columns.size > 0 : columns.has(column)
  }

  #check(path: string, problems: CopyProblem[]): void {
    if (!this.has('alembic_version')) {
      throw new MlflowError('mlflow/unsupported-format', `${path} is no database of MLflow: it names no revision`, {
        path,
      })
    }
    const found = this.rows('SELECT version_num FROM alembic_version')[0]?.['version_num']
    const revision = typeof found === 'string' ? found : 'none'
    for (const [table, columns] of Object.entries(NEEDED)) {
      const missing = columns.find((column) => !this.has(table, column))
      if (missing === undefined) continue
      const message = `${path} is of revision ${revision} and lacks ${table}.${missing}: run \`mlflow db upgrade\` on a copy of it first`
      throw new MlflowError('mlflow/unsupported-format', message, { path, revision })
    }
    if (knownRevisions.has(revision)) return
    problems.push({ what: `database ${path}`, why: `revision ${revision} is not known: what it has added is left out` })
  }
}
