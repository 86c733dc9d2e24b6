import { FARTHEST } from './sample.ts'
import type { StateReader } from './state-reader.ts'

const TAIL = 0.1 // of the values on each side do not count for a range: wild ones must not make the rest look alike
const MARGIN = 0.5 // of a range on either side, before a value counts as outside
const OUTSIDE = 0.1 // a range has been outgrown when more than this share of a column lies outside
const SHRUNK = 1 / 8 // or when a column has shrunk to less than this part of its range

/**
 * Where the values of each column lie, learned from a window of samples: what was seen there comes to lie in [0, 1]. A column
 * that did not vary has no width: any other value comes to lie far outside.
 */
export class FeatureRanges {
  /** Shape (columns): what becomes 0. */
  readonly #lows: Float64Array
  /** Shape (columns): by what the rest is multiplied, > 0. */
  readonly #scales: Float64Array

  private constructor(lows: Float64Array, scales: Float64Array) {
    this.#lows = lows
    this.#scales = scales
  }

  /** Leaves samples as they are. */
  static unit(columns: number): FeatureRanges {
    return new FeatureRanges(new Float64Array(columns), new Float64Array(columns).fill(1))
  }

  /** @param rows - shape (count, columns), count >= 1; the inner 80 % and as much again either side, if it is there */
  static of(rows: Float64Array, count: number, columns: number): FeatureRanges {
    const ranges = FeatureRanges.unit(columns)
    const values = new Float64Array(count)
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < count; row++) values[row] = rows[row * columns + column] as number
      values.sort()
      const [least, greatest] = [values[0] as number, values[count - 1] as number]
      const lower = values[Math.floor(TAIL * (count - 1))] as number
      const upper = values[Math.ceil((1 - TAIL) * (count - 1))] as number
      const inner = upper - lower
      const low = inner > 0 ? Math.max(least, lower - inner) : least
      const width = (inner > 0 ? Math.min(greatest, upper + inner) : greatest) - low
      ranges.#lows[column] = low
      ranges.#scales[column] = Math.min(FARTHEST, 1 / width) // 1 / 0 is Infinity
    }
    return ranges
  }

  /** @param sample - where it begins in `from`; @param into - shape (columns) */
  place(from: Float64Array, start: number, into: Float64Array): void {
    for (let column = 0; column < into.length; column++) {
      into[column] =
        ((from[start + column] as number) - (this.#lows[column] as number)) * (this.#scales[column] as number)
    }
  }

  /** Whether these rows lie elsewhere, or much closer together, than the ranges say. @param rows - shape (count, columns) */
  areOutgrownBy(rows: Float64Array, count: number): boolean {
    const columns = this.#lows.length
    for (let column = 0; column < columns; column++) {
      const low = this.#lows[column] as number
      const scale = this.#scales[column] as number
      let outside = 0
      let [least, greatest] = [Infinity, -Infinity]
      for (let at = column; at < count * columns; at += columns) {
        const place = ((rows[at] as number) - low) * scale
        if (place < least) least = place
        if (place > greatest) greatest = place
        if (place < -MARGIN || place > 1 + MARGIN) outside++
      }
      if (outside > OUTSIDE * count || (greatest - least < SHRUNK && scale < FARTHEST)) return true
    }
    return false
  }

  toJSON(): { readonly lows: ReadonlyArray<number>; readonly scales: ReadonlyArray<number> } {
    return { lows: Array.from(this.#lows), scales: Array.from(this.#scales) }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(state: StateReader, columns: number): FeatureRanges {
    const scales = state.numbers('scales', columns)
    if (scales.some((scale) => scale <= 0)) throw state.fault('scales', 'one is not above 0')
    return new FeatureRanges(state.numbers('lows', columns), scales)
  }
}
