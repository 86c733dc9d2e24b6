import { deviationOf, meanOf } from '../numeric/moments.ts'

/** A number that says how wrong a regressor is: >= 0, lower is better; the names are NannyML's and scikit-learn's. */
export type RegressionMetric = 'mae' | 'mape' | 'mse' | 'msle' | 'rmse' | 'rmsle'

/** Loss of a single row. `ape` is relative to the target, `sle` compares ln(1 + x). */
export type RowLoss = 'ae' | 'ape' | 'se' | 'sle'

/** All, in a fixed order. */
export const regressionMetrics: ReadonlyArray<RegressionMetric> = ['mae', 'mape', 'mse', 'msle', 'rmse', 'rmsle']

/** What a metric is the mean of, and whether the root is taken of it. */
export const lossOf: Readonly<Record<RegressionMetric, { readonly loss: RowLoss; readonly isRoot: boolean }>> = {
  mae: { loss: 'ae', isRoot: false },
  mape: { loss: 'ape', isRoot: false },
  mse: { loss: 'se', isRoot: false },
  msle: { loss: 'sle', isRoot: false },
  rmse: { loss: 'se', isRoot: true },
  rmsle: { loss: 'sle', isRoot: true },
}

/**
 * The loss of each row.
 * @returns shape (rows); NaN where it is not defined: a target of 0 for `ape`, a value of -1 or less for `sle`
 */
export function rowLosses(loss: RowLoss, targets: Float64Array, predictions: Float64Array): Float64Array {
  return targets.map((target, i) => oneLoss(loss, target, predictions[i] as number))
}

/** A metric from the losses of rows; NaN without any. Losses that are not defined are left out. */
export function metricOf(metric: RegressionMetric, losses: Float64Array): number {
  const mean = meanOf(losses.filter((loss) => !Number.isNaN(loss)))
  return lossOf[metric].isRoot ? Math.sqrt(mean) : mean
}

/**
 * Standard error of a metric on so many rows, from the losses of the reference: of the mean, or by the delta method of its root.
 * Source: NannyML 0.13, `sampling_error/regression.py`.
 */
export function regressionError(metric: RegressionMetric, reference: Float64Array, rows: number): number {
  const losses = reference.filter((loss) => !Number.isNaN(loss))
  const deviation = deviationOf(losses)
  if (!lossOf[metric].isRoot) return deviation / Math.sqrt(rows)
  const mean = meanOf(losses)
  return mean === 0 ? 0 : deviation / Math.sqrt(4 * rows * mean)
}

function oneLoss(loss: RowLoss, target: number, prediction: number): number {
  switch (loss) {
    case 'ae':
      return Math.abs(target - prediction)
    case 'ape':
      return target === 0 ? Number.NaN : Math.abs((target - prediction) / target)
    case 'se':
      return (target - prediction) ** 2
    case 'sle':
      return target <= -1 || prediction <= -1 ? Number.NaN : (Math.log1p(target) - Math.log1p(prediction)) ** 2
  }
}
