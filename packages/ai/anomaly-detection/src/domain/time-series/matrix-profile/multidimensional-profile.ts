/**
 * The matrix profile of several series at once: how far the most similar other window is in the k series where it is most
 * similar. Source: C.-C. M. Yeh, N. Kavantzas, E. Keogh (2017), Matrix Profile VI: Meaningful Multidimensional Motif
 * Discovery, ICDM (mSTAMP).
 */
import { throwIfCancelled } from '../../cancellation.ts'
import { AnomalyDetectionError } from '../../errors.ts'
import { checkWindows, type MatrixProfileOptions } from './matrix-profile.ts'
import { CONSTANT, INCOMPLETE, windowStatisticsOf, type WindowStatistics } from './window-statistics.ts'

const ROWS = 4096 // as in `matrixProfile`

/** By the number of series that are to be alike, less 1: [0] one of them, [d - 1] all. */
export interface MultidimensionalProfile {
  readonly length: number
  /** Mean distance over the k series that are most alike, shape (n - length + 1); NaN where there is none to compare with. */
  readonly distances: ReadonlyArray<Float64Array>
  /** Where the most similar window begins; -1 where there is none. */
  readonly nearest: ReadonlyArray<Int32Array>
}

/**
 * Exact; windows of each series are compared as in `matrixProfile`. O(n^2 d log d) time, O(n d) memory.
 *
 * @param series - d of them, shape (n) each
 * @throws AnomalyDetectionError `shape-mismatch`, `invalid-parameters`, `series-too-short`, `cancelled`
 */
export function multidimensionalProfile(
  series: ReadonlyArray<Float64Array>,
  length: number,
  { exclusion = Math.ceil(length / 4), signal }: MatrixProfileOptions = {},
): MultidimensionalProfile {
  const points = checkAlike(series)
  checkWindows(points, length, exclusion)
  const all = series.map((values) => windowStatisticsOf(values, length))
  const windows = points - length + 1
  const best = series.map(() => new Float64Array(windows).fill(Infinity))
  const nearest = series.map(() => new Int32Array(windows).fill(-1))
  const products = new Float64Array(series.length)
  const row = new Float64Array(series.length)
  for (let lag = exclusion + 1; lag < windows; lag++) {
    throwIfCancelled(signal)
    for (let i = 0, j = lag; j < windows; i++, j++) {
      for (let d = 0; d < all.length; d++) row[d] = nextDistance(all[d] as WindowStatistics, products, d, i, j)
      row.sort()
      let sum = 0
      for (let k = 0; k < row.length; k++) {
        sum += row[k] as number
        const mean = sum / (k + 1)
        if (!(mean < Infinity)) break
        better(best[k] as Float64Array, nearest[k] as Int32Array, i, j, mean)
        better(best[k] as Float64Array, nearest[k] as Int32Array, j, i, mean)
      }
    }
  }
  return { length, distances: best.map((values) => values.map((v) => (v === Infinity ? Number.NaN : v))), nearest }
}

function checkAlike(series: ReadonlyArray<Float64Array>): number {
  const points = series[0]?.length ?? 0
  const at = series.findIndex((values) => values.length !== points)
  if (at === -1 && series.length > 0) return points
  throw new AnomalyDetectionError(
    'anomaly-detection/shape-mismatch',
    series.length === 0
      ? 'a multidimensional profile needs a series at least'
      : `series ${at} has ${series[at]?.length} points, the first has ${points}: they must be the same`,
    { expected: points, series: at },
  )
}

// Windows i and j = i + lag of one series; pairs of a lag must come in order.
function nextDistance(one: WindowStatistics, products: Float64Array, d: number, i: number, j: number): number {
  const { kinds, length, halfSteps, sums, inverseNorms } = one
  products[d] =
    i % ROWS === 0
      ? productOf(one, i, j)
      : (products[d] as number) +
        (halfSteps[i] as number) * (sums[j] as number) +
        (halfSteps[j] as number) * (sums[i] as number)
  const [a, b] = [kinds[i] as number, kinds[j] as number]
  if (a === INCOMPLETE || b === INCOMPLETE) return Infinity
  if (a === CONSTANT || b === CONSTANT) return a === b ? 0 : Math.sqrt(length)
  const correlation = products[d] * (inverseNorms[i] as number) * (inverseNorms[j] as number)
  return Math.sqrt(2 * length * Math.max(0, 1 - correlation))
}

function productOf({ series, means, length }: WindowStatistics, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) {
    sum += ((series[i + k] as number) - (means[i] as number)) * ((series[j + k] as number) - (means[j] as number))
  }
  return sum
}

function better(best: Float64Array, nearest: Int32Array, i: number, j: number, distance: number): void {
  if (!(distance < (best[i] as number))) return
  best[i] = distance
  nearest[i] = j
}
