import type { Matrix } from '../matrix.ts'
import { ORDINARY } from '../neighbours/binary-scale.ts'
import type { Directions, ProjectedRows, Projector } from './projected-rows.ts'
import { paddedTo4, placedIn, rowKernelFor } from './row-kernel.ts'

const ROWS = 128 // rows a turn: they and their products stay in the core's cache

/**
 * Projections in WebAssembly, the same to the last bit.
 *
 * @param plain - for runs with rows of extreme magnitudes; it takes 128 rows at most
 * @returns the projector and how many rows it takes at once; undefined where this runtime has no WebAssembly or the rows
 *   are too few for it to pay
 */
export function wasmProjectorOf(
  { rows: allRows, columns }: Matrix,
  { map, vectors, count, unit }: Directions,
  plain: Projector,
): { readonly project: Projector; readonly turn: number } | undefined {
  const kernel = rowKernelFor(allRows)
  if (kernel === undefined) return undefined
  const padded = paddedTo4(columns)
  const width = paddedTo4(count)
  const placed = placedIn(kernel, [
    ROWS * columns,
    ROWS * padded,
    ROWS,
    columns,
    columns,
    columns,
    columns * width,
    ROWS * width,
    width,
    width,
    ROWS,
  ])
  const [block, z, norms, factors, centers, scales, directions, along, weighing, farthest, sums] = placed
  factors.values.set(map.factors)
  centers.values.set(map.centers)
  scales.values.set(map.scales)
  for (let direction = 0, at = 0; direction < count; direction++) {
    for (let column = 0; column < columns; column++) directions.values[column * width + direction] = vectors[at++] ?? 0
  }
  const ones = new Float64Array(ROWS).fill(1)
  const mapped = [factors.at, centers.at, scales.at, z.at, padded * 8, norms.at] as const
  const project = (matrix: Matrix, first: number, last: number): ProjectedRows => {
    const rows = last - first
    block.values.set(matrix.data.subarray(first * columns, last * columns))
    const extreme = kernel.mapRows(block.at, rows, columns, ...mapped, unit, ORDINARY.lowest, ORDINARY.highest)
    if (extreme !== 0) return plain(matrix, first, last)
    kernel.project(z.at, paddedTo4(rows), padded * 8, columns, directions.at, along.at, width * 8)
    return {
      first,
      rows,
      factors: ones,
      squaredNorms: norms.values,
      along: along.values,
      width,
      keepFarthest: (means, kept) => {
        weighing.values.set(means)
        farthest.values.set(kept)
        kernel.keepFarthest(along.at, rows, width * 8, weighing.at, farthest.at)
        kept.set(farthest.values.subarray(0, count))
      },
      sumDistances: (weights, scores) => {
        weighing.values.fill(1)
        weighing.values.set(weights)
        kernel.sumDistances(along.at, rows, width * 8, count, norms.at, weighing.at, sums.at)
        scores.set(sums.values.subarray(0, rows), first)
      },
    }
  }
  return { project, turn: ROWS }
}
