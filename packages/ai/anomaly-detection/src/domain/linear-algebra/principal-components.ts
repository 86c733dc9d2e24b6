import type { Matrix } from '../matrix.ts'
import { addProducts } from './add-products.ts'
import type { ColumnMap } from './column-map.ts'
import { covarianceOf } from './covariance.ts'
import { symmetricEigenOf } from './symmetric-eigen.ts'
import { wasmCovarianceOf } from './wasm-covariance.ts'

/** Directions of the data's variance, largest first. */
export interface PrincipalComponents {
  readonly count: number
  /** Unit vectors, row-major, shape (count, d); each sign is arbitrary. */
  readonly components: Float64Array
  /** Standard deviation along each; shape (count). */
  readonly deviations: Float64Array
  /** Share of the whole variance; shape (count), each >= 1e-12. */
  readonly ratios: Float64Array
}

// Directions with less are made of rounding: dividing by their variance would turn noise into scores.
const LEAST_RATIO = 1e-12

/**
 * With fewer than half as many rows as columns it solves the smaller problem of the rows' products with each other,
 * whose eigenvalues are the same: 80 rows of 2,000 columns then take 0.1 s in place of 8.
 *
 * @param centered - brings every column to mean 0
 * @returns no component at all where no column varies
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function principalComponentsOf(matrix: Matrix, centered: ColumnMap, signal?: AbortSignal): PrincipalComponents {
  return matrix.rows * 2 < matrix.columns
    ? fromRowProducts(matrix, centered, signal)
    : fromCovariance(matrix, centered, signal)
}

function fromCovariance(matrix: Matrix, map: ColumnMap, signal?: AbortSignal): PrincipalComponents {
  const { columns } = matrix
  const covariance = wasmCovarianceOf(matrix, map, signal) ?? plainCovarianceOf(matrix, map, signal)
  const { values, vectors } = symmetricEigenOf(covariance, columns, signal)
  const spread = spreadOf(values, traceOf(covariance, columns))
  return { ...spread, components: vectors.slice(0, spread.count * columns) }
}

function plainCovarianceOf({ data, rows, columns }: Matrix, map: ColumnMap, signal?: AbortSignal): Float64Array {
  const fill = (first: number, last: number, block: Float64Array, stride: number): void => {
    for (let row = first, at = first * columns; row < last; row++) {
      for (let column = 0, to = row - first; column < columns; column++, at++, to += stride) {
        block[to] = mapped(map, column, data[at] ?? 0)
      }
    }
  }
  return covarianceOf(rows, columns, fill, signal)
}

/** Z^T u is along the component whose row products Z Z^T / n have the eigenvector u; its length carries no news. */
function fromRowProducts({ data, rows, columns }: Matrix, map: ColumnMap, signal?: AbortSignal): PrincipalComponents {
  const padded = Math.ceil(rows / 4) * 4
  const z = new Float64Array(padded * columns)
  for (let at = 0; at < rows * columns; at++) z[at] = mapped(map, at % columns, data[at] ?? 0)
  const sums = new Float64Array(padded * padded)
  addProducts(z, padded, z, padded, columns, sums, true)
  const products = new Float64Array(rows * rows)
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other <= row; other++) products[row * rows + other] = (sums[row * padded + other] ?? 0) / rows
  }
  const { values, vectors } = symmetricEigenOf(products, rows, signal)
  const spread = spreadOf(values, traceOf(products, rows))
  const components = new Float64Array(spread.count * columns)
  for (let component = 0; component < spread.count; component++) {
    const to = component * columns
    for (let row = 0; row < rows; row++) {
      const weight = vectors[component * rows + row] ?? 0
      for (let column = 0; column < columns; column++) {
        components[to + column] = (components[to + column] ?? 0) + weight * (z[row * columns + column] ?? 0)
      }
    }
    normalize(components.subarray(to, to + columns))
  }
  return { ...spread, components }
}

function mapped({ factors, centers, scales }: ColumnMap, column: number, value: number): number {
  return (value * (factors[column] ?? 1) - (centers[column] ?? 0)) / (scales[column] ?? 1)
}

function traceOf(matrix: Float64Array, n: number): number {
  let trace = 0
  for (let at = 0; at < n * n; at += n + 1) trace += matrix[at] ?? 0
  return trace
}

/** Keeps what is more than noise. @param values - descending */
function spreadOf(values: Float64Array, total: number): Omit<PrincipalComponents, 'components'> {
  let count = 0
  while (count < values.length && (values[count] ?? 0) > 0 && (values[count] ?? 0) / total >= LEAST_RATIO) count++
  const kept = values.slice(0, count)
  return { count, deviations: kept.map(Math.sqrt), ratios: kept.map((value) => value / total) }
}

function normalize(vector: Float64Array): void {
  let squares = 0
  for (const value of vector) squares += value * value
  const length = Math.sqrt(squares)
  for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] ?? 0) / length
}
