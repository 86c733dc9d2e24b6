/**
 * For each window of a series, how far the most similar other window is, and which that is.
 * Sources: C.-C. M. Yeh et al. (2016), Matrix Profile I, ICDM; Y. Zhu et al. (2016), Matrix Profile II, ICDM (diagonals); Y. Lu
 * et al. (2022), Matrix Profile XXIV (DAMP), KDD (the left profile as an anomaly score).
 */
import { throwIfCancelled } from '../../cancellation.ts'
import { AnomalyDetectionError } from '../../errors.ts'
import { tooShort } from '../check-series.ts'
import { type BestCorrelations, profileSweepFor } from './profile-sweep.ts'
import { CONSTANT, ORDINARY, windowStatisticsOf, type WindowStatistics } from './window-statistics.ts'

const ROWS = 4096 // sums are made anew after so many rows, so that rounding does not add up

/** Distances of the windows [i, i + length) to the most similar ones; shape (n - length + 1) each. */
export interface MatrixProfile {
  readonly length: number
  /** Windows whose beginnings lie at most so far apart are not compared: they are nearly one. */
  readonly exclusion: number
  /** In [0, 2 sqrt(length)], high is abnormal; NaN where there is none to compare with. */
  readonly distances: Float64Array
  /** The beginning of the most similar window; -1 where there is none. */
  readonly nearest: Int32Array
  /** The same among earlier windows alone. */
  readonly leftDistances: Float64Array
  readonly leftNearest: Int32Array
}

/** How windows are compared. */
export interface MatrixProfileOptions {
  /** Default: a quarter of the length, rounded up. */
  readonly exclusion?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Exact. Windows are compared by Euclidean distance after each is brought to mean 0 and standard deviation 1. A window that
 * is one value throughout is at 0 from another such and at sqrt(length) from any other; one with a value that is not finite
 * is compared with none. O(n^2) time, O(n) memory.
 *
 * @param values - shape (n)
 * @param length - of the windows, >= 3
 * @throws AnomalyDetectionError `invalid-parameters`; `series-too-short` where no two windows may be compared; `cancelled`
 */
export function matrixProfile(
  values: Float64Array,
  length: number,
  { exclusion = Math.ceil(length / 4), signal }: MatrixProfileOptions = {},
): MatrixProfile {
  checkWindows(values.length, length, exclusion)
  const statistics = windowStatisticsOf(values, length)
  const { windows } = statistics
  const { band, best, start, rows } = profileSweepFor(statistics)
  for (let lag = exclusion + 1; lag < windows; lag += band) {
    for (let from = 0; from < windows - lag; from += ROWS) {
      throwIfCancelled(signal)
      start(from, lag)
      rows(from, Math.min(from + ROWS, windows - lag), lag)
    }
  }
  return profileOf(statistics, best, exclusion)
}

/** @throws AnomalyDetectionError `invalid-parameters`, `series-too-short` */
export function checkWindows(points: number, length: number, exclusion: number): void {
  if (!Number.isInteger(length) || length < 3 || !Number.isInteger(exclusion) || exclusion < 0) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `a matrix profile takes a length of at least 3 (${length}) and an exclusion of at least 0 (${exclusion}), both whole`,
      { length, exclusion },
    )
  }
  const needed = length + exclusion + 1
  if (points < needed) throw tooShort(points, needed, `a matrix profile with windows of ${length}`)
}

function profileOf(statistics: WindowStatistics, best: BestCorrelations, exclusion: number): MatrixProfile {
  const { windows, length, kinds } = statistics
  const constants = indicesOf(kinds, CONSTANT)
  const ordinary = indicesOf(kinds, ORDINARY)
  const distances = new Float64Array(windows).fill(Number.NaN)
  const nearest = new Int32Array(windows).fill(-1)
  const leftDistances = new Float64Array(windows).fill(Number.NaN)
  const leftNearest = new Int32Array(windows).fill(-1)
  const among = (i: number, list: Int32Array, isLeft: boolean): number =>
    isLeft ? firstBefore(list, i - exclusion) : firstOutside(list, i, exclusion)
  const settle = (i: number, isLeft: boolean, out: Float64Array, outAt: Int32Array): void => {
    const [left, right] = [best.left[i] as number, isLeft ? -Infinity : (best.right[i] as number)]
    const correlation = Math.max(left, right)
    const constant = among(i, constants, isLeft)
    if (kinds[i] === CONSTANT && constant !== -1) return put(i, constant, 0, out, outAt)
    const other = kinds[i] === CONSTANT ? among(i, ordinary, isLeft) : constant
    const isFar = kinds[i] === CONSTANT || (kinds[i] === ORDINARY && correlation < 0.5)
    if (isFar && other !== -1) return put(i, other, Math.sqrt(length), out, outAt)
    if (kinds[i] !== ORDINARY || correlation === -Infinity) return
    const at = (left >= right ? best.leftAt[i] : best.rightAt[i]) as number
    put(i, at, distanceBetween(statistics, i, at), out, outAt)
  }
  for (let i = 0; i < windows; i++) {
    settle(i, false, distances, nearest)
    settle(i, true, leftDistances, leftNearest)
  }
  return { length, exclusion, distances, nearest, leftDistances, leftNearest }
}

/** Of two ordinary windows, from the values themselves. */
function distanceBetween({ series, means, inverseNorms, length }: WindowStatistics, i: number, j: number): number {
  const [meanI, meanJ] = [means[i] as number, means[j] as number]
  const [normI, normJ] = [inverseNorms[i] as number, inverseNorms[j] as number]
  let squares = 0
  for (let k = 0; k < length; k++) {
    squares += (((series[i + k] as number) - meanI) * normI - ((series[j + k] as number) - meanJ) * normJ) ** 2
  }
  return Math.sqrt(length * squares)
}

function put(i: number, at: number, distance: number, out: Float64Array, outAt: Int32Array): void {
  out[i] = distance
  outAt[i] = at
}

function indicesOf(kinds: Uint8Array, kind: number): Int32Array {
  let count = 0
  for (const one of kinds) if (one === kind) count++
  const indices = new Int32Array(count)
  for (let i = 0, at = 0; i < kinds.length; i++) if (kinds[i] === kind) indices[at++] = i
  return indices
}

function firstBefore(ascending: Int32Array, limit: number): number {
  const first = ascending[0]
  return first !== undefined && first < limit ? first : -1
}

// The first that lies more than `exclusion` away.
function firstOutside(ascending: Int32Array, i: number, exclusion: number): number {
  const before = firstBefore(ascending, i - exclusion)
  if (before !== -1) return before
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) > i + exclusion) high = middle
    else low = middle + 1
  }
  return ascending[low] ?? -1
}
