import { throwIfCancelled } from '../cancellation.ts'
import type { Matrix } from '../matrix.ts'
import { instantiate, type WasmMemory } from '../wasm/instantiate.ts'
import { type KDTree, kDTreeOf } from './k-d-tree.ts'
import type { Metric } from './metric.ts'
import { type NarrowScale, narrowScaleOf } from './narrow-points.ts'
import { EMPTY_ROW } from './nearest-list.ts'
import { neighbourSearchWasm } from './neighbour-search.wasm.ts'
import { LANES, type PointBlocks, pointBlocksOf } from './point-blocks.ts'
import type { Found, Search } from './search.ts'

/** Both searches in WebAssembly, with the answers of the plain ones to the last bit. */
export interface WasmSearch {
  /** Looks at every pair. */
  readonly everyPair: (search: Search) => Found
  /** Skips every box that lies farther than the k-th neighbour so far. */
  readonly byTree: (search: Search) => Found
}

const FEW_QUERIES = 8 // below these, setting up the kernel costs more than it saves
const FEW_PAIRS = 20_000
const MANY_QUERIES = 64 // from these on a copy of the points in single precision pays
const MOST_BYTES = 2 ** 31 // that the points and boxes take in the kernel's memory, 4 GiB at most
const PAGE = 65536
const SCANNING = 128 // queries that share one pass over the points
const WALKING = 64 // queries a call: V8 compiles a kernel well only between calls, so they must be short
const POINT_BYTES = 128 * 1024 // points scanned for all of these before going on: they stay in the core's cache
// Measured at 30,000 x 10: 16 1.16 s, 32 0.89, 48 0.87, 64 0.74, 128 0.64, 400 0.63; x 5: 0.17, 0.16, 0.15, 0.15, 0.14, 0.16.
const LEAF_POINTS = 128
const WAITING_BYTES = 64 * 16 // one node a level, and 2^31 rows make 27 levels

/** Undefined where this runtime has no WebAssembly, or where the search is too small or too large for it to pay. */
export function wasmSearchFor({ train, query }: Search): WasmSearch | undefined {
  if (query.rows < FEW_QUERIES || train.rows * query.rows < FEW_PAIRS) return undefined
  if (train.data.byteLength * 2.5 > MOST_BYTES) return undefined
  // the shape of the exports is that of assembly/neighbour-search.ts
  const kernel = instantiate(neighbourSearchWasm) as Kernel | undefined
  if (kernel === undefined) return undefined
  return { everyPair: (search) => everyPair(kernel, search), byTree: (search) => byTree(kernel, search) }
}

interface Kernel {
  readonly memory: WasmMemory
  readonly configure: (
    kind: number,
    columns: number,
    k: number,
    values: number,
    rows: number,
    queries: number,
    selves: number,
    distances: number,
    indices: number,
    scratch: number,
    nodes: number,
    boxes: number,
  ) => void
  readonly filter: (narrow: number, narrowQueries: number, distanceError: number, relativeError: number) => void
  readonly scan: (count: number, from: number, to: number) => void
  readonly walk: (count: number) => void
}

