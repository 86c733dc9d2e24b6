import { bandAround } from './residual-band.ts'
import { seasonalBaseline } from './seasonal-baseline.ts'

const ALPHA = 0.05

/**
 * The series with each point that lies outside the band of its seasonal medians brought to the band's end. Robust STL needs it: a
 * point far out weighs on the same phase of the cycles beside it, these lose their weight, too, and where all points of a
 * neighbourhood have none, the curve goes through the outlier.
 * @param values - shape (n), finite, at least two cycles; left as it is
 */
export function withoutOutliers(values: Float64Array, period: number): Float64Array {
  const { expected, spreads } = seasonalBaseline(values, { period })
  const { lower, upper } = bandAround(values, expected, spreads, ALPHA)
  if (lower === undefined || upper === undefined) return values
  return values.map((value, t) => Math.min(Math.max(value, lower[t] as number), upper[t] as number))
}
