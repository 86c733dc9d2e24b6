import { throwIfCancelled } from '../cancellation.ts'
import { addProducts } from './add-products.ts'

/** Rows a turn: their transposed copy stays in the core's cache up to some hundred features. */
export const ROWS = 128

/**
 * Population covariance (divided by n) of rows that are given already centred. Symmetric to the bit, row-major, shape
 * (columns, columns). Sums run over blocks of rows, so the error grows with the number of blocks, not of rows.
 *
 * @param rows - n >= 1
 * @param fill - writes centred rows [first, last) to `block` transposed: feature c of row first + r at c * stride + r
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function covarianceOf(
  rows: number,
  columns: number,
  fill: (first: number, last: number, block: Float64Array, stride: number) => void,
  signal?: AbortSignal,
): Float64Array {
  const padded = Math.ceil(columns / 4) * 4
  const block = new Float64Array(padded * ROWS)
  const sums = new Float64Array(padded * padded)
  for (let first = 0; first < rows; first += ROWS) {
    throwIfCancelled(signal)
    const last = Math.min(first + ROWS, rows)
    if (last - first < ROWS) block.fill(0)
    fill(first, last, block, ROWS)
    addProducts(block, padded, block, padded, ROWS, sums, true)
  }
  return meansOf(sums, padded, rows, columns)
}

/** The lower triangle of (padded, padded) sums over rows as a symmetric matrix of means; shape (columns, columns). */
export function meansOf(sums: Float64Array, padded: number, rows: number, columns: number): Float64Array {
  const covariance = new Float64Array(columns * columns)
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      const value = (sums[i * padded + j] ?? 0) / rows
      covariance[i * columns + j] = value
      covariance[j * columns + i] = value
    }
  }
  return covariance
}