function everyPair(kernel: Kernel, search: Search): Found {
  const { query, excludeSelf, signal } = search
  const points = pointBlocksOf(search.train)
  const batch = batchOf(kernel, search, points, undefined, SCANNING)
  const found = emptyFound(search)
  const chunk = Math.max(1, Math.floor(POINT_BYTES / (8 * LANES * points.columns)))
  for (let first = 0; first < query.rows; first += SCANNING) {
    const count = Math.min(SCANNING, query.rows - first)
    for (let slot = 0; slot < count; slot++) batch.ask(slot, first + slot, excludeSelf ? first + slot : -1)
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
  const tree = kDTreeOf(search.train, LEAF_POINTS)
  const batch = batchOf(kernel, search, tree.points, tree, WALKING)
  const found = emptyFound(search)
  // Neighbours in the tree ask one after another, so that what they read is still in the cache.
  const rowAt = (turn: number): number => (excludeSelf ? (tree.points.rows[turn] ?? turn) : turn)
  for (let first = 0; first < query.rows; first += WALKING) {
    throwIfCancelled(signal)
    const count = Math.min(WALKING, query.rows - first)
    for (let slot = 0; slot < count; slot++) {
      const row = rowAt(first + slot)
      batch.ask(slot, row, excludeSelf ? row : -1)
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

/** The queries of one call, in the kernel's memory. */
interface Batch {
  /** Puts a row of the queries into a slot. @param self - a row that must not be found, or -1 */
  readonly ask: (slot: number, row: number, self: number) => void
  /** Empties all lists. */
  readonly clear: () => void
  /** Copies a slot's list to its row. */
  readonly answer: (slot: number, row: number, found: Found) => void
}

const kindOf: Readonly<Record<Metric, number>> = { euclidean: 0, manhattan: 1, chebyshev: 2 }

function batchOf(
  kernel: Kernel,
  { train, query, k, metric }: Search,
  points: PointBlocks,
  tree: KDTree | undefined,
  slots: number,
): Batch {
  const { columns } = points
  const nodes = tree?.right.length ?? 0
  const boxesAt = points.values.byteLength
  const queriesAt = boxesAt + nodes * columns * 32
  const distancesAt = queriesAt + slots * columns * 8
  const scratchAt = distancesAt + slots * k * 8
  const nodesAt = scratchAt + LANES * 8 + WAITING_BYTES
  const rowsAt = nodesAt + nodes * 16
  const selvesAt = rowsAt + points.rows.byteLength
  const indicesAt = selvesAt + slots * 4
  const narrowQueriesAt = indicesAt + slots * k * 4
  const narrowAt = narrowQueriesAt + slots * columns * 4
  const scale = metric === 'euclidean' && query.rows >= MANY_QUERIES ? narrowScaleOf(train, query) : undefined
  const missing = narrowAt + (scale === undefined ? 0 : points.values.length * 4) - kernel.memory.buffer.byteLength
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE))
  const { buffer } = kernel.memory
  new Float64Array(buffer, 0, points.values.length).set(points.values)
  new Int32Array(buffer, rowsAt, points.rows.length).set(points.rows)
  if (tree !== undefined) {
    writeNodes(tree, new Int32Array(buffer, nodesAt, nodes * 4))
    writeBoxes(tree, columns, new Float64Array(buffer, boxesAt, nodes * columns * 4))
  }
  const at = [rowsAt, queriesAt, selvesAt, distancesAt, indicesAt, scratchAt, nodesAt, boxesAt] as const
  kernel.configure(kindOf[metric], columns, k, 0, ...at)
  if (scale !== undefined) {
    kernel.filter(narrowAt, narrowQueriesAt, scale.distanceError, scale.relativeError)
    writeNarrow(points, scale, new Float32Array(buffer, narrowAt, points.values.length))
  }
  const narrowQueries = new Float32Array(buffer, narrowQueriesAt, slots * columns)
  const queries = new Float64Array(buffer, queriesAt, slots * columns)
  const selves = new Int32Array(buffer, selvesAt, slots)
  const distances = new Float64Array(buffer, distancesAt, slots * k)
  const indices = new Int32Array(buffer, indicesAt, slots * k)
  return {
    ask: (slot, row, self) => {
      copyQuery(query, row, queries, slot * columns)
      if (scale !== undefined) narrowQuery(queries, scale, narrowQueries, slot * columns)
      selves[slot] = self
    },
    clear: () => {
      distances.fill(Infinity)
      indices.fill(EMPTY_ROW)
    },
    answer: (slot, row, found) => {
      for (let from = slot * k, to = row * k; from < (slot + 1) * k; from++, to++) {
        found.distances[to] = distances[from] ?? 0
        found.indices[to] = indices[from] ?? 0
      }
    },
  }
}

function copyQuery({ data, columns }: Matrix, row: number, queries: Float64Array, to: number): void {
  for (let from = row * columns, at = to; at < to + columns; from++, at++) queries[at] = data[from] ?? 0
}

function narrowQuery(queries: Float64Array, { center }: NarrowScale, out: Float32Array, first: number): void {
  for (let column = 0; column < center.length; column++) {
    out[first + column] = (queries[first + column] ?? 0) - (center[column] ?? 0)
  }
}

function writeNarrow({ values, blocks, columns }: PointBlocks, { center }: NarrowScale, out: Float32Array): void {
  for (let block = 0, at = 0; block < blocks; block++) {
    for (let column = 0; column < columns; column++) {
      const middle = center[column] ?? 0
      for (const end = at + LANES; at < end; at++) out[at] = (values[at] ?? 0) - middle
    }
  }
}

function writeNodes({ right, from, to, lowestRow }: KDTree, out: Int32Array): void {
  for (let node = 0; node < right.length; node++) {
    out[node * 4] = right[node] ?? 0
    out[node * 4 + 1] = from[node] ?? 0
    out[node * 4 + 2] = to[node] ?? 0
    out[node * 4 + 3] = lowestRow[node] ?? 0
  }
}

/** Both children's boxes stand with their parent, side by side. */
function writeBoxes({ right, boxes }: KDTree, columns: number, out: Float64Array): void {
  for (let node = 0; node < right.length; node++) {
    const far = right[node] ?? 0
    if (far === 0) continue
    for (let feature = 0, at = node * columns * 4; feature < columns; feature++, at += 4) {
      const near = ((node + 1) * columns + feature) * 2
      const other = (far * columns + feature) * 2
      out[at] = boxes[near] ?? 0
      out[at + 1] = boxes[other] ?? 0
      out[at + 2] = boxes[near + 1] ?? 0
      out[at + 3] = boxes[other + 1] ?? 0
    }
  }
}
