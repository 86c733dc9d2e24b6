/** What is known of each window of a series, before windows are compared. */

/** A window as it is compared: it varies, it is one value throughout, or a value of it is not a finite number. */
export const ORDINARY = 0
/** See `ORDINARY`. */
export const CONSTANT = 1
/** See `ORDINARY`. */
export const INCOMPLETE = 2

/** Of the windows [i, i + length) of a series, i from 0 to windows - 1. */
export interface WindowStatistics {
  readonly length: number
  readonly windows: number
  /** The series in units of its largest magnitude, 0 where it is not finite; shape (n). */
  readonly series: Float64Array
  /** Shape (windows). */
  readonly means: Float64Array
  /** One over the root of the sum of squares about the mean; NaN where the window is not ordinary. Shape (windows). */
  readonly inverseNorms: Float64Array
  /** `ORDINARY`, `CONSTANT` or `INCOMPLETE`; shape (windows). */
  readonly kinds: Uint8Array
  /**
   * The sum of products about the means of windows i and j is that of i - 1 and j - 1 plus `halfSteps[i] * sums[j] +
   * halfSteps[j] * sums[i]`; both shape (windows), 0 at 0. Source: K. Kamgar, S. Gharghabi, E. Keogh (2019), Matrix
   * Profile XV, ICDM.
   */
  readonly halfSteps: Float64Array
  readonly sums: Float64Array
}

/** @param values - shape (n), n >= length; may hold what is not finite */
export function windowStatisticsOf(values: Float64Array, length: number): WindowStatistics {
  const windows = values.length - length + 1
  const series = scaled(values)
  const kinds = kindsOf(values, length, windows)
  const means = new Float64Array(windows)
  const inverseNorms = new Float64Array(windows).fill(Number.NaN)
  for (let i = 0; i < windows; i++) {
    const mean = meanOf(series, i, length)
    means[i] = mean
    if (kinds[i] === ORDINARY) inverseNorms[i] = inverseNormOf(series, i, length, mean)
    if (kinds[i] === ORDINARY && !Number.isFinite(inverseNorms[i])) {
      kinds[i] = CONSTANT // differences whose squares are nothing
      inverseNorms[i] = Number.NaN
    }
  }
  const halfSteps = new Float64Array(windows)
  const sums = new Float64Array(windows)
  for (let i = 1; i < windows; i++) {
    const [entering, leaving] = [series[i + length - 1] as number, series[i - 1] as number]
    halfSteps[i] = (entering - leaving) / 2
    sums[i] = entering - (means[i] as number) + (leaving - (means[i - 1] as number))
  }
  return { length, windows, series, means, inverseNorms, kinds, halfSteps, sums }
}

/** Mean of `length` values from `first` on. */
export function meanOf(values: Float64Array, first: number, length: number): number {
  let sum = 0
  for (let at = first; at < first + length; at++) sum += values[at] as number
  return sum / length
}

/** One over the root of the sum of squares about the mean; infinite where that is 0. */
export function inverseNormOf(values: Float64Array, first: number, length: number, mean: number): number {
  let squares = 0
  for (let at = first; at < first + length; at++) squares += ((values[at] as number) - mean) ** 2
  return 1 / Math.sqrt(squares)
}

function scaled(values: Float64Array): Float64Array {
  let largest = 0
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  return values.map((value) => (Number.isFinite(value) && largest > 0 ? value / largest : 0))
}

function kindsOf(values: Float64Array, length: number, windows: number): Uint8Array {
  const kinds = new Uint8Array(windows)
  let equal = 0 // values in a row, up to here, that are one
  let finite = 0
  for (let at = 0; at < values.length; at++) {
    equal = at > 0 && values[at] === values[at - 1] ? equal + 1 : 1
    finite = Number.isFinite(values[at]) ? finite + 1 : 0
    const first = at - length + 1
    if (first < 0) continue
    if (finite < length) kinds[first] = INCOMPLETE
    else if (equal >= length) kinds[first] = CONSTANT
  }
  return kinds
}
