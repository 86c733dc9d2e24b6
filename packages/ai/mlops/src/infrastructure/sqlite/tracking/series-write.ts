import type { MetricPoint } from '../../../domain/metric.ts'
import { notFound } from '../../../domain/refusals.ts'
import type { SqlRow } from '../driver.ts'
import { findLoggedModelRow } from './logged-model-rows.ts'
import { isCompacted, openSeriesFor } from './series-chunks.ts'
import { type StoredPoint, storedPointOf } from './stored-point.ts'
import type { TrackingContext } from './tracking-context.ts'

/** Adds points to series of a run, and to the logged models they name. Inside a write only. */
export function writePoints(context: TrackingContext, run: SqlRow, points: ReadonlyArray<MetricPoint>): void {
  const id = Number(run['id'])
  const compacted = isCompacted(context, id)
  const compacts = run['status'] !== 'RUNNING' && run['status'] !== 'SCHEDULED'
  for (const point of points) {
    const key = context.words.idOf(point.key)
    const stored = storedPointOf(point)
    if (compacted) openSeriesFor(context, id, key, stored)
    if (insertPoint(context, id, key, stored)) updateLatest(context, id, key, stored)
    if (point.modelId !== undefined) writeModelPoint(context, id, point.modelId, point, stored)
  }
  if (compacts)
    context.database
      .sql('UPDATE run SET compact_after = ? WHERE id = ?')
      .run(context.now() + context.compactAfterMs, id)
}

function insertPoint({ database }: TrackingContext, run: number, key: number, point: StoredPoint): boolean {
  return (
    database
      .sql('INSERT OR IGNORE INTO metric (run, key, at, step, value, is_nan) VALUES (?, ?, ?, ?, ?, ?)')
      .run(run, key, point.at, point.step, point.value, point.isNan).changes > 0
  )
}

function updateLatest({ database }: TrackingContext, run: number, key: number, point: StoredPoint): void {
  const extreme = point.isNan === 1 ? null : point.value
  database.sql(UPSERT_LATEST).run(run, key, point.value, point.isNan, point.step, point.at, extreme)
}

// min() and max() of two values answer NULL when one is: a series of NaN has no extremes until a number comes.
const IS_NEWER = '(excluded.step, excluded.at, excluded.value) > (step, at, value)'
const newer = (column: string): string => `${column} = iif(${IS_NEWER}, excluded.${column}, ${column})`
const UPSERT_LATEST = `
  INSERT INTO latest (run, key, value, is_nan, step, at, min, max, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, 1)
  ON CONFLICT (run, key) DO UPDATE SET
    ${['value', 'is_nan', 'step', 'at'].map(newer).join(', ')},
    min = coalesce(min(min, excluded.min), min, excluded.min),
    max = coalesce(max(max, excluded.max), max, excluded.max),
    count = count + 1`

function writeModelPoint(
  context: TrackingContext,
  run: number,
  modelId: string,
  { key, datasetName, datasetDigest }: MetricPoint,
  point: StoredPoint,
): void {
  const model = findLoggedModelRow(context, modelId)
  if (model === undefined) throw notFound('logged model', modelId)
  context.database
    .sql(
      `INSERT INTO logged_model_metric (model, key, dataset_name, dataset_digest, run, value, is_nan, step, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (model, key, dataset_name, dataset_digest, run) DO UPDATE SET
         value = excluded.value, is_nan = excluded.is_nan, step = excluded.step, at = excluded.at
       WHERE ${IS_NEWER}`,
    )
    .run(
      Number(model['id']),
      key,
      datasetName ?? '',
      datasetDigest ?? '',
      run,
      point.value,
      point.isNan,
      point.step,
      point.at,
    )
}
