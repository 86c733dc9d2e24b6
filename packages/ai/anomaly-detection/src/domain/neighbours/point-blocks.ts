import type { Matrix } from '../matrix.ts'

/** Points that one block holds. */
export const LANES = 8

/**
 * Points in blocks of eight, one feature after another: coordinate j of the point in slot b * 8 + l stands at
 * `values[(b * columns + j) * 8 + l]`. A scan then adds eight independent sums at once, which keeps the processor's
 * pipelines full and is the layout that SIMD wants. Slots without a point lie at Infinity.
 */
export interface PointBlocks {
  readonly values: Float64Array
  readonly columns: number
  readonly blocks: number
  /** Row of the source matrix in each slot; -1 where there is none. Shape (blocks * 8). */
  readonly rows: Int32Array
}

/** @param order - rows of `points` in the order they are to be packed, each once; as they stand where left out */
export function pointBlocksOf(points: Matrix, order?: Int32Array): PointBlocks {
  const { data, columns } = points
  const blocks = Math.ceil(points.rows / LANES)
  const values = new Float64Array(blocks * LANES * columns).fill(Infinity)
  const rows = new Int32Array(blocks * LANES).fill(-1)
  for (let slot = 0; slot < points.rows; slot++) {
    const row = order?.[slot] ?? slot
    rows[slot] = row
    let at = (slot - (slot % LANES)) * columns + (slot % LANES)
    for (let from = row * columns; from < (row + 1) * columns; from++) {
      values[at] = data[from] ?? 0
      at += LANES
    }
  }
  return { values, columns, blocks, rows }
}
