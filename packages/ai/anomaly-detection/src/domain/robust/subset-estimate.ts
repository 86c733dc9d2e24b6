import { choleskyOf, logDeterminantOf, lowerInverseOf } from '../linear-algebra/cholesky.ts'
import { covarianceOf } from '../linear-algebra/covariance.ts'
import type { Matrix } from '../matrix.ts'

/** Center and scatter of some rows. */
export interface Estimate {
  /** Shape (d). */
  readonly center: Float64Array
  /** W with W' W the inverse of the covariance, a lower triangle: row-major, shape (d, d). */
  readonly whitening: Float64Array
  /** ln det of the covariance. */
  readonly logDeterminant: number
  /** Whether the rows lie in a subspace, so that their covariance had to be raised to have an inverse. */
  readonly singular: boolean
}

// In standardized columns, a direction with less variance than that (beside what other columns explain) has none.
const LEAST_VARIANCE = 1e-12
const RIDGE = 1e-6 // the variance that it is given: as small as may be without drowning all other distances

/**
 * The mean and the population covariance of some rows. Where these lie in a subspace, 1e-6 is added to the variances, so that
 * rows off that subspace are far away and rows in it hardly nearer than they are.
 *
 * @param x - columns of standard deviation near 1
 * @param rows - which; at least one
 * @param centered - take the center to be 0
 */
export function estimateOf(x: Matrix, rows: Int32Array, centered: boolean, signal?: AbortSignal): Estimate {
  const { data, columns } = x
  const center = new Float64Array(columns)
  if (!centered) {
    for (const row of rows) {
      for (let column = 0, at = row * columns; column < columns; column++, at++) {
        center[column] = (center[column] ?? 0) + (data[at] ?? 0)
      }
    }
    for (let column = 0; column < columns; column++) center[column] = (center[column] ?? 0) / rows.length
  }
  const fill = (first: number, last: number, block: Float64Array, stride: number): void => {
    for (let i = first; i < last; i++) {
      let at = (rows[i] ?? 0) * columns
      for (let column = 0, to = i - first; column < columns; column++, at++, to += stride) {
        block[to] = (data[at] ?? 0) - (center[column] ?? 0)
      }
    }
  }
  const covariance = covarianceOf(rows.length, columns, fill, signal)
  return { center, ...invertible(covariance, columns) }
}

function invertible(covariance: Float64Array, columns: number): Omit<Estimate, 'center'> {
  for (let ridge = 0; ; ridge = ridge === 0 ? RIDGE : ridge * 10) {
    const raised = covariance.map((value, at) => (at % (columns + 1) === 0 ? value + ridge : value))
    const lower = choleskyOf(raised, columns)
    if (lower === undefined || (ridge === 0 && !hasVariance(lower, columns))) continue
    return {
      whitening: lowerInverseOf(lower, columns),
      logDeterminant: logDeterminantOf(lower, columns),
      singular: ridge > 0,
    }
  }
}

function hasVariance(lower: Float64Array, columns: number): boolean {
  for (let at = 0; at < lower.length; at += columns + 1) if ((lower[at] ?? 0) ** 2 < LEAST_VARIANCE) return false
  return true
}
