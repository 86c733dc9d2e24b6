import { throwIfCancelled } from '../cancellation.ts'
import { EMPTY_ROW, offerBlock } from './nearest-list.ts'
import { LANES, pointBlocksOf } from './point-blocks.ts'
import { scanBlocks } from './scan-blocks.ts'
import { type Found, type Search, selfOf } from './search.ts'

const QUERIES = 128 // queries that share one pass over the points, and the work between two looks at the signal
const POINT_BYTES = 128 * 1024 // points scanned for all of these before going on: they stay in the core's cache

/** Looks at every pair: no assumption on the data, the better choice where boxes cannot keep rows apart. */
export function bruteForceSearch(search: Search): Found {
  const { query, k } = search
  const points = pointBlocksOf(search.train)
  const { columns } = points
  const scan = scanBlocks[search.metric]
  const distances = new Float64Array(query.rows * k).fill(Infinity)
  const indices = new Int32Array(query.rows * k).fill(EMPTY_ROW)
  const reduced = new Float64Array(LANES)
  const chunk = Math.max(1, Math.floor(POINT_BYTES / (8 * LANES * columns)))
  for (let first = 0; first < query.rows; first += QUERIES) {
    const end = Math.min(first + QUERIES, query.rows)
    for (let from = 0; from < points.blocks; from += chunk) {
      throwIfCancelled(search.signal)
      const to = Math.min(from + chunk, points.blocks)
      for (let row = first; row < end; row++) {
        const left = selfOf(search, row)
        const base = row * k
        const last = base + k - 1
        let block = from
        while (block < to) {
          const limit = distances[last] ?? 0
          if (limit === 0) break // k doubles: rows come in order, so no later one can take a place
          block = scan(points.values, columns, block, to, query.data, row * columns, limit, reduced)
          if (block < to) offerBlock(reduced, points.rows, block * LANES, left, distances, indices, base, k)
          block++
        }
      }
    }
  }
  return { indices, distances }
}
