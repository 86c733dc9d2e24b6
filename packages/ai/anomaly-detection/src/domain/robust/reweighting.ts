import { whitenedSquaresOf } from '../linear-algebra/whitened-squares.ts'
import type { Matrix } from '../matrix.ts'
import { chiSquaredCdf, chiSquaredQuantile } from '../numeric/chi-squared.ts'
import { median } from '../numeric/order-statistic.ts'
import { type Estimate, estimateOf } from './subset-estimate.ts'

const CUT = 0.975 // of the chi-squared distribution: rows farther out do not count

/**
 * How the covariance of the tightest rows is blown up to that of normal data: so that the median distance is what it should
 * be, or by the factor that normal data would need.
 */
export type Consistency = 'median' | 'asymptotic'

/**
 * The estimate from all rows that the raw one does not find too far out.
 * Source: P. Rousseeuw, K. Van Driessen (1999), section 2 (`median`); C. Croux, G. Haesbroeck (1999), Influence function and
 * efficiency of the minimum covariance determinant scatter matrix estimator, equation 4.2 (`asymptotic`).
 *
 * @param h - rows that `raw` rests on
 * @returns the estimate, and what squared distances under it are to be divided by
 */
export function reweighted(
  x: Matrix,
  raw: Estimate,
  h: number,
  centered: boolean,
  consistency: Consistency,
  signal?: AbortSignal,
): { readonly estimate: Estimate; readonly factor: number } {
  const { columns } = x
  const ones = new Float64Array(columns).fill(1)
  const squares = whitenedSquaresOf(x, ones, raw.center, raw.whitening, signal)
  const correction =
    consistency === 'median' ? median(squares) / chiSquaredQuantile(0.5, columns) : asymptotic(h / x.rows, columns)
  const limit = correction * chiSquaredQuantile(CUT, columns)
  const counted = Int32Array.from(squares.keys()).filter((row) => (squares[row] ?? 0) < limit)
  // More than half of the rows alike: no distance to measure the others by.
  const rows = counted.length > 0 ? counted : Int32Array.from(squares.keys()).filter((row) => squares[row] === 0)
  const estimate = rows.length > 0 ? estimateOf(x, rows, centered, signal) : raw
  return { estimate, factor: consistency === 'median' ? 1 : asymptotic(CUT, columns) }
}

function asymptotic(share: number, columns: number): number {
  return share >= 1 ? 1 : share / chiSquaredCdf(chiSquaredQuantile(share, columns), columns + 2)
}
