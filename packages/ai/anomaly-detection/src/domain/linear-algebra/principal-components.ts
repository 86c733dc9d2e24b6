import type { Matrix } from '../matrix.ts'
import { covarianceOf } from './covariance.ts'
import { symmetricEigenOf } from './symmetric-eigen.ts'

/** Each column as ((x * factor) - center) / scale. Shapes (d). */
export interface ColumnMap {
  readonly factors: Float64Array
  readonly centers: Float64Array
  readonly scales: Float64Array
}

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
 * @param centered - brings every column to mean 0
 * @returns no component at all where no column varies
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function principalComponentsOf(matrix: Matrix, centered: ColumnMap, signal?: AbortSignal): PrincipalComponents {
  const { data, columns } = matrix
  const { factors, centers, scales } = centered
  const fill = (first: number, last: number, block: Float64Array, stride: number): void => {
    for (let row = first, at = first * columns; row < last; row++) {
      for (let column = 0, to = row - first; column < columns; column++, at++, to += stride) {
        block[to] = ((data[at] ?? 0) * (factors[column] ?? 1) - (centers[column] ?? 0)) / (scales[column] ?? 1)
      }
    }
  }
  const covariance = covarianceOf(matrix.rows, columns, fill, signal)
  let total = 0
  for (let column = 0; column < columns; column++) total += covariance[column * (columns + 1)] ?? 0
  const { values, vectors } = symmetricEigenOf(covariance, columns, signal)
  let count = 0
  while (count < columns && (values[count] ?? 0) > 0 && (values[count] ?? 0) / total >= LEAST_RATIO) count++
  return {
    count,
    components: vectors.slice(0, count * columns),
    deviations: values.slice(0, count).map(Math.sqrt),
    ratios: values.slice(0, count).map((value) => value / total),
  }
}
