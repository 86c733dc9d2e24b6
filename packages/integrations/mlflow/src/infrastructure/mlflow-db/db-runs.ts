import type { DatasetInput } from '../../domain/dataset-input.ts'
import type { LoggedModel } from '../../domain/logged-model.ts'
import type { Run, RunStatus } from '../../domain/run.ts'
import { number, pairs, pointOf, text } from './db-rows.ts'
import type { MlflowDb, Row } from './open-mlflow-db.ts'

const STATUSES: ReadonlyArray<string> = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']

/** A row of `runs` with all that belongs to it. */
export function runOf(db: MlflowDb, row: Row): Run {
  const id = text(row['run_uuid'])
  const tags = pairs(db, 'tags', { run_uuid: id })
  const endedAt = number(row['end_time'])
  const latest = db.rows('SELECT * FROM latest_metrics WHERE run_uuid = ? ORDER BY key', id).map(pointOf)
  const status = text(row['status'])
  return {
    id,
    experimentId: text(row['experiment_id']),
    name: text(row['name']) || (tags['mlflow.runName'] ?? ''),
    userId: text(row['user_id']),
    status: STATUSES.includes(status) ? (status as RunStatus) : 'FINISHED', // one of its words, as was just seen
    startedAt: number(row['start_time']) ?? 0,
    ...(endedAt === undefined ? {} : { endedAt }),
    lifecycleStage: text(row['lifecycle_stage']) === 'deleted' ? 'deleted' : 'active',
    artifactLocation: text(row['artifact_uri']),
    params: pairs(db, 'params', { run_uuid: id }),
    metrics: Object.fromEntries(latest.map(({ key, value, step, at }) => [key, { value, step, at }])),
    tags,
    datasetInputs: datasetsOf(db, id),
    modelInputs: links(db, id, "source_type IN ('RUN', 'RUN_INPUT') AND destination_type IN ('MODEL', 'MODEL_INPUT')"),
    modelOutputs: links(db, id, "source_type = 'RUN_OUTPUT' AND destination_type = 'MODEL_OUTPUT'"),
  }
}

function datasetsOf(db: MlflowDb, runId: string): ReadonlyArray<DatasetInput> {
  if (!db.has('inputs')) return []
  const sql =
    'SELECT i.input_uuid, d.* FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id ' +
    "WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' AND i.destination_id = ? ORDER BY d.name, d.digest"
  return db.rows(sql, runId).map((row) => ({
    name: text(row['name']),
    digest: text(row['digest']),
    sourceType: text(row['dataset_source_type']),
    source: text(row['dataset_source']),
    ...(row['dataset_schema'] === null ? {} : { schema: text(row['dataset_schema']) }),
    ...(row['dataset_profile'] === null ? {} : { profile: text(row['dataset_profile']) }),
    tags: pairs(db, 'input_tags', { input_uuid: text(row['input_uuid']) }, { key: 'name', value: 'value' }),
  }))
}

function links(
  db: MlflowDb,
  runId: string,
  kind: string,
): ReadonlyArray<{ readonly modelId: string; readonly step: number }> {
  if (!db.has('inputs', 'step')) return []
  return db
    .rows(`SELECT destination_id, step FROM inputs WHERE source_id = ? AND ${kind} ORDER BY 1`, runId)
    .map((row) => ({ modelId: text(row['destination_id']), step: number(row['step']) ?? 0 }))
}

const MODEL_STATUSES = ['PENDING', 'READY', 'UPLOAD_FAILED'] as const

/** A row of `logged_models` with all that belongs to it. */
export function loggedModelOf(db: MlflowDb, row: Row): LoggedModel {
  const id = text(row['model_id'])
  const [modelType, runId, message] = ['model_type', 'source_run_id', 'status_message'].map((name) => text(row[name]))
  return {
    id,
    experimentId: text(row['experiment_id']),
    name: text(row['name']),
    ...(modelType ? { modelType } : {}),
    ...(runId ? { sourceRunId: runId } : {}),
    status: MODEL_STATUSES[(number(row['status']) ?? 1) - 1] ?? 'PENDING',
    ...(message ? { statusMessage: message } : {}),
    artifactLocation: text(row['artifact_location']),
    createdAt: number(row['creation_timestamp_ms']) ?? 0,
    updatedAt: number(row['last_updated_timestamp_ms']) ?? 0,
    params: pairs(db, 'logged_model_params', { model_id: id }, { key: 'param_key', value: 'param_value' }),
    tags: pairs(db, 'logged_model_tags', { model_id: id }, { key: 'tag_key', value: 'tag_value' }),
    metrics: db
      .rows('SELECT * FROM logged_model_metrics WHERE model_id = ? ORDER BY metric_name, metric_timestamp_ms', id)
      .map((metric) => ({
        key: text(metric['metric_name']),
        value: number(metric['metric_value']) ?? Number.NaN,
        at: number(metric['metric_timestamp_ms']) ?? 0,
        step: number(metric['metric_step']) ?? 0,
        runId: text(metric['run_id']),
        ...(metric['dataset_name'] === null ? {} : { datasetName: text(metric['dataset_name']) }),
        ...(metric['dataset_digest'] === null ? {} : { datasetDigest: text(metric['dataset_digest']) }),
      })),
  }
}
