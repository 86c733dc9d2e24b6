import { throwIfCancelled } from '../cancellation.ts'
import { boxDistance } from './box-distance.ts'
import { kDTreeOf } from './k-d-tree.ts'
import { EMPTY_ROW, offerBlock } from './nearest-list.ts'
import { LANES } from './point-blocks.ts'
import { scanBlocks } from './scan-blocks.ts'
import { type Found, type Search, selfOf } from './search.ts'

const QUERIES = 256 // queries between two looks at the signal
const DEPTH = 64 // nodes that can wait: one a level, and 2^31 rows make 27 levels

/** Points at which a node stays whole. Measured at 100,000 x 10: 8 16.6 s, 16 14.5, 24 14.0, 32 13.6, 48 13.0. */
export const LEAF_POINTS = 48

/** Skips every box that lies farther than the k-th neighbour so far, nearest boxes first. */
export function treeSearch(search: Search): Found {
  const { query, k, excludeSelf } = search
  throwIfCancelled(search.signal)
  const tree = search.tree ?? kDTreeOf(search.train, LEAF_POINTS)
  const { points, right, lowestRow, boxes } = tree
  const { columns } = points
  const scan = scanBlocks[search.metric]
  const bound = boxDistance[search.metric]
  const distances = new Float64Array(query.rows * k).fill(Infinity)
  const indices = new Int32Array(query.rows * k).fill(EMPTY_ROW)
  const reduced = new Float64Array(LANES)
  const waiting = new Int32Array(DEPTH)
  const waitingBound = new Float64Array(DEPTH)
  const boxSize = columns * 2

  for (let turn = 0; turn < query.rows; turn++) {
    if (turn % QUERIES === 0) throwIfCancelled(search.signal)
    // Neighbours in the tree ask one after another, so that what they read is still in the cache.
    const row = excludeSelf ? (points.rows[turn] ?? turn) : turn
    const left = selfOf(search, row)
    const queryAt = row * columns
    const base = row * k
    const last = base + k - 1
    let count = 1
    waiting[0] = 0
    waitingBound[0] = 0
    while (count > 0) {
      count--
      let node = waiting[count] ?? 0
      if (!worthAVisit(waitingBound[count] ?? 0, lowestRow[node] ?? 0, distances, indices, last)) continue
      let far = right[node] ?? 0
      while (far !== 0) {
        let near = node + 1
        let nearBound = bound(boxes, near * boxSize, columns, query.data, queryAt)
        let farBound = bound(boxes, far * boxSize, columns, query.data, queryAt)
        if (farBound < nearBound || (farBound === nearBound && (lowestRow[far] ?? 0) < (lowestRow[near] ?? 0))) {
          ;[near, far] = [far, near]
          ;[nearBound, farBound] = [farBound, nearBound]
        }
        if (worthAVisit(farBound, lowestRow[far] ?? 0, distances, indices, last)) {
          waiting[count] = far
          waitingBound[count] = farBound
          count++
        }
        if (!worthAVisit(nearBound, lowestRow[near] ?? 0, distances, indices, last)) break
        node = near
        far = right[node] ?? 0
      }
      if (far !== 0) continue
      const to = tree.to[node] ?? 0
      let block = tree.from[node] ?? 0
      while (block < to) {
        block = scan(points.values, columns, block, to, query.data, queryAt, distances[last] ?? 0, reduced)
        if (block < to) offerBlock(reduced, points.rows, block * LANES, left, distances, indices, base, k)
        block++
      }
    }
  }
  return { indices, distances }
}

/** Whether a box may hold a point that is nearer than the k-th, or as near and of a lower row. */
function worthAVisit(
  bound: number,
  lowestRow: number,
  distances: Float64Array,
  indices: Int32Array,
  last: number,
): boolean {
  const limit = distances[last] ?? 0
  return bound < limit || (bound === limit && lowestRow < (indices[last] ?? 0))
}
