/** What is expected, how far off points usually are, and from where on they are too far off. */
import { median, quantile } from '../numeric/order-statistic.ts'
import { studentQuantile } from '../numeric/student-quantile.ts'
import type { SeriesScores } from './time-series-detector.ts'

const MAD_TO_SD = 1.4826 // makes the median absolute deviation of normal data estimate its standard deviation
const MEAN_TO_SD = Math.sqrt(Math.PI / 2) // the same for the mean absolute deviation
const NORMAL_TENTH = 1.6448536269514722 // standard deviations that a tenth of normal residuals exceeds, either way
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
 * probability `alpha`. Where a tenth of the points is farther off than a tenth of normal residuals would be, all spreads are
 * widened to that: tails are heavier than normal, or most points are one value.
 * @param spreads - one for each point, or one for all
 */
export function bandAround(
  values: Float64Array,
  expected: Float64Array,
  spreads: number | Float64Array,
  alpha: number,
): SeriesScores {
  const least = leastSpread(values)
  const spreadAt = (t: number): number =>
    Math.max(least, typeof spreads === 'number' ? spreads : (spreads[t] as number))
  const offs = values.map((value, t) => Math.abs(value - (expected[t] as number)))
  const plain = offs.map((off, t) => (off === 0 ? 0 : Math.min(Number.MAX_VALUE, off / spreadAt(t))))
  const widened = Math.max(1, quantile(plain, 0.9) / NORMAL_TENTH)
  const limit = limitOf(values.length, alpha)
  const reach = limit * widened
  return {
    scores: plain.map((score) => score / widened),
    expected,
    lower: expected.map((middle, t) => middle - reach * spreadAt(t)),
    upper: expected.map((middle, t) => middle + reach * spreadAt(t)),
    limit,
  }
}
