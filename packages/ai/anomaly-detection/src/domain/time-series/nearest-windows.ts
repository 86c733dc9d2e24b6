/**
 * The distance of each window of a series to the k nearest others, all pairs along their diagonals: the square of a pair's
 * distance is that of the pair a point before, less what leaves and with what enters.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { leastSpread } from './residual-band.ts'

const ROWS = 4096 // squares are summed anew after so many pairs, so that rounding does not add up

/** The k nearest of each window; nearest last in none: a heap, whose root is the farthest. */
export interface NearestWindows {
  /** Distance to the k-th nearest, shape (windows). */
  readonly distances: Float64Array
  /** Where the nearest of all begins, shape (windows). */
  readonly nearest: Int32Array
}

/**
 * Euclidean. O(n^2) time, O(n k) memory.
 * @param values - shape (n), finite
 * @param k - neighbours, >= 1; where a window has fewer, all it has
 * @param exclusion - windows whose beginnings lie at most so far apart are no neighbours
 */
export function nearestWindows(
  values: Float64Array,
  length: number,
  k: number,
  exclusion: number,
  signal?: AbortSignal,
): NearestWindows {
  const windows = values.length - length + 1
  const heaps = new Float64Array(windows * k).fill(Infinity)
  const roots = new Float64Array(windows).fill(Infinity)
  const closest = new Float64Array(windows).fill(Infinity)
  const nearest = new Int32Array(windows).fill(-1)
  const unit = leastSpread(values) > 0 ? 1 / (1e10 * leastSpread(values)) : 1
  const x = values.map((value) => value * unit) // squares of any series are finite then
  for (let lag = exclusion + 1; lag < windows; lag++) {
    if (lag % 64 === 0) throwIfCancelled(signal)
    let square = 0
    for (let i = 0, j = lag; j < windows; i++, j++) {
      if (i % ROWS === 0) square = squareOf(x, i, j, length)
      else {
        const left = (x[i - 1] as number) - (x[j - 1] as number)
        const entered = (x[i + length - 1] as number) - (x[j + length - 1] as number)
        square = Math.max(0, square - left * left + entered * entered)
      }
      if (square < (roots[i] as number)) take(heaps, roots, i, k, square)
      if (square < (roots[j] as number)) take(heaps, roots, j, k, square)
      if (square < (closest[i] as number)) {
        closest[i] = square
        nearest[i] = j
      }
      if (square < (closest[j] as number)) {
        closest[j] = square
        nearest[j] = i
      }
    }
  }
  const distances = roots.map((root, i) => Math.sqrt(root < Infinity ? root : farthest(heaps, i, k)) / unit)
  return { distances, nearest }
}

function squareOf(x: Float64Array, i: number, j: number, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k++) sum += ((x[i + k] as number) - (x[j + k] as number)) ** 2
  return sum
}

// Puts a square in place of the root, and lets it sink.
function take(heaps: Float64Array, roots: Float64Array, window: number, k: number, square: number): void {
  const base = window * k
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= k) break
    if (child + 1 < k && (heaps[base + child + 1] as number) > (heaps[base + child] as number)) child++
    if ((heaps[base + child] as number) <= square) break
    heaps[base + at] = heaps[base + child] as number
    at = child
  }
  heaps[base + at] = square
  roots[window] = heaps[base] as number
}

function farthest(heaps: Float64Array, window: number, k: number): number {
  let most = 0
  for (let at = window * k; at < (window + 1) * k; at++) {
    const square = heaps[at] as number
    if (square < Infinity) most = Math.max(most, square)
  }
  return most
}
