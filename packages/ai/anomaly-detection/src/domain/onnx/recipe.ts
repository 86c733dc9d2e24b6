import type { Matrix } from '../matrix.ts'
import type { GraphBuilder, GraphValue } from './graph-builder.ts'

/** How a detector's learned state becomes an ONNX graph. */
export interface OnnxRecipe<State> {
  /**
   * Adds what turns rows, shape (n, d), to scores, shape (n), higher being more anomalous. Floats come in only to be compared with
   * floats or made doubles: scores are those of the detector for the very rows that came in.
   */
  readonly scores: (graph: GraphBuilder, x: GraphValue, state: State) => GraphValue
  /** Rows such as the detector has learned from, at most `LANDMARKS`, the same for the same state: to test an exported file on. */
  readonly landmarks: (state: State) => Matrix
  /** Numbers that a row takes while it is scored: how many rows may be scored at once. */
  readonly width: (state: State) => number
  /**
   * The state as a float file holds it: where new rows' values are compared with training rows' own, these are rounded alike.
   * @throws AnomalyDetectionError `onnx-float-refused` where that changes scores: numbers that differ become one, or leave their bin
   */
  readonly rounded?: (state: State) => State
}

/** The most rows that `landmarks` answers. */
export const LANDMARKS = 128

/** At most `LANDMARKS` of the rows, spread evenly. */
export function spreadRows(data: Float64Array, columns: number): Matrix {
  const all = data.length / columns
  const rows = Math.min(all, LANDMARKS)
  const picked = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const from = Math.floor((row * all) / rows) * columns
    picked.set(data.subarray(from, from + columns), row * columns)
  }
  return { data: picked, rows, columns }
}

/** Rows whose columns take the values of a list each, every column in a different order; a column without values is 0. */
export function mixedRows(values: ReadonlyArray<ArrayLike<number>>): Matrix {
  const columns = values.length
  const data = new Float64Array(LANDMARKS * columns)
  for (let row = 0, at = 0; row < LANDMARKS; row++) {
    for (const [column, list] of values.entries()) {
      const place = Math.floor((((row * (2 * column + 1)) % LANDMARKS) * list.length) / LANDMARKS)
      data[at++] = list[place] ?? 0
    }
  }
  return { data, rows: LANDMARKS, columns }
}

/** Rows around centers: each a center itself, or off it by up to three of the columns' spreads. */
export function rowsAround(centers: Float64Array, spreads: Float64Array): Matrix {
  const columns = spreads.length
  const count = centers.length / columns
  const data = new Float64Array(LANDMARKS * columns)
  for (let row = 0, at = 0; row < LANDMARKS; row++) {
    const reach = 3 * (Math.floor(row / count) / Math.ceil(LANDMARKS / count))
    for (let column = 0; column < columns; column++, at++) {
      const side = Math.sin(1 + row * (column + 1)) // any numbers in [-1, 1] that differ
      data[at] = (centers[(row % count) * columns + column] as number) + reach * side * (spreads[column] as number)
    }
  }
  return { data, rows: LANDMARKS, columns }
}
