import type { Matrix } from '../matrix.ts'
import type { WasmMemory } from '../wasm/instantiate.ts'
import type { KDTree } from './k-d-tree.ts'
import type { Metric } from './metric.ts'
import { type NarrowScale, narrowScaleOf } from './narrow-points.ts'
import { EMPTY_ROW } from './nearest-list.ts'
import { LANES, type PointBlocks } from './point-blocks.ts'
import type { Found, Search } from './search.ts'

/** The exports of assembly/neighbour-search.ts, where the arguments are described. */
export interface Kernel {
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

/** The queries of one call, in the kernel's memory. */
export interface Batch {
  /** Puts a row of the queries into a slot. @param self - a row that must not be found, or -1 */
  readonly ask: (slot: number, row: number, self: number) => void
  /** Empties all lists. */
  readonly clear: () => void
  /** Copies a slot's list to its row. */
  readonly answer: (slot: number, row: number, found: Found) => void
}

const MANY_QUERIES = 64 // from these on a copy of the points in single precision pays
const PAGE = 65536
const WAITING_BYTES = 64 * 16 // one node a level, and 2^31 rows make 27 levels

const kindOf: Readonly<Record<Metric, number>> = { euclidean: 0, manhattan: 1, chebyshev: 2 }

/**
 * Puts points and boxes where the kernel finds them, and makes room for queries.
 *
 * @param tree - where it is to be searched
 * @param slots - queries a call
 */
export function batchOf(
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
