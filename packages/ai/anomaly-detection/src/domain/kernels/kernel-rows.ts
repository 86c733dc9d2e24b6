import type { Matrix } from '../matrix.ts'
import { LANES, type PointBlocks, pointBlocksOf } from '../neighbours/point-blocks.ts'
import { exponentialDecay } from '../numeric/exponential-decay.ts'
import { blockDots, blockSquares } from './block-products.ts'
import { kernelValue, type ScaledKernel } from './kernel.ts'

const LARGEST_COORDINATE = 2 ** 900 // of a new row in the training rows' unit: its scalar products stay finite

/** Points packed for kernel evaluation. */
export interface KernelPoints {
  readonly kernel: ScaledKernel
  readonly blocks: PointBlocks
  /** The points as a kernel reads them; row-major, shape (rows, columns). */
  readonly data: Float64Array
}

/** @param points - shape (n, d), as given by the caller, unscaled */
export function kernelPointsOf(kernel: ScaledKernel, points: Matrix): KernelPoints {
  const data = inKernelUnits(kernel, points.data)
  const blocks = pointBlocksOf({ ...points, data })
  if (kernel.name !== 'rbf') blankEmptyLanes(blocks)
  return { kernel, blocks, data }
}

/** The values a kernel reads: the data itself for `rbf`. */
export function inKernelUnits({ exponent }: ScaledKernel, data: Float64Array): Float64Array {
  if (exponent === 0) return data
  const [half, rest] = [2 ** -Math.trunc(exponent / 2), 2 ** -(exponent - Math.trunc(exponent / 2))]
  return data.map((value) => {
    const scaled = value * half * rest
    return Math.max(-LARGEST_COORDINATE, Math.min(scaled, LARGEST_COORDINATE))
  })
}

// Empty lanes lie at Infinity: right for distances, but a scalar product with them would be NaN.
function blankEmptyLanes({ values, columns, rows }: PointBlocks): void {
  const last = rows.length - LANES
  for (let lane = 0; lane < LANES; lane++) {
    if ((rows[last + lane] ?? 0) >= 0) continue
    for (let column = 0; column < columns; column++) values[last * columns + column * LANES + lane] = 0
  }
}

/** Writes the kernel of point `row` with every point to `out`, shape (n rounded up to a multiple of eight). */
export function fillKernelRow({ kernel, blocks, data }: KernelPoints, row: number, out: Float32Array): void {
  const { values, columns } = blocks
  const products = new Float64Array(LANES)
  const rbf = kernel.name === 'rbf'
  const { slope } = kernel
  for (let block = 0, at = 0; block < blocks.blocks; block++) {
    if (rbf) {
      blockSquares(values, block, columns, data, row * columns, products)
      for (let lane = 0; lane < LANES; lane++) out[at++] = exponentialDecay(slope * (products[lane] as number))
    } else {
      blockDots(values, block, columns, data, row * columns, products)
      for (let lane = 0; lane < LANES; lane++) out[at++] = kernelValue(kernel, products[lane] as number)
    }
  }
}

/**
 * The sum, over all points, of their coefficients times the kernel with one query.
 * @param coefficients - shape (n rounded up to a multiple of eight), 0 where there is no point
 * @param queries - in kernel units, see `inKernelUnits`
 */
export function kernelSum(
  { kernel, blocks }: KernelPoints,
  coefficients: Float64Array,
  queries: Float64Array,
  queryAt: number,
  products: Float64Array,
): number {
  const { values, columns } = blocks
  const rbf = kernel.name === 'rbf'
  const { slope } = kernel
  let sum = 0
  for (let block = 0, at = 0; block < blocks.blocks; block++) {
    if (rbf) {
      blockSquares(values, block, columns, queries, queryAt, products)
      for (let lane = 0; lane < LANES; lane++) {
        sum += (coefficients[at++] as number) * exponentialDecay(slope * (products[lane] as number))
      }
    } else {
      blockDots(values, block, columns, queries, queryAt, products)
      for (let lane = 0; lane < LANES; lane++) {
        sum += (coefficients[at++] as number) * kernelValue(kernel, products[lane] as number)
      }
    }
  }
  return sum
}
