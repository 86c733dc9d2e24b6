import { checkedLimit } from '../../../domain/checks/text.ts'
import { limits } from '../../../domain/limits.ts'
import type { MetricPoint } from '../../../domain/metric.ts'
import type { Page } from '../../../domain/page.ts'
import { notFound } from '../../../domain/refusals.ts'
import { encodePageToken, parsePageToken } from '../search/page-token.ts'
import { findRunRow } from './run-rows.ts'
import { readChunks, storedOf } from './series-chunks.ts'
import { type StoredPoint, comparePoints, metricPointOf } from './stored-point.ts'
import type { TrackingContext } from './tracking-context.ts'

const BEFORE_ALL: StoredPoint = { at: -1, step: 0, value: 0, isNan: 0 }

/** One page of a series. @throws MlopsError `mlops/not-found` for the run, `mlops/invalid-argument` */
export function readHistory(
  context: TrackingContext,
  runId: string,
  key: string,
  { limit, pageToken }: { readonly limit?: number; readonly pageToken?: string } = {},
): Page<MetricPoint> {
  const run = findRunRow(context, runId)
  if (run === undefined) throw notFound('run', runId)
  const size = checkedLimit(limit, limits.historyPage, limits.historyPage)
  const query = ['history', runId, key]
  const after = pageToken === undefined ? BEFORE_ALL : pointOfToken(parsePageToken(pageToken, query))
  const word = context.words.find(key)
  if (word === undefined) return { items: [] }
  const points = pointsAfter(context, Number(run['id']), word, after, size + 1)
  const items = points.slice(0, size).map((point) => metricPointOf(key, point))
  const last = points[size - 1]
  if (points.length <= size || last === undefined) return { items }
  return { items, next: encodePageToken(query, [last.at, last.step, last.value, last.isNan]) }
}

function pointsAfter(
  context: TrackingContext,
  run: number,
  key: number,
  after: StoredPoint,
  most: number,
): ReadonlyArray<StoredPoint> {
  const points: StoredPoint[] = []
  for (const point of readChunks(context, run, key, after.at)) {
    if (comparePoints(point, after) > 0) points.push(point)
    if (points.length === most) return points
  }
  const rows = context.database
    .sql(
      `SELECT at, step, value, is_nan FROM metric
       WHERE run = ? AND key = ? AND (at, step, value, is_nan) > (?, ?, ?, ?) ORDER BY at, step, value, is_nan LIMIT ?`,
    )
    .rows(run, key, after.at, after.step, after.value, after.isNan, most - points.length)
  for (const row of rows) points.push(storedOf(row))
  return points
}

function pointOfToken([at, step, value, isNan]: ReadonlyArray<number | string | null>): StoredPoint {
  return { at: Number(at), step: Number(step), value: Number(value), isNan: isNan === 1 ? 1 : 0 }
}
