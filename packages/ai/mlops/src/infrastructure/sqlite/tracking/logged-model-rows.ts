import type { DatasetKey } from '../../../application/ports/logged-model-store.ts'
import type { LoggedModel, LoggedModelStatus } from '../../../domain/logged-model.ts'
import type { MetricPoint } from '../../../domain/metric.ts'
import type { SqlRow } from '../driver.ts'
import { groupedRows, listedTexts } from '../grouped-rows.ts'
import type { TrackingContext } from './tracking-context.ts'

/** The row of a logged model that is not deleted, or undefined. */
export function findLoggedModelRow({ database }: TrackingContext, id: string): SqlRow | undefined {
  return database.sql("SELECT * FROM logged_model WHERE model_id = ? AND stage = 'active'").get(id)
}

/** Logged models with all their data, in the order of the rows. */
export function loggedModelsOf(
  { database }: TrackingContext,
  rows: ReadonlyArray<SqlRow>,
  datasets: ReadonlyArray<DatasetKey> = [],
): ReadonlyArray<LoggedModel> {
  const ids = rows.map((row) => Number(row['id']))
  const params = listedTexts(database, 'logged_model_param', 'model', ids)
  const tags = listedTexts(database, 'logged_model_tag', 'model', ids)
  const metrics = groupedRows(database.sql(METRICS), ids)
  return rows.map((row) => ({
    id: String(row['model_id']),
    experimentId: String(row['experiment']),
    name: String(row['name']),
    ...(typeof row['model_type'] === 'string' ? { modelType: row['model_type'] } : {}),
    ...(typeof row['source_run_id'] === 'string' ? { sourceRunId: row['source_run_id'] } : {}),
    status: String(row['status']) as LoggedModelStatus, // written from a LoggedModelStatus only
    ...(typeof row['status_message'] === 'string' ? { statusMessage: row['status_message'] } : {}),
    artifactLocation: String(row['artifact_location']),
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    params: params.get(Number(row['id'])) ?? {},
    tags: tags.get(Number(row['id'])) ?? {},
    metrics: (metrics.get(Number(row['id'])) ?? []).filter((metric) => isOf(metric, datasets)).map(metricOf),
  }))
}

const METRICS = `
  SELECT m.model AS owner, m.*, r.run_id FROM logged_model_metric m JOIN run r ON r.id = m.run
  WHERE m.model IN (SELECT value FROM json_each(?)) ORDER BY m.model, m.key, m.dataset_name, m.dataset_digest, m.run`

function isOf(metric: SqlRow, datasets: ReadonlyArray<DatasetKey>): boolean {
  if (datasets.length === 0) return true
  return datasets.some(
    ({ name, digest }) =>
      metric['dataset_name'] === name && (digest === undefined || metric['dataset_digest'] === digest),
  )
}

function metricOf(row: SqlRow): MetricPoint & { readonly runId: string } {
  const [datasetName, datasetDigest] = [String(row['dataset_name']), String(row['dataset_digest'])]
  return {
    key: String(row['key']),
    value: row['is_nan'] === 1 ? Number.NaN : Number(row['value']),
    at: Number(row['at']),
    step: Number(row['step']),
    ...(datasetName === '' ? {} : { datasetName }),
    ...(datasetDigest === '' ? {} : { datasetDigest }),
    runId: String(row['run_id']),
  }
}
