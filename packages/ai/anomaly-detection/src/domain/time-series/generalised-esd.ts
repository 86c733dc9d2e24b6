/**
 * Several outliers in one sample, that do not hide each other.
 * Sources: B. Rosner (1983), Percentage Points for a Generalized ESD Many-Outlier Procedure, Technometrics 25(2); J.
 * Hochenbaum, O. Vallis, A. Kejariwal (2017), Automatic Anomaly Detection in the Cloud via Statistical Learning (`hybrid`).
 */
import { AnomalyDetectionError } from '../errors.ts'
import { argsort } from '../numeric/argsort.ts'
import { studentQuantile } from '../numeric/student-quantile.ts'
import { type CentralMoments, momentsOf } from '../univariate/central-moments.ts'
import { inUnitsOf } from '../univariate/column-spans.ts'

const MAD_TO_SD = 1.4826

/** How many outliers are looked for, and how sure one wants to be. */
export interface GeneralisedEsdOptions {
  /** The most outliers, 1 to n - 2; more are cut to that. */
  readonly maxOutliers: number
  /** The chance of a false alarm on normal data, in (0, 1). */
  readonly alpha: number
  /** Median and scaled median absolute deviation in place of mean and standard deviation. */
  readonly hybrid: boolean
}

/** A step of the test takes off the value farthest from the centre of what remains. */
export interface GeneralisedEsd {
  /** Distance of each value taken off from the centre, in units of the scale of what remained; shape (steps). */
  readonly statistics: Float64Array
  /** What each is compared with; shape (steps). */
  readonly critical: Float64Array
  /** Indices in the order they were taken off; shape (steps). */
  readonly removed: Int32Array
  /** The first of these, up to the last one above its critical value. */
  readonly outliers: Int32Array
  /** Centre and scale of what is left without the outliers. */
  readonly centre: number
  readonly scale: number
}

/**
 * O(n log n + steps log n).
 * @param values - shape (n), finite
 * @throws AnomalyDetectionError `series-too-short` below three values; `invalid-parameters`
 */
export function generalisedEsd(
  values: Float64Array,
  { maxOutliers, alpha, hybrid }: GeneralisedEsdOptions,
): GeneralisedEsd {
  const n = values.length
  check(n, maxOutliers, alpha)
  const order = orderOf(values)
  const sorted = Float64Array.from(order, (index) => values[index] as number)
  const steps = Math.min(maxOutliers, n - 2)
  const statistics = new Float64Array(steps)
  const critical = new Float64Array(steps)
  const removed = new Int32Array(steps)
  const middleOf = hybrid ? medianAndMad : runningMoments()
  let [low, high, count] = [0, n - 1, 0]
  let kept = middleOf(sorted, low, high)
  let middle = kept
  for (let step = 0; step < steps; step++) {
    const below = middle.centre - (sorted[low] as number)
    const above = (sorted[high] as number) - middle.centre
    const isLow = below > above || (below === above && (order[low] as number) < (order[high] as number))
    statistics[step] = inUnitsOf(middle.scale, Math.max(below, above))
    critical[step] = criticalValue(n, step, alpha)
    removed[step] = order[isLow ? low++ : high--] as number
    middle = middleOf(sorted, low, high)
    if ((statistics[step] as number) <= (critical[step] as number)) continue
    count = step + 1
    kept = middle
  }
  return { statistics, critical, removed, outliers: removed.slice(0, count), ...kept }
}

/** What the statistic of a step, counted from 0, is compared with. @param n - values at the start */
function criticalValue(n: number, step: number, alpha: number): number {
  const left = n - step // values that remain at this step
  const t = studentQuantile(alpha / (2 * left), left - 2)
  return ((left - 1) * t) / Math.sqrt((left - 2 + t * t) * left)
}

interface Middle {
  readonly centre: number
  readonly scale: number
}

function check(n: number, maxOutliers: number, alpha: number): void {
  if (n < 3) {
    throw new AnomalyDetectionError(
      'anomaly-detection/series-too-short',
      `${n} values are too few for the generalised ESD test: it needs 3`,
      { points: n, needed: 3 },
    )
  }
  if (Number.isInteger(maxOutliers) && maxOutliers >= 1 && alpha > 0 && alpha < 1) return
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-parameters',
    `the generalised ESD test takes a whole number of outliers from 1 (${maxOutliers}) and an alpha in (0, 1) (${alpha})`,
    { maxOutliers, alpha },
  )
}

// Ascending; among equals the one that comes first in the series is farthest out at either end, so it is taken first.
function orderOf(values: Float64Array): Uint32Array {
  const order = argsort(values).slice()
  const n = order.length
  for (let start = n >> 1; start < n;) {
    let end = start + 1
    while (end < n && values[order[end] as number] === values[order[start] as number]) end++
    order.subarray(start, end).reverse()
    start = end
  }
  return order
}

// Mean and deviation of runs that lose a value at an end each time: by difference, or anew where that would lose digits.
function runningMoments(): (sorted: Float64Array, low: number, high: number) => Middle {
  let [first, last] = [-1, -1]
  let moments: CentralMoments = { mean: 0, squares: 0 }
  return (sorted, low, high) => {
    const count = high - low + 1
    const left = low > first ? sorted[first] : sorted[last]
    const isNext = first !== -1 && low - first + (last - high) === 1
    const next = isNext && left !== undefined ? without(moments, left, count) : undefined
    moments = next === undefined || next.squares < moments.squares / 2 ? momentsOf(sorted, low, high + 1) : next
    ;[first, last] = [low, high]
    return { centre: moments.mean, scale: Math.sqrt(moments.squares / Math.max(1, count - 1)) }
  }
}

function without({ mean, squares }: CentralMoments, value: number, count: number): CentralMoments {
  const rest = mean - (value - mean) / count
  return { mean: rest, squares: squares - (value - mean) * (value - rest) }
}

function medianAndMad(sorted: Float64Array, low: number, high: number): Middle {
  const count = high - low + 1
  const middle = low + ((count - 1) >> 1)
  const centre = ((sorted[middle] as number) + (sorted[low + (count >> 1)] as number)) / 2
  const upper = distanceAt(sorted, low, high, middle, centre, count >> 1)
  if (count % 2 === 1) return { centre, scale: MAD_TO_SD * upper }
  return { centre, scale: (MAD_TO_SD * (distanceAt(sorted, low, high, middle, centre, (count >> 1) - 1) + upper)) / 2 }
}

// The distances from the centre ascend on both sides of it: the one of a rank among both runs, by bisection.
function distanceAt(
  sorted: Float64Array,
  low: number,
  high: number,
  middle: number,
  centre: number,
  rank: number,
): number {
  const below = (at: number): number => centre - (sorted[middle - at] as number)
  const above = (at: number): number => (sorted[middle + 1 + at] as number) - centre
  let from = Math.max(0, rank + 1 - (high - middle))
  let to = Math.min(rank + 1, middle - low + 1)
  while (from < to) {
    const taken = (from + to) >> 1 // of those below; the others come from above
    if (below(taken) < above(rank - taken)) from = taken + 1
    else to = taken
  }
  const left = from > 0 ? below(from - 1) : -Infinity
  const right = from <= rank ? above(rank - from) : -Infinity
  return Math.max(left, right)
}
