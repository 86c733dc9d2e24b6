import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import { addProducts } from './add-products.ts'

const ROWS = 128 // rows a turn: they and their products stay in the core's cache

/**
 * Squared Mahalanobis distances: |W (x * factor - center)|^2 for each row x. A row's does not depend on the rows beside it.
 *
 * @param factors - what each column is multiplied by; shape (d)
 * @param center - shape (d)
 * @param whitening - W, row-major, shape (d, d)
 * @returns shape (n); Infinity or NaN where it overflows
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function whitenedSquaresOf(
  matrix: Matrix,
  factors: Float64Array,
  center: Float64Array,
  whitening: Float64Array,
  signal?: AbortSignal,
): Float64Array {
  const { data, rows, columns } = matrix
  const padded = Math.ceil(columns / 4) * 4
  const directions = new Float64Array(padded * columns)
  directions.set(whitening)
  const turn = Math.min(ROWS, rows + (rows % 2))
  const block = new Float64Array(turn * columns)
  const products = new Float64Array(padded * turn)
  const squares = new Float64Array(rows)
  for (let first = 0; first < rows; first += turn) {
    throwIfCancelled(signal)
    const last = Math.min(first + turn, rows)
    for (let at = first * columns, to = 0, column = 0; at < last * columns; at++, to++) {
      block[to] = (data[at] ?? 0) * (factors[column] ?? 1) - (center[column] ?? 0)
      if (++column === columns) column = 0
    }
    products.fill(0)
    addProducts(directions, padded, block, turn, columns, products, false)
    for (let direction = 0; direction < columns; direction++) {
      for (let row = first, at = direction * turn; row < last; row++, at++) {
        const along = products[at] ?? 0
        squares[row] = (squares[row] ?? 0) + along * along
      }
    }
  }
  return squares
}
