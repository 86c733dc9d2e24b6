import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import { scaleExponentOf } from '../neighbours/binary-scale.ts'
import { addProducts } from './add-products.ts'
import type { ColumnMap } from './principal-components.ts'

/** Rows seen along some directions; each row in a unit of its own, so that its squares are finite. */
export interface Projections {
  /** What each mapped row was multiplied by: a power of two, 1 for ordinary magnitudes. Shape (n). */
  readonly factors: Float64Array
  /** Squared length of each mapped and multiplied row. Shape (n). */
  readonly squaredNorms: Float64Array
  /** Along each direction; row-major, shape (n, directions). */
  readonly along: Float64Array
}

const ROWS = 128 // rows a turn: they and their products stay in the core's cache

/**
 * A row's projections do not depend on the rows beside it.
 *
 * @param directions - row-major, shape (count, d)
 * @param unit - a length that rows are to be compared with: a row's factor lets its square be finite too; 0 for none
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function projectionsOf(
  matrix: Matrix,
  map: ColumnMap,
  directions: Float64Array,
  count: number,
  unit: number,
  signal?: AbortSignal,
): Projections {
  const { rows, columns } = matrix
  const padded = Math.ceil(count / 4) * 4
  const paddedDirections = new Float64Array(padded * columns)
  paddedDirections.set(directions)
  const block = new Float64Array(ROWS * columns)
  const products = new Float64Array(padded * ROWS)
  const factors = new Float64Array(rows)
  const squaredNorms = new Float64Array(rows)
  const along = new Float64Array(rows * count)
  for (let first = 0; first < rows; first += ROWS) {
    throwIfCancelled(signal)
    const last = Math.min(first + ROWS, rows)
    for (let row = first; row < last; row++) {
      factors[row] = mapRow(matrix, map, row, unit, block, (row - first) * columns)
      squaredNorms[row] = squaredNorm(block, (row - first) * columns, columns)
    }
    products.fill(0)
    addProducts(paddedDirections, padded, block, ROWS, columns, products, false)
    for (let row = first, at = first * count; row < last; row++) {
      for (let direction = 0; direction < count; direction++)
        along[at++] = products[direction * ROWS + row - first] ?? 0
    }
  }
  return { factors, squaredNorms, along }
}

/** Writes the mapped row to `out` and returns the power of two it was multiplied by. */
function mapRow(matrix: Matrix, map: ColumnMap, row: number, unit: number, out: Float64Array, outAt: number): number {
  const { data, columns } = matrix
  const { factors, centers, scales } = map
  let largest = unit
  for (let column = 0, at = row * columns; column < columns; column++, at++) {
    const mapped = ((data[at] ?? 0) * (factors[column] ?? 1) - (centers[column] ?? 0)) / (scales[column] ?? 1)
    out[outAt + column] = mapped
    const magnitude = Math.abs(mapped)
    if (magnitude > largest) largest = magnitude
  }
  if (largest === Infinity) {
    for (let at = outAt; at < outAt + columns; at++) {
      out[at] = Math.max(-Number.MAX_VALUE, Math.min(out[at] ?? 0, Number.MAX_VALUE))
    }
    largest = Number.MAX_VALUE
  }
  const factor = 2 ** scaleExponentOf(largest)
  if (factor !== 1) for (let at = outAt; at < outAt + columns; at++) out[at] = (out[at] ?? 0) * factor
  return factor
}

function squaredNorm(values: Float64Array, from: number, columns: number): number {
  let sum = 0
  for (let at = from; at < from + columns; at++) {
    const value = values[at] ?? 0
    sum += value * value
  }
  return sum
}
