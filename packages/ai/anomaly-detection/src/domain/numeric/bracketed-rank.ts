/**
 * One order statistic of many values in a single pass that moves and copies nothing: a sample brackets it, the pass counts
 * what lies below and keeps the few values within. The outcome is exact; the sample only decides what it costs.
 * Source: R. Floyd, R. Rivest (1975), Expected Time Bounds for Selection, CACM 18(3): the bracket of a sample.
 */
import { selectInPlace } from './selection.ts'

const SAMPLE = 16_384
const LARGE = 2_097_152 // from here on a sample four times as large halves what is kept
const SPREAD = 5 // standard deviations of the rank within the sample: one bracket in a million misses
const GOLDEN = 0.6180339887498949 // multiples of it, modulo 1, fall evenly into [0, 1) and share no period with data

/** Below so many values a copy that is rearranged costs no more than a bracket. */
export const WORTH_A_BRACKET = 65_536

/** The k-th smallest value (k counts from 0) and the next one, which is Infinity where there is none. */
export interface NeighbouringRanks {
  readonly lower: number
  readonly upper: number
}

/** Counts values against a bracket around the k-th smallest. Each value must be added once. */
export class BracketedRank {
  readonly #n: number
  readonly #k: number
  readonly #low: number
  readonly #high: number
  readonly #kept: Float64Array
  #below = 0
  #atLow = 0
  #atHigh = 0
  #size = 0

  /**
   * @param n - how many values there are, n >= 2
   * @param k - 0 <= k < n
   * @param valueAt - the i-th value, 0 <= i < n; no NaN
   */
  constructor(n: number, k: number, valueAt: (i: number) => number) {
    const size = n < LARGE ? SAMPLE : 4 * SAMPLE
    const sample = Float64Array.from({ length: size }, (_, i) => valueAt(Math.floor(((i * GOLDEN) % 1) * n))).sort()
    const share = k / (n - 1)
    const margin = 2 + Math.ceil(SPREAD * Math.sqrt(size * share * (1 - share)))
    const place = share * (size - 1)
    this.#n = n
    this.#k = k
    this.#low = sample[Math.floor(place) - margin] ?? -Infinity
    this.#high = sample[Math.ceil(place) + margin] ?? Infinity
    this.#kept = new Float64Array(1024 + Math.ceil((n * 3 * margin) / size))
  }

  /** Adds `data[from]`, `data[from + stride]`, ... before `end`; with a center the distances from it. */
  add(data: Float64Array, from: number, end: number, stride: number, center?: number): void {
    const low = this.#low
    const high = this.#high
    const kept = this.#kept
    let [below, atLow, atHigh, size] = [this.#below, this.#atLow, this.#atHigh, this.#size]
    for (let at = from; at < end; at += stride) {
      const value = center === undefined ? (data[at] as number) : Math.abs((data[at] as number) - center)
      if (value < low) below++
      else if (value <= high) {
        if (value === low) atLow++
        else if (value === high) atHigh++
        else if (size < kept.length) kept[size++] = value
        else size = Infinity // too many to keep: `ranks` will say so
      }
    }
    this.#below = below
    this.#atLow = atLow
    this.#atHigh = atHigh
    this.#size = size
  }

  /** The outcome once all values were added; undefined where the bracket missed it, or was too wide. */
  ranks(): NeighbouringRanks | undefined {
    if (this.#size === Infinity) return undefined
    const lower = this.#valueOf(this.#k)
    const upper = this.#k + 1 === this.#n ? Infinity : this.#valueOf(this.#k + 1)
    return lower === undefined || upper === undefined ? undefined : { lower, upper }
  }

  #valueOf(rank: number): number | undefined {
    const inside = rank - this.#below - this.#atLow
    if (rank < this.#below) return undefined
    if (inside < 0) return this.#low
    if (inside < this.#size) return selectInPlace(this.#kept.subarray(0, this.#size), inside)
    return inside < this.#size + this.#atHigh ? this.#high : undefined
  }
}
