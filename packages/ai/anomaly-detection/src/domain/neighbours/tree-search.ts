import { throwIfCancelled } from '../cancellation.ts'
import { boxDistance } from './box-distance.ts'
import { kDTreeOf } from './k-d-tree.ts'
import { EMPTY_ROW, offerBlock } from './nearest-list.ts'
import { LANES } from './point-blocks.ts'
import { scanBlocks } from './scan-blocks.ts'
import type { Found, Search } from './search.ts'

const QUERIES = 256 // queries between two looks at the signal
const DEPTH = 64 // nodes that can wait: one a level, and 2^31 rows make 27 levels

/** Skips every box that lies farther than the k-th neighbour so far, nearest boxes first. */
export function treeSearch(search: Search): Found {
  const { query, k, excludeSelf } = search
  throwIfCancelled(search.signal)
  const tree = kDTreeOf(search.train)
  const { points, right, boxes } = tree
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
    const left = excludeSelf ? row : -1
    const queryAt = row * columns
    const base = row * k
    const last = base + k - 1
    let count = 1
    waiting[0] = 0
    waitingBound[0] = 0
    while (count > 0) {
      count--
      if ((waitingBound[count] ?? 0) > (distances[last] ?? 0)) continue
      let node = waiting[count] ?? 0
      let far = right[node] ?? 0
      while (far !== 0) {
        let near = node + 1
        let nearBound = bound(boxes, near * boxSize, columns, query.data, queryAt)
        let farBound = bound(boxes, far * boxSize, columns, query.data, queryAt)
        if (farBound < nearBound) {
          ;[near, far] = [far, near]
          ;[nearBound, farBound] = [farBound, nearBound]
        }
        const limit = distances[last] ?? 0
        if (farBound <= limit) {
          waiting[count] = far
          waitingBound[count] = farBound
          count++
        }
        if (nearBound > limit) break
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
