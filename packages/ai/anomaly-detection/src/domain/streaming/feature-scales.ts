import { FARTHEST } from './sample.ts'
import type { StateReader } from './state-reader.ts'

/**
 * What brings the columns of a window to a common scale: a value becomes its distance from the window's least, in standard
 * deviations. In a column that did not vary any other value becomes endlessly (2^500 times) far.
 */
export class FeatureScales {
  /** Shape (columns): the least value. */
  readonly lows: Float64Array
  /** Shape (columns): 1 / standard deviation, > 0. */
  readonly inverses: Float64Array

  private constructor(lows: Float64Array, inverses: Float64Array) {
    this.lows = lows
    this.inverses = inverses
  }

  /** Leaves values as they are. */
  static none(columns: number): FeatureScales {
    return new FeatureScales(new Float64Array(columns), new Float64Array(columns).fill(1))
  }

  /** @param rows - shape (count, columns), count >= 1 */
  static of(rows: Float64Array, count: number, columns: number): FeatureScales {
    const scales = FeatureScales.none(columns)
    for (let column = 0; column < columns; column++) {
      let low = Infinity
      for (let at = column; at < count * columns; at += columns) low = Math.min(low, rows[at] as number)
      let [sum, squares] = [0, 0]
      for (let at = column; at < count * columns; at += columns) sum += (rows[at] as number) - low
      const mean = sum / count
      for (let at = column; at < count * columns; at += columns) squares += ((rows[at] as number) - low - mean) ** 2
      scales.lows[column] = low
      scales.inverses[column] = Math.min(FARTHEST, 1 / Math.sqrt(squares / count)) // 1 / 0 is Infinity
    }
    return scales
  }

  toJSON(): { readonly lows: ReadonlyArray<number>; readonly inverses: ReadonlyArray<number> } {
    return { lows: Array.from(this.lows), inverses: Array.from(this.inverses) }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(state: StateReader, columns: number): FeatureScales {
    const inverses = state.numbers('inverses', columns)
    if (inverses.some((inverse) => inverse <= 0)) throw state.fault('inverses', 'one is not above 0')
    return new FeatureScales(state.numbers('lows', columns), inverses)
  }
}
