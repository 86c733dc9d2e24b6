/** What it costs to take a stretch of a series for one piece. */
import { AnomalyDetectionError } from '../../errors.ts'

/** What may change from piece to piece: the mean, or the mean and the variance. */
export type ChangeKind = 'mean' | 'mean-and-variance'

/** The cost of [from, to), of at least `least` points. The cost of two parts is never above that of the whole. */
export interface SegmentCost {
  readonly points: number
  readonly least: number
  readonly of: (from: number, to: number) => number
}

const LEAST_VARIANCE = 1e-12 // of that of the series: a constant stretch would cost minus infinity

/**
 * `mean`: sum of squared distances from the mean. `mean-and-variance`: twice the negative logarithm of the largest likelihood of
 * a normal distribution, up to a constant: n ln(variance). O(1) a cost, after O(n).
 * @param values - shape (n), finite
 */
export function segmentCost(values: Float64Array, kind: ChangeKind): SegmentCost {
  const n = values.length
  const centre = values.reduce((sum, value) => sum + value / n, 0)
  const sums = new Float64Array(n + 1)
  const squares = new Float64Array(n + 1)
  for (let t = 0; t < n; t++) {
    const off = (values[t] as number) - centre // near the mean, differences of sums keep their digits
    sums[t + 1] = (sums[t] as number) + off
    squares[t + 1] = (squares[t] as number) + off * off
  }
  const spreadOf = (from: number, to: number): number => {
    const sum = (sums[to] as number) - (sums[from] as number)
    return Math.max(0, (squares[to] as number) - (squares[from] as number) - (sum * sum) / (to - from))
  }
  if (kind === 'mean') return { points: n, least: 1, of: spreadOf }
  const floor = Math.max(Number.MIN_VALUE, LEAST_VARIANCE * (spreadOf(0, n) / n))
  return {
    points: n,
    least: 2,
    of: (from, to) => (to - from) * Math.log(Math.max(floor, spreadOf(from, to) / (to - from))),
  }
}

/** How long a piece is at least, and what a change must save. */
export interface SegmentationOptions {
  /** Points of a piece at the least; default 2. */
  readonly least?: number | undefined
  /** What each change costs, > 0, in the unit of the costs; default 3 ln(n) of it, see `defaultPenalty`. */
  readonly penalty?: number | undefined
}

/** @throws AnomalyDetectionError `invalid-parameters` */
export function checkSegmentation({ least = 2, penalty = 1 }: SegmentationOptions): void {
  if (Number.isInteger(least) && least >= 1 && penalty > 0) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-parameters',
    `pieces have a whole number of points from 1 (${least}), and a change costs more than 0 (${penalty})`,
    { least, penalty },
  )
}
