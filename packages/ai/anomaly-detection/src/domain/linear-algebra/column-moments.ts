import type { Matrix } from '../matrix.ts'
import { scaleExponentOf } from '../neighbours/binary-scale.ts'
import { placedIn, rowKernelFor, turnRowsOf } from './row-kernel.ts'

/**
 * Mean and population standard deviation of each column, in units of `factors`: column c has mean
 * `means[c] / factors[c]`. Factors are powers of two that keep squares finite, 1 for ordinary magnitudes. Shapes (d).
 */
export interface ColumnMoments {
  readonly factors: Float64Array
  readonly means: Float64Array
  /** Never 0: 1 for a column whose spread is no more than the rounding of its mean, as scikit-learn has it. */
  readonly deviations: Float64Array
}

/** @param matrix - shape (n, d), finite, n >= 1 */
export function columnMomentsOf(matrix: Matrix): ColumnMoments {
  const { data, rows, columns } = matrix
  const { factors, means, squares } = inWasm(matrix) ?? plain(matrix)
  const deviations = new Float64Array(columns)
  for (let column = 0; column < columns; column++) {
    const variance = (squares[column] ?? 0) / rows
    const rounding = rows * Number.EPSILON * variance + (rows * (means[column] ?? 0) * Number.EPSILON) ** 2
    const constant = variance <= rounding
    deviations[column] = constant ? 1 : Math.sqrt(variance)
    // A constant's mean may be off by its rounding, which is all the variance that would be left.
    if (constant) means[column] = (data[column] ?? 0) * (factors[column] ?? 1)
  }
  return { factors, means, deviations }
}

/** Squared differences from the mean, summed. */
interface Sums {
  readonly factors: Float64Array
  readonly means: Float64Array
  readonly squares: Float64Array
}

function plain(matrix: Matrix): Sums {
  const { data, rows, columns } = matrix
  const factors = magnitudes(matrix).map((magnitude) => 2 ** scaleExponentOf(magnitude))
  const means = new Float64Array(columns)
  const squares = new Float64Array(columns)
  for (let at = 0, column = 0; at < data.length; at++) {
    means[column] = (means[column] ?? 0) + (data[at] ?? 0) * (factors[column] ?? 1)
    if (++column === columns) column = 0
  }
  for (let column = 0; column < columns; column++) means[column] = (means[column] ?? 0) / rows
  for (let at = 0, column = 0; at < data.length; at++) {
    const off = (data[at] ?? 0) * (factors[column] ?? 1) - (means[column] ?? 0)
    squares[column] = (squares[column] ?? 0) + off * off
    if (++column === columns) column = 0
  }
  return { factors, means, squares }
}

/** The same to the last bit; undefined where there is no kernel, or magnitudes are not ordinary. */
function inWasm({ data, rows, columns }: Matrix): Sums | undefined {
  const kernel = rowKernelFor(rows)
  if (kernel === undefined) return undefined
  const turn = turnRowsOf(columns)
  const [block, means, largest, squares] = placedIn(kernel, [turn * columns, columns, columns, columns])
  for (let first = 0; first < rows; first += turn) {
    const last = Math.min(first + turn, rows)
    block.values.set(data.subarray(first * columns, last * columns))
    kernel.addColumnSums(block.at, last - first, columns, means.at, largest.at)
  }
  if (largest.values.some((magnitude) => scaleExponentOf(magnitude) !== 0)) return undefined
  for (let column = 0; column < columns; column++) means.values[column] = (means.values[column] ?? 0) / rows
  for (let first = 0; first < rows; first += turn) {
    const last = Math.min(first + turn, rows)
    block.values.set(data.subarray(first * columns, last * columns))
    kernel.addColumnSquares(block.at, last - first, columns, means.at, squares.at)
  }
  return { factors: new Float64Array(columns).fill(1), means: means.values.slice(), squares: squares.values }
}

function magnitudes({ data, columns }: Matrix): Float64Array {
  const largest = new Float64Array(columns)
  for (let at = 0, column = 0; at < data.length; at++) {
    const magnitude = Math.abs(data[at] ?? 0)
    if (magnitude > (largest[column] ?? 0)) largest[column] = magnitude
    if (++column === columns) column = 0
  }
  return largest
}
