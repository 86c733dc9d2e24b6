import type { DatasetInput } from '../../../domain/dataset-input.ts'
import type { MetricSummary } from '../../../domain/metric.ts'
import { isDeleted, notFound } from '../../../domain/refusals.ts'
import type { Run, RunStatus } from '../../../domain/run.ts'
import type { SqlRow, SqlValue } from '../driver.ts'
import { groupedRows, listedTexts, setOwn } from '../grouped-rows.ts'
import type { TrackingContext } from './tracking-context.ts'

/** The row of an id, also a deleted one's, or undefined. */
export function findRunRow({ database }: TrackingContext, id: string): SqlRow | undefined {
  return database.sql('SELECT * FROM run WHERE run_id = ?').get(id)
}

/** The row of an active run. @throws MlopsError `mlops/not-found`, `mlops/invalid-state` */
export function activeRunRow(context: TrackingContext, id: string): SqlRow {
  const row = findRunRow(context, id)
  if (row === undefined) throw notFound('run', id)
  if (row['stage'] !== 'active') throw isDeleted('run', id)
  return row
}

/** Runs with all their data, in the order of the rows: six queries however many runs there are. */
export function runsOf(context: TrackingContext, rows: ReadonlyArray<SqlRow>): ReadonlyArray<Run> {
  const { database, words } = context
  const ids = rows.map((row) => Number(row['id']))
  const keyOf = (key: number | string): string => words.textOf(Number(key))
  const params = listedTexts(database, 'param', 'run', ids, keyOf)
  const tags = listedTexts(database, 'tag', 'run', ids, keyOf)
  const metrics = summariesOf(context, ids)
  const datasets = groupedRows(database.sql(DATASETS), ids)
  const models = groupedRows(
    database.sql(`${selectOf('direction, model_id, step', 'run_model')} ORDER BY run, position`),
    ids,
  )
  return rows.map((row) => {
    const id = Number(row['id'])
    const linked = models.get(id) ?? []
    return {
      ...headOf(row),
      params: params.get(id) ?? {},
      metrics: metrics.get(id) ?? {},
      tags: tags.get(id) ?? {},
      datasetInputs: (datasets.get(id) ?? []).map(datasetOf),
      modelInputs: linked.filter((link) => link['direction'] === 'input').map(modelOf),
      modelOutputs: linked
        .filter((link) => link['direction'] === 'output')
        .map((link) => ({ ...modelOf(link), step: Number(link['step']) })),
    }
  })
}

const selectOf = (columns: string, table: string): string =>
  `SELECT run AS owner, ${columns} FROM ${table} WHERE run IN (SELECT value FROM json_each(?))`

const DATASETS = `
  SELECT l.run AS owner, d.name, d.digest, d.source_type, d.source, d.schema, d.profile, l.tags
  FROM run_dataset l JOIN dataset d ON d.id = l.dataset WHERE l.run IN (SELECT value FROM json_each(?))
  ORDER BY l.run, l.dataset`

function headOf(
  row: SqlRow,
): Omit<Run, 'params' | 'metrics' | 'tags' | 'datasetInputs' | 'modelInputs' | 'modelOutputs'> {
  return {
    id: String(row['run_id']),
    experimentId: String(row['experiment']),
    name: String(row['name']),
    userId: String(row['user_id']),
    status: String(row['status']) as RunStatus, // written from a RunStatus only
    startedAt: Number(row['started_at']),
    ...(row['ended_at'] === null ? {} : { endedAt: Number(row['ended_at']) }),
    lifecycleStage: row['stage'] === 'active' ? 'active' : 'deleted',
    artifactLocation: String(row['artifact_location']),
  }
}

function summariesOf(
  { database, words }: TrackingContext,
  ids: ReadonlyArray<number>,
): ReadonlyMap<number, Readonly<Record<string, MetricSummary>>> {
  const runs = new Map<number, Record<string, MetricSummary>>()
  const rows = database.sql(selectOf('key, value, is_nan, step, at, count, min, max', 'latest'))
  for (const row of rows.rows(JSON.stringify(ids))) {
    const [owner, key] = [Number(row[0]), words.textOf(Number(row[1]))]
    let run = runs.get(owner)
    if (run === undefined) runs.set(owner, (run = {}))
    setOwn(run, key, summaryOf(row))
  }
  return runs
}

function summaryOf([, , number, isNan, step, at, count, min, max]: ReadonlyArray<SqlValue>): MetricSummary {
  const value = isNan === 1 ? Number.NaN : Number(number)
  // No spread of what may be absent: this is done for every metric of every run of a page.
  if (min === null) return { value, step: Number(step), at: Number(at), count: Number(count) }
  return { value, step: Number(step), at: Number(at), min: Number(min), max: Number(max), count: Number(count) }
}

function datasetOf(row: SqlRow): DatasetInput {
  return {
    name: String(row['name']),
    digest: String(row['digest']),
    sourceType: String(row['source_type']),
    source: String(row['source']),
    ...(typeof row['schema'] === 'string' ? { schema: row['schema'] } : {}),
    ...(typeof row['profile'] === 'string' ? { profile: row['profile'] } : {}),
    tags: JSON.parse(String(row['tags'])),
  }
}

const modelOf = (row: SqlRow): { readonly modelId: string } => ({ modelId: String(row['model_id']) })
