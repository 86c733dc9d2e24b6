/**
 * A curve of any number of points as so many columns. A line through the first, least, greatest and last value of each covers
 * the pixels that a line through all points would: no extreme is lost, and what is drawn is bounded.
 * Source: U. Jugel, Z. Jerzak, G. Hackenbroich, V. Markl (2014), M4: A Visualization-Oriented Time Series Data Aggregation.
 */
export const SKETCH_COLUMNS = 800

/** What of the points in one column is drawn. */
export interface SketchColumn {
  /** From 0 to `SKETCH_COLUMNS` - 1. */
  readonly column: number
  readonly first: number
  readonly least: number
  readonly greatest: number
  readonly last: number
  /** Whether a point without a value, or the beginning, lies between it and the column before. */
  readonly isApart: boolean
}

interface Column {
  column: number
  firstAt: number
  first: number
  least: number
  greatest: number
  lastAt: number
  last: number
  isApart: boolean
}

/** Takes points, in any number, and keeps a bounded picture of them. */
export class CurveSketch {
  readonly #columns: Array<Column | undefined> = []
  #isApart = true

  /**
   * @param place - from 0 (left) to 1 (right)
   * @param value - a point that is NaN or infinite is a gap
   */
  add(place: number, value: number): void {
    if (!Number.isFinite(value)) {
      this.#isApart = true
      return
    }
    const column = Math.min(SKETCH_COLUMNS - 1, Math.max(0, Math.floor(place * SKETCH_COLUMNS)))
    const there = this.#columns[column]
    if (there === undefined) {
      const ends = { firstAt: place, first: value, least: value, greatest: value, lastAt: place, last: value }
      this.#columns[column] = { column, ...ends, isApart: this.#isApart }
    } else {
      if (place < there.firstAt) [there.firstAt, there.first] = [place, value]
      if (place >= there.lastAt) [there.lastAt, there.last] = [place, value]
      if (value < there.least) there.least = value
      if (value > there.greatest) there.greatest = value
    }
    this.#isApart = false
  }

  /** The columns that have points, from left to right. */
  columns(): ReadonlyArray<SketchColumn> {
    return this.#columns.filter((column) => column !== undefined)
  }
}
