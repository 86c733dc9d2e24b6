/**
 * Direct loss estimation: a second model learns from a labelled reference how wrong the first one is for which features and
 * prediction, and is then asked about rows without labels. Right where the relation of features to targets has not changed.
 * Source: NannyML 0.13, `direct_loss_estimation`. Departures: our own boosted trees in place of LightGBM, and categories encoded
 * by their mean loss in the reference in place of its splits over sets of categories; at most 20,000 rows, evenly spaced, are
 * learned from.
 */
import type { Column } from '../column.ts'
import { meanOf } from '../numeric/moments.ts'
import { type Boosting, fitBoosting, predictBoosting } from './gradient-boosting.ts'
import {
  lossOf,
  metricOf,
  type RegressionMetric,
  regressionError,
  type RowLoss,
  rowLosses,
} from './regression-metrics.ts'

const SMOOTHING = 10 // rows of the overall mean that each category is given
const MOST_ROWS = 20_000 // a few seconds; more rows hardly better the estimate of a mean

/** What was learned of one loss. */
interface LossModel {
  readonly boosting: Boosting
  /** Mean loss by category; undefined for a numeric column. */
  readonly encodings: ReadonlyArray<ReadonlyMap<string, number> | undefined>
  /** Of the reference: shape (rows), NaN where not defined. */
  readonly losses: Float64Array
}

/** What was learned from a labelled reference. */
export type Dle = ReadonlyMap<RowLoss, LossModel>

/** A metric as it can be expected. */
export interface RegressionEstimate {
  readonly metric: RegressionMetric
  /** >= 0; higher is worse. */
  readonly value: number
  readonly standardError: number
}

/**
 * @param features - columns of the model's features; rows >= 1
 * @param predictions - of the model, finite
 * @param targets - finite
 * @param metrics - a metric that is defined for no row is left out
 */
export function fitDle(
  features: ReadonlyArray<Column>,
  predictions: Float64Array,
  targets: Float64Array,
  metrics: ReadonlyArray<RegressionMetric>,
): Dle {
  const wanted = new Set(metrics.map((metric) => lossOf[metric].loss))
  const models = [...wanted].flatMap((loss): [RowLoss, LossModel][] => {
    const losses = rowLosses(loss, targets, predictions)
    const rows = evenly(Array.from(losses.keys()).filter((row) => !Number.isNaN(losses[row])))
    if (rows.length === 0) return []
    const known = Float64Array.from(rows, (row) => losses[row] as number)
    const encodings = features.map((column) => encodingOf(column, losses, meanOf(known)))
    const inputs = inputsOf(features, encodings, predictions).map((values) =>
      Float64Array.from(rows, (row) => values[row] as number),
    )
    return [[loss, { boosting: fitBoosting(inputs, known), encodings, losses }]]
  })
  return new Map(models)
}

/** The metrics that were learned, as they can be expected on rows without targets; rows >= 1. */
export function estimateLoss(
  fitted: Dle,
  features: ReadonlyArray<Column>,
  predictions: Float64Array,
  metrics: ReadonlyArray<RegressionMetric>,
): RegressionEstimate[] {
  const expected = new Map<RowLoss, Float64Array>()
  for (const [loss, { boosting, encodings }] of fitted) {
    const losses = predictBoosting(boosting, inputsOf(features, encodings, predictions))
    expected.set(
      loss,
      losses.map((value) => Math.max(0, value)),
    )
  }
  return metrics.flatMap((metric) => {
    const [losses, model] = [expected.get(lossOf[metric].loss), fitted.get(lossOf[metric].loss)]
    if (losses === undefined || model === undefined) return []
    const standardError = regressionError(metric, model.losses, predictions.length)
    return [{ metric, value: metricOf(metric, losses), standardError }]
  })
}

function evenly(rows: ReadonlyArray<number>): ReadonlyArray<number> {
  if (rows.length <= MOST_ROWS) return rows
  return Array.from({ length: MOST_ROWS }, (_, i) => rows[Math.floor((i * rows.length) / MOST_ROWS)] as number)
}

function encodingOf(column: Column, losses: Float64Array, mean: number): ReadonlyMap<string, number> | undefined {
  if (column.kind === 'numeric') return undefined
  const sums = new Map<string, { sum: number; rows: number }>()
  for (const [row, name] of column.values.entries()) {
    const loss = losses[row] as number
    if (name === null || Number.isNaN(loss)) continue
    const before = sums.get(name) ?? { sum: SMOOTHING * mean, rows: SMOOTHING }
    sums.set(name, { sum: before.sum + loss, rows: before.rows + 1 })
  }
  return new Map([...sums].map(([name, { sum, rows }]) => [name, sum / rows]))
}

// A category that is missing or was never seen is as unknown as a missing number.
function inputsOf(
  features: ReadonlyArray<Column>,
  encodings: LossModel['encodings'],
  predictions: Float64Array,
): Float64Array[] {
  const columns = features.map((column, i) => {
    if (column.kind === 'numeric') return column.values
    return Float64Array.from(column.values, (name) =>
      name === null ? Number.NaN : (encodings[i]?.get(name) ?? Number.NaN),
    )
  })
  return [...columns, predictions]
}
