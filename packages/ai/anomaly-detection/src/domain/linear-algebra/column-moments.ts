import type { Matrix } from '../matrix.ts'
import { scaleExponentOf } from '../neighbours/binary-scale.ts'

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
  const factors = magnitudes(matrix).map((magnitude) => 2 ** scaleExponentOf(magnitude))
  const means = new Float64Array(columns)
  const deviations = new Float64Array(columns)
  for (let at = 0, column = 0; at < data.length; at++) {
    means[column] = (means[column] ?? 0) + (data[at] ?? 0) * (factors[column] ?? 1)
    if (++column === columns) column = 0
  }
  for (let column = 0; column < columns; column++) means[column] = (means[column] ?? 0) / rows
  for (let at = 0, column = 0; at < data.length; at++) {
    const off = (data[at] ?? 0) * (factors[column] ?? 1) - (means[column] ?? 0)
    deviations[column] = (deviations[column] ?? 0) + off * off
    if (++column === columns) column = 0
  }
  for (let column = 0; column < columns; column++) {
    const variance = (deviations[column] ?? 0) / rows
    const rounding = rows * Number.EPSILON * variance + (rows * (means[column] ?? 0) * Number.EPSILON) ** 2
    const constant = variance <= rounding
    deviations[column] = constant ? 1 : Math.sqrt(variance)
    // A constant's mean may be off by its rounding, which is all the variance that would be left.
    if (constant) means[column] = (data[column] ?? 0) * (factors[column] ?? 1)
  }
  return { factors, means, deviations }
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
