import { choleskyOf, logDeterminantOf, lowerInverseOf } from '../linear-algebra/cholesky.ts'
import { covarianceOf } from '../linear-algebra/covariance.ts'
import type { Matrix } from '../matrix.ts'

/** A covariance as what turns it to the identity. */
export interface Whitening {
  /** W with W' W the inverse of the covariance: row-major, shape (d, d), or its diagonal, shape (d). */
  readonly matrix: Float64Array
  /** ln det of the covariance. */
  readonly logDeterminant: number
}

/**
 * Weighted covariance of the rows around a center, times the sum of the weights; row-major, shape (d, d).
 * @param weights - shape (n), >= 0; all 1 where left out
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function scatterOf(
  { data, rows, columns }: Matrix,
  center: Float64Array,
  weights: Float64Array | undefined,
  signal?: AbortSignal,
): Float64Array {
  const fill = (first: number, last: number, block: Float64Array, stride: number): void => {
    for (let row = first, at = first * columns; row < last; row++) {
      const root = weights === undefined ? 1 : Math.sqrt(weights[row] ?? 0)
      for (let column = 0, to = row - first; column < columns; column++, at++, to += stride) {
        block[to] = ((data[at] ?? 0) - (center[column] ?? 0)) * root
      }
    }
  }
  return covarianceOf(rows, columns, fill, signal).map((value) => value * rows)
}

/** As the diagonal of `scatterOf`; shape (d). */
export function spreadsOf({ data, rows, columns }: Matrix, center: Float64Array, weights: Float64Array): Float64Array {
  const spreads = new Float64Array(columns)
  for (let row = 0, at = 0; row < rows; row++) {
    const weight = weights[row] ?? 0
    for (let column = 0; column < columns; column++, at++) {
      const off = (data[at] ?? 0) - (center[column] ?? 0)
      spreads[column] = (spreads[column] ?? 0) + weight * off * off
    }
  }
  return spreads
}

/** A diagonal covariance's. @param variances - shape (d), > 0 */
export function diagonalWhitening(variances: Float64Array): Whitening {
  return {
    matrix: variances.map((variance) => 1 / Math.sqrt(variance)),
    logDeterminant: variances.reduce((sum, variance) => sum + Math.log(variance), 0),
  }
}

/**
 * A full covariance's. Where rounding left it without an inverse, as with columns that repeat each other, its diagonal is
 * raised by the least of 1e-15, 1e-14, ... times itself that gives it one.
 * @param covariance - row-major, shape (d, d), its diagonal > 0
 */
export function fullWhitening(covariance: Float64Array, columns: number): Whitening {
  for (let share = 0; ; share = share === 0 ? 1e-15 : share * 10) {
    const raised = covariance.map((value, at) => (at % (columns + 1) === 0 ? value * (1 + share) : value))
    const lower = choleskyOf(raised, columns)
    if (lower === undefined) continue
    return { matrix: lowerInverseOf(lower, columns), logDeterminant: logDeterminantOf(lower, columns) }
  }
}
