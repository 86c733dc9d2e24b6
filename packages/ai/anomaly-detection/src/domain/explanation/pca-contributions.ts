import type { PcaState } from '../detectors/pca.ts'
import type { Matrix } from '../matrix.ts'

/**
 * What each feature adds to a row's score by principal components. `mahalanobis`: sum over components of (z.v)^2 /
 * variance is parted as z_j times sum of (z.v) v_j / variance; a part can be negative (J. Westerhuis, S. Gurden, A. Smilde,
 * 2000, Generalized Contribution Plots in Multivariate Statistical Process Monitoring, equation 10). `pyod`: each distance
 * |z - v| is parted as (z_j - v_j)^2 / |z - v|; no part is negative.
 * @param x - shape (n, d)
 * @returns shape (n, d), row-major; the parts of a row sum to its score
 */
export function pcaContributions(state: PcaState, x: Matrix): Float64Array {
  const { columns } = x
  const out = new Float64Array(x.rows * columns)
  const z = new Float64Array(columns)
  const addParts = state.method === 'pyod' ? addDistanceParts : addSquareParts
  for (let row = 0; row < x.rows; row++) {
    const start = row * columns
    for (let column = 0; column < columns; column++) {
      const value = (x.data[start + column] as number) * (state.factors[column] as number)
      z[column] = (value - (state.centers[column] as number)) / (state.scales[column] as number)
    }
    addParts(state, z, out.subarray(start, start + columns))
  }
  return out
}

function addSquareParts({ components, weights }: PcaState, z: Float64Array, out: Float64Array): void {
  const columns = z.length
  for (let component = 0; component < weights.length; component++) {
    const start = component * columns
    let along = 0
    for (let j = 0; j < columns; j++) along += (z[j] as number) * (components[start + j] as number)
    const factor = along / (weights[component] as number) / (weights[component] as number)
    for (let j = 0; j < columns; j++) {
      out[j] = (out[j] as number) + factor * (components[start + j] as number) * (z[j] as number)
    }
  }
}

function addDistanceParts({ components, weights }: PcaState, z: Float64Array, out: Float64Array): void {
  const columns = z.length
  const largest = z.reduce((most, one) => Math.max(most, Math.abs(one)), 1) // so that no square overflows
  for (let component = 0; component < weights.length; component++) {
    const start = component * columns
    let squares = 0
    for (let j = 0; j < columns; j++) squares += (((z[j] as number) - (components[start + j] as number)) / largest) ** 2
    if (squares === 0) continue
    const factor = largest / Math.sqrt(squares) / (weights[component] as number)
    for (let j = 0; j < columns; j++) {
      const away = ((z[j] as number) - (components[start + j] as number)) / largest
      out[j] = (out[j] as number) + factor * away * away
    }
  }
}
