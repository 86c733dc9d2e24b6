/** What is expected, how far off points usually are, and from where on they are too far off. */
import { median } from '../numeric/order-statistic.ts'
import { studentQuantile } from '../numeric/student-quantile.ts'
import type { SeriesScores } from './time-series-detector.ts'

const MAD_TO_SD = 1.4826 // makes the median absolute deviation of normal data estimate its standard deviation
const MEAN_TO_SD = Math.sqrt(Math.PI / 2) // the same for the mean absolute deviation
const ROUNDING = 1e-10 // of the largest magnitude: residuals below are made of rounding

/**
 * The spread of residuals about 0 as a standard deviation that a few wild ones do not move; by the mean where more than half
 * of them are 0.
 */
export function robustSpread(residuals: Float64Array): number {
  const off = residuals.map(Math.abs)
  const middle = median(off)
  if (middle > 0) return MAD_TO_SD * middle
  return MEAN_TO_SD * off.reduce((sum, value) => sum + value / off.length, 0)
}

/** What the band reaches up to: below this spread, all is rounding. @param values - the series */
export function leastSpread(values: Float64Array): number {
  let largest = 0
  for (const value of values) largest = Math.max(largest, Math.abs(value))
  return ROUNDING * largest
}

/** In how many spreads of normal residuals one of n is out with probability `alpha`. */
export function limitOf(points: number, alpha: number): number {
  return studentQuantile(alpha / (2 * points), 1e7)
}

/**
 * Scores are spreads from what was expected; the band ends where one of n normal residuals would be out by chance with
 * probability `alpha`.
 * @param spreads - one for all points, or one for each
 */
export function bandAround(
  values: Float64Array,
  expected: Float64Array,
  spreads: number | Float64Array,
  alpha: number,
): SeriesScores {
  const n = values.length
  const limit = limitOf(n, alpha)
  const least = leastSpread(values)
  const scores = new Float64Array(n)
  const lower = new Float64Array(n)
  const upper = new Float64Array(n)
  for (let t = 0; t < n; t++) {
    const spread = Math.max(least, typeof spreads === 'number' ? spreads : (spreads[t] as number))
    const middle = expected[t] as number
    const off = Math.abs((values[t] as number) - middle)
    scores[t] = off === 0 ? 0 : Math.min(Number.MAX_VALUE, off / spread)
    lower[t] = middle - limit * spread
    upper[t] = middle + limit * spread
  }
  return { scores, expected, lower, upper, limit }
}
