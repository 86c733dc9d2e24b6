import { throwIfCancelled } from '../cancellation.ts'
import { instantiate } from '../wasm/instantiate.ts'
import { kDTreeOf } from './k-d-tree.ts'
import { neighbourSearchWasm } from './neighbour-search.wasm.ts'
import { LANES, pointBlocksOf } from './point-blocks.ts'
import { type Kernel, batchOf } from './search-kernel.ts'
import { type Found, type Search, selfOf } from './search.ts'

/** Both searches in WebAssembly, with the answers of the plain ones to the last bit. */
export interface WasmSearch {
  /** Looks at every pair. */
  readonly everyPair: (search: Search) => Found
  /** Skips every box that lies farther than the k-th neighbour so far. */
  readonly byTree: (search: Search) => Found
}

const FEW_QUERIES = 8 // below these, setting up the kernel costs more than it saves
const FEW_PAIRS = 20_000
const MOST_BYTES = 2 ** 31 // that the points and boxes take in the kernel's memory, 4 GiB at most
const SCANNING = 128 // queries that share one pass over the points
const WALKING = 64 // queries a call: V8 compiles a kernel well only between calls, so they must be short
const POINT_BYTES = 128 * 1024 // points scanned for all of these before going on: they stay in the core's cache
/**
 * Points at which a node stays whole. Measured at 30,000 x 10: 16 1.16 s, 32 0.89, 48 0.87, 64 0.74, 128 0.64, 400 0.63; x 5: 0.17, 0.16, 0.15, 0.15,
 * 0.14, 0.16.
 */
export const LEAF_POINTS = 128

/** Undefined where this runtime has no WebAssembly, or where the search is too small or too large for it to pay. */
export function wasmSearchFor({ train, query }: Search): WasmSearch | undefined {
  if (query.rows < FEW_QUERIES || train.rows * query.rows < FEW_PAIRS) return undefined
  if (train.data.byteLength * 2.5 > MOST_BYTES) return undefined
  // the shape of the exports is that of assembly/neighbour-search.ts
  const kernel = instantiate(neighbourSearchWasm) as Kernel | undefined
  if (kernel === undefined) return undefined
  return { everyPair: (search) => everyPair(kernel, search), byTree: (search) => byTree(kernel, search) }
}

function everyPair(kernel: Kernel, search: Search): Found {
  const { query, signal } = search
  const points = pointBlocksOf(search.train)
  const batch = batchOf(kernel, search, points, undefined, Math.min(SCANNING, query.rows))
  const found = emptyFound(search)
  const chunk = Math.max(1, Math.floor(POINT_BYTES / (8 * LANES * points.columns)))
  for (let first = 0; first < query.rows; first += SCANNING) {
    const count = Math.min(SCANNING, query.rows - first)
    for (let slot = 0; slot < count; slot++) batch.ask(slot, first + slot, selfOf(search, first + slot))
    batch.clear()
    for (let from = 0; from < points.blocks; from += chunk) {
      throwIfCancelled(signal)
      kernel.scan(count, from, Math.min(from + chunk, points.blocks))
    }
    for (let slot = 0; slot < count; slot++) batch.answer(slot, first + slot, found)
  }
  return found
}

function byTree(kernel: Kernel, search: Search): Found {
  const { query, excludeSelf, signal } = search
  throwIfCancelled(signal)
  const tree = search.tree ?? kDTreeOf(search.train, LEAF_POINTS)
  const batch = batchOf(kernel, search, tree.points, tree, Math.min(WALKING, query.rows))
  const found = emptyFound(search)
  // Neighbours in the tree ask one after another, so that what they read is still in the cache.
  const rowAt = (turn: number): number => (excludeSelf ? (tree.points.rows[turn] ?? turn) : turn)
  for (let first = 0; first < query.rows; first += WALKING) {
    throwIfCancelled(signal)
    const count = Math.min(WALKING, query.rows - first)
    for (let slot = 0; slot < count; slot++) {
      const row = rowAt(first + slot)
      batch.ask(slot, row, selfOf(search, row))
    }
    batch.clear()
    kernel.walk(count)
    for (let slot = 0; slot < count; slot++) batch.answer(slot, rowAt(first + slot), found)
  }
  return found
}

function emptyFound({ query, k }: Search): Found {
  return { indices: new Int32Array(query.rows * k), distances: new Float64Array(query.rows * k) }
}
