import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

import type { CopyProblem, TrackerSource } from '../../application/ports/tracker-source.ts'
import type { MetricPoint } from '../../domain/metric.ts'
import { localArtifacts } from '../folder/local-artifacts.ts'
import { registeredModelsOf, versionsOf } from './db-registry.ts'
import { inDefaultWorkspace, number, pairs, pointOf, text } from './db-rows.ts'
import { loggedModelOf, runOf } from './db-runs.ts'
import { MlflowDb } from './open-mlflow-db.ts'

const PART = 1000

/** Where the files of a database's runs lie. */
export interface MlflowDbSourceOptions {
  /** The folder behind `mlflow-artifacts:`; `mlartifacts` beside the file where that is there. */
  readonly artifactRoot?: string
}

/**
 * Reads the SQLite database of an MLflow (`mlflow.db`) by itself, without MLflow, also while its server runs. Traces
 * and other workspaces than the default one are told as problems.
 * @throws MlflowError `mlflow/unsupported-format` where it is no such file or of an MLflow before 1.7
 */
export function mlflowDbSource(path: string, options: MlflowDbSourceOptions = {}): TrackerSource {
  const file = resolve(path)
  const problems: CopyProblem[] = []
  const db = new MlflowDb(file, problems)
  const beside = join(dirname(file), 'mlartifacts')
  const artifactRoot = options.artifactRoot ?? (existsSync(beside) ? beside : undefined)
  noteWorkspaces(db, problems)
  noteTraces(db, problems)
  return {
    experiments: async function* () {
      const where = inDefaultWorkspace(db, 'experiments')
      for (const row of db.rows(`SELECT * FROM experiments WHERE ${where} ORDER BY experiment_id`)) {
        const id = number(row['experiment_id']) ?? 0
        yield {
          id: String(id),
          name: text(row['name']),
          artifactLocation: text(row['artifact_location']),
          folder: '',
          lifecycleStage: row['lifecycle_stage'] === 'deleted' ? 'deleted' : 'active',
          createdAt: number(row['creation_time']) ?? 0,
          updatedAt: number(row['last_update_time']) ?? 0,
          tags: pairs(db, 'experiment_tags', { experiment_id: id }),
        }
      }
    },
    runs: async function* (experimentId) {
      const sql = 'SELECT * FROM runs WHERE experiment_id = ? ORDER BY start_time, run_uuid'
      for (const row of db.rows(sql, Number(experimentId))) yield runOf(db, row)
    },
    series: async function* (run, key) {
      const sql = 'SELECT * FROM metrics WHERE run_uuid = ? AND key = ? ORDER BY timestamp, step, value'
      let part: MetricPoint[] = []
      for (const row of db.each(sql, run.id, key)) {
        part.push(pointOf(row))
        if (part.length < PART) continue
        yield part
        part = []
      }
      if (part.length > 0) yield part
    },
    loggedModels: async function* (experimentId) {
      if (!db.has('logged_models')) return
      const sql =
        "SELECT * FROM logged_models WHERE experiment_id = ? AND lifecycle_stage != 'deleted' ORDER BY creation_timestamp_ms"
      for (const row of db.rows(sql, Number(experimentId))) yield loggedModelOf(db, row)
    },
    registeredModels: async function* () {
      yield* registeredModelsOf(db)
    },
    modelVersions: async function* (name) {
      yield* versionsOf(db, name)
    },
    artifacts: (location) =>
      localArtifacts(location, { base: dirname(file), ...(artifactRoot === undefined ? {} : { artifactRoot }) }),
    problems,
  }
}

function noteWorkspaces(db: MlflowDb, problems: CopyProblem[]): void {
  if (!db.has('experiments', 'workspace')) return
  for (const row of db.rows(
    "SELECT workspace, count(*) AS n FROM experiments WHERE workspace != 'default' GROUP BY 1",
  )) {
    const why = 'only the default workspace is taken'
    problems.push({ what: `${number(row['n'])} experiments of workspace ${text(row['workspace'])}`, why })
  }
}

function noteTraces(db: MlflowDb, problems: CopyProblem[]): void {
  if (!db.has('trace_info')) return
  const count = number(db.rows('SELECT count(*) AS n FROM trace_info')[0]?.['n']) ?? 0
  if (count > 0) problems.push({ what: `${count} traces`, why: 'traces are not taken' })
}
