import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import type { ColumnMap } from './column-map.ts'
import { ROWS, meansOf } from './covariance.ts'
import { paddedTo4, placedIn, rowKernelFor } from './row-kernel.ts'

/**
 * `covarianceOf` the mapped rows in WebAssembly, the same to the last bit.
 *
 * @param centered - brings every column to mean 0
 * @returns undefined where this runtime has no WebAssembly or the rows are too few for it to pay
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function wasmCovarianceOf(matrix: Matrix, centered: ColumnMap, signal?: AbortSignal): Float64Array | undefined {
  const { data, rows, columns } = matrix
  const kernel = rowKernelFor(rows)
  if (kernel === undefined) return undefined
  const padded = paddedTo4(columns)
  const [block, z, norms, factors, centers, scales, sums] = placedIn(kernel, [
    ROWS * columns,
    ROWS * padded,
    ROWS,
    columns,
    columns,
    columns,
    padded * padded,
  ])
  factors.values.set(centered.factors)
  centers.values.set(centered.centers)
  scales.values.set(centered.scales)
  const map = [factors.at, centers.at, scales.at] as const
  const stride = padded * 8
  for (let first = 0; first < rows; first += ROWS) {
    throwIfCancelled(signal)
    const count = Math.min(ROWS, rows - first)
    block.values.set(data.subarray(first * columns, (first + count) * columns))
    kernel.mapRows(block.at, count, columns, ...map, z.at, stride, norms.at, 0, 0, Infinity)
    kernel.addCrossProducts(z.at, count, stride, sums.at)
  }
  return meansOf(sums.values, padded, rows, columns)
}
