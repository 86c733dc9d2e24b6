import { choleskyOf, lowerInverseOf } from '../linear-algebra/cholesky.ts'
import type { Matrix } from '../matrix.ts'
import { rowsAround } from './recipe.ts'

/** Planes that go through the cloud of the training rows: w.x = offset, each over a few of the features. */
export interface Planes {
  readonly columns: number
  /** Features a plane spans. */
  readonly width: number
  /** Shape (planes, width). */
  readonly features: Int32Array
  /** Shape (planes, width). */
  readonly weights: Float64Array
  /** Shape (planes). */
  readonly offsets: Float64Array
  /** Shape (planes): how far from it the training rows lie, where that is known. */
  readonly reaches?: Float64Array | undefined
}

const RIDGE = 1e-9 // keeps features that few planes span, or none, near 0

/** Rows such as lie near all of the planes: around the point that comes nearest to them, as far off as they are. */
export function rowsByPlanes(planes: Planes): Matrix {
  const center = nearestPoint(planes)
  const { columns, width, features, weights, offsets, reaches } = planes
  const above = new Float64Array(columns)
  const below = new Float64Array(columns)
  for (const [plane, offset] of offsets.entries()) {
    const residual = offset - alongOf(planes, plane, center)
    for (let at = plane * width; at < (plane + 1) * width; at++) {
      const feature = features[at] as number
      const square = (weights[at] as number) ** 2
      above[feature] = (above[feature] as number) + (residual ** 2 + (reaches?.[plane] ?? 0) ** 2) * square
      below[feature] = (below[feature] as number) + square * square
    }
  }
  return rowsAround(
    center,
    above.map((sum, feature) => (sum === 0 ? 0 : Math.sqrt(sum / (below[feature] as number)))),
  )
}

// Least squares: the normal equations by their Cholesky factor.
function nearestPoint(planes: Planes): Float64Array {
  const { columns, width, features, weights, offsets } = planes
  const normal = new Float64Array(columns * columns)
  const right = new Float64Array(columns)
  for (const [plane, offset] of offsets.entries()) {
    for (let i = plane * width; i < (plane + 1) * width; i++) {
      const row = features[i] as number
      right[row] = (right[row] as number) + (weights[i] as number) * offset
      for (let j = plane * width; j < (plane + 1) * width; j++) {
        const to = row * columns + (features[j] as number)
        normal[to] = (normal[to] as number) + (weights[i] as number) * (weights[j] as number)
      }
    }
  }
  let trace = 0
  for (let column = 0; column < columns; column++) trace += normal[column * (columns + 1)] as number
  const ridge = trace === 0 ? 1 : trace * RIDGE
  for (let column = 0; column < columns; column++) {
    normal[column * (columns + 1)] = (normal[column * (columns + 1)] as number) + ridge
  }
  const lower = choleskyOf(normal, columns)
  return lower === undefined ? new Float64Array(columns) : solved(lowerInverseOf(lower, columns), right)
}

// x = L^-T (L^-1 b)
function solved(inverse: Float64Array, right: Float64Array): Float64Array {
  const n = right.length
  const half = right.map((_, row) => dot(inverse.subarray(row * n, (row + 1) * n), right))
  return half.map((_, column) =>
    half.reduce((sum, value, row) => sum + value * (inverse[row * n + column] as number), 0),
  )
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] as number), 0)
}

function alongOf({ width, features, weights }: Planes, plane: number, point: Float64Array): number {
  let along = 0
  for (let at = plane * width; at < (plane + 1) * width; at++) {
    along += (weights[at] as number) * (point[features[at] as number] as number)
  }
  return along
}
