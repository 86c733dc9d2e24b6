import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import { scaleExponentOf } from '../neighbours/binary-scale.ts'
import { addProducts } from './add-products.ts'
import type { ColumnMap } from './column-map.ts'
import type { Directions, ProjectedRows, Projector } from './projected-rows.ts'
import { wasmProjectorOf } from './wasm-projections.ts'

/**
 * Runs of rows of a matrix, in order. A row's projections do not depend on the rows beside it, nor on whether they were
 * made in WebAssembly.
 *
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function* projectionsOf(
  matrix: Matrix,
  directions: Directions,
  signal?: AbortSignal,
): Generator<ProjectedRows, void> {
  const plain = { project: plainProjectorOf(matrix, directions), turn: ROWS }
  const { project, turn } = wasmProjectorOf(matrix, directions, plain.project) ?? plain
  for (let first = 0; first < matrix.rows; first += turn) {
    throwIfCancelled(signal)
    yield project(matrix, first, Math.min(first + turn, matrix.rows))
  }
}

const ROWS = 128 // rows a turn: they and their products stay in the core's cache

function plainProjectorOf({ columns }: Matrix, { map, vectors, count, unit }: Directions): Projector {
  const padded = Math.ceil(count / 4) * 4
  const paddedVectors = new Float64Array(padded * columns)
  paddedVectors.set(vectors)
  const block = new Float64Array(ROWS * columns)
  const products = new Float64Array(padded * ROWS)
  const factors = new Float64Array(ROWS)
  const squaredNorms = new Float64Array(ROWS)
  const along = new Float64Array(ROWS * count)
  const project = (matrix: Matrix, first: number, last: number): ProjectedRows => {
    const rows = last - first
    for (let row = 0; row < rows; row++) {
      factors[row] = mapRow(matrix, map, first + row, unit, block, row * columns)
      squaredNorms[row] = squaredNorm(block, row * columns, columns)
    }
    products.fill(0)
    addProducts(paddedVectors, padded, block, ROWS, columns, products, false)
    for (let row = 0, at = 0; row < rows; row++) {
      for (let direction = 0; direction < count; direction++) along[at++] = products[direction * ROWS + row] ?? 0
    }
    return { first, rows, factors, squaredNorms, along, width: count }
  }
  return project
}

/** Writes the mapped row to `out` and returns the power of two it was multiplied by. */
function mapRow(matrix: Matrix, map: ColumnMap, row: number, unit: number, out: Float64Array, outAt: number): number {
  const { data, columns } = matrix
  const { factors, centers, scales } = map
  let largest = unit
  for (let column = 0, at = row * columns; column < columns; column++, at++) {
    const mapped = ((data[at] ?? 0) * (factors[column] ?? 1) - (centers[column] ?? 0)) / (scales[column] ?? 1)
    out[outAt + column] = mapped
    const magnitude = Math.abs(mapped)
    if (magnitude > largest) largest = magnitude
  }
  if (largest === Infinity) {
    for (let at = outAt; at < outAt + columns; at++) {
      out[at] = Math.max(-Number.MAX_VALUE, Math.min(out[at] ?? 0, Number.MAX_VALUE))
    }
    largest = Number.MAX_VALUE
  }
  const factor = 2 ** scaleExponentOf(largest)
  if (factor !== 1) for (let at = outAt; at < outAt + columns; at++) out[at] = (out[at] ?? 0) * factor
  return factor
}

function squaredNorm(values: Float64Array, from: number, columns: number): number {
  let sum = 0
  for (let at = from; at < from + columns; at++) {
    const value = values[at] ?? 0
    sum += value * value
  }
  return sum
}
