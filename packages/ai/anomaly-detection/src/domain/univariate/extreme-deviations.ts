/**
 * The extreme studentized deviates of a column, taken off one after another.
 * Source: B. Rosner (1983), Percentage Points for a Generalized ESD Many-Outlier Procedure, Technometrics 25, equation
 * 2.5.
 */
import { momentsOf, type CentralMoments } from './central-moments.ts'
import { inUnitsOf, type Span } from './column-spans.ts'

/** What was taken off a sorted column, and what is left. */
export interface ExtremeDeviations {
  /** The test statistic of each value in sorted order, see `gesd`; shape (n). */
  readonly statistics: Float64Array
  /** Mean and standard deviation of the values that were kept. */
  readonly kept: Span
}

/**
 * @param sorted - shape (n), ascending, n >= 1; squares of differences must be finite
 * @param most - values to take off, 0 to n - 1
 */
export function extremeDeviationsOf(sorted: Float64Array, most: number): ExtremeDeviations {
  const n = sorted.length
  const statistics = new Float64Array(n)
  const taken = new Int32Array(most)
  let low = 0
  let high = n - 1
  let moments = momentsOf(sorted, 0, n)
  for (let step = 0; step < most; step++) {
    const below = moments.mean - (sorted[low] as number)
    const above = (sorted[high] as number) - moments.mean
    const at = above >= below ? high-- : low++
    taken[step] = at
    statistics[at] = inUnitsOf(deviationOf(moments, n - step), Math.max(above, below))
    moments = without(moments, sorted, at, low, high)
  }
  const scale = deviationOf(moments, n - most)
  let largest = 0
  for (let at = low; at <= high; at++) {
    const statistic = inUnitsOf(scale, Math.abs((sorted[at] as number) - moments.mean))
    statistics[at] = statistic
    if (statistic > largest) largest = statistic
  }
  unmask(statistics, taken, largest)
  shareAmongEquals(sorted, statistics)
  return { statistics, kept: { low: moments.mean, high: moments.mean, scale } }
}

function deviationOf({ squares }: CentralMoments, count: number): number {
  return Math.sqrt(squares / Math.max(1, count - 1))
}

/** Moments of [low, high] after `at` has left: by difference, or anew where that would lose digits. */
function without(moments: CentralMoments, sorted: Float64Array, at: number, low: number, high: number): CentralMoments {
  const count = high - low + 1
  const value = sorted[at] as number
  const mean = moments.mean - (value - moments.mean) / count
  const squares = moments.squares - (value - moments.mean) * (value - mean)
  return squares > moments.squares / 2 ? { mean, squares } : momentsOf(sorted, low, high + 1)
}

// A value is an outlier where any test from its own step on says so: several outliers hide each other at first.
function unmask(statistics: Float64Array, taken: Int32Array, largestKept: number): void {
  let largest = largestKept
  for (let step = taken.length - 1; step >= 0; step--) {
    const at = taken[step] as number
    largest = Math.max(largest, statistics[at] as number)
    statistics[at] = largest
  }
}

// Of equal values one is taken off first; the others are no less extreme.
function shareAmongEquals(sorted: Float64Array, statistics: Float64Array): void {
  const last = sorted.length - 1
  for (let at = last - 1; at >= 0; at--) if (sorted[at] === sorted[at + 1]) raise(statistics, at, at + 1)
  for (let at = 1; at <= last; at++) if (sorted[at] === sorted[at - 1]) raise(statistics, at, at - 1)
}

function raise(statistics: Float64Array, at: number, to: number): void {
  statistics[at] = Math.max(statistics[at] as number, statistics[to] as number)
}
