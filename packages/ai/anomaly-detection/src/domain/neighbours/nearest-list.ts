import { LANES } from './point-blocks.ts'

/**
 * The k nearest rows seen so far of one query: a sorted run of k slots from `base` in two flat arrays, so that the
 * lists of all queries are the result itself. An empty slot is at Infinity with row 2^31 - 1, behind everything.
 */
export const EMPTY_ROW = 0x7fffffff

/**
 * Puts the points of one scanned block into a query's list. Equal distances go to the lower row, which makes the list
 * independent of the order in which points are met.
 *
 * @param left - a row that must not enter, or -1
 */
export function offerBlock(
  reduced: Float64Array,
  rows: Int32Array,
  firstSlot: number,
  left: number,
  distances: Float64Array,
  indices: Int32Array,
  base: number,
  k: number,
): void {
  const last = base + k - 1
  for (let lane = 0; lane < LANES; lane++) {
    const distance = reduced[lane] ?? 0
    if (!(distance <= (distances[last] ?? 0))) continue
    const row = rows[firstSlot + lane] ?? -1
    if (row >= 0 && row !== left) insert(distance, row, distances, indices, base, last)
  }
}

function insert(
  distance: number,
  row: number,
  distances: Float64Array,
  indices: Int32Array,
  base: number,
  last: number,
): void {
  if (distance === distances[last] && row > (indices[last] ?? 0)) return
  let slot = last
  while (slot > base) {
    const before = distances[slot - 1] ?? 0
    if (before < distance || (before === distance && (indices[slot - 1] ?? 0) < row)) break
    distances[slot] = before
    indices[slot] = indices[slot - 1] ?? 0
    slot--
  }
  distances[slot] = distance
  indices[slot] = row
}
