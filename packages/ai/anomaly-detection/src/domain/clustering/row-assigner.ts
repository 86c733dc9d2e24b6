import type { Matrix } from '../matrix.ts'
import { pointBlocksOf } from '../neighbours/point-blocks.ts'
import { instantiate, type WasmMemory } from '../wasm/instantiate.ts'
import { nearestCenterWasm } from './nearest-center.wasm.ts'
import { centerSearchOf } from './nearest-centers.ts'
import { squaredDistance } from './squared-distance.ts'

/** Rows, the cluster each belongs to, and what these add up to. */
export interface RowAssigner {
  /** Shape (n). */
  readonly labels: Int32Array
  /** Rows of each cluster; shape (k). */
  readonly counts: Float64Array
  /** Sums of the rows of each cluster; row-major, shape (k, d). */
  readonly sums: Float64Array
  /** Gives each row to the nearest center, the first among equals, and answers how many changed. */
  readonly assign: (centers: Float64Array) => number
}

const FEW_ROWS = 200 // below this, setting up the kernel costs more than it saves
const MOST_BYTES = 2 ** 30 // of rows, which the kernel has a copy of
const PAGE = 65536

/** Both ways give the same answers to the last bit. @param x - magnitudes whose squares are finite @param k - clusters */
export function rowAssignerOf(x: Matrix, k: number): RowAssigner {
  const worthIt = x.rows > FEW_ROWS && x.data.byteLength <= MOST_BYTES
  const kernel = worthIt ? instantiate(nearestCenterWasm) : undefined
  // the shape of the exports is that of assembly/nearest-center.ts
  return kernel === undefined ? plainAssigner(x, k) : wasmAssigner(kernel as Kernel, x, k)
}

function plainAssigner({ data, rows, columns }: Matrix, k: number): RowAssigner {
  const labels = new Int32Array(rows)
  const counts = new Float64Array(k)
  const sums = new Float64Array(k * columns)
  const assign = (centers: Float64Array): number => {
    const search = centerSearchOf(centers, columns)
    counts.fill(0)
    sums.fill(0)
    let changed = 0
    for (let row = 0, at = 0; row < rows; row++) {
      const { nearest } = search(data, at)
      if (labels[row] !== nearest) changed++
      labels[row] = nearest
      counts[nearest] = (counts[nearest] ?? 0) + 1
      for (let to = nearest * columns; to < (nearest + 1) * columns; to++, at++) {
        sums[to] = (sums[to] ?? 0) + (data[at] ?? 0)
      }
    }
    return changed
  }
  return { labels, counts, sums, assign }
}

interface Kernel {
  readonly memory: WasmMemory
  readonly assignRows: (
    data: number,
    rows: number,
    columns: number,
    centers: number,
    blocks: number,
    labels: number,
    sums: number,
    counts: number,
    bounds: number,
    moves: number,
    farthestMove: number,
  ) => number
}

function wasmAssigner({ memory, assignRows }: Kernel, { data, rows, columns }: Matrix, k: number): RowAssigner {
  const blocks = Math.ceil(k / 8)
  const blocksAt = data.byteLength
  const sumsAt = blocksAt + blocks * columns * 64
  const countsAt = sumsAt + k * columns * 8
  const movesAt = countsAt + k * 8
  const boundsAt = movesAt + k * 8
  const labelsAt = boundsAt + rows * 16
  const missing = labelsAt + rows * 4 - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
  const { buffer } = memory
  new Float64Array(buffer, 0, data.length).set(data)
  const packed = new Float64Array(buffer, blocksAt, blocks * columns * 8)
  const sums = new Float64Array(buffer, sumsAt, k * columns)
  const counts = new Float64Array(buffer, countsAt, k)
  const labels = new Int32Array(buffer, labelsAt, rows)
  const moves = new Float64Array(buffer, movesAt, k)
  let last: Float64Array | undefined // the centers that the bounds were made for
  const assign = (centers: Float64Array): number => {
    const farthest = last === undefined ? Infinity : movesInto(moves, last, centers)
    packed.set(pointBlocksOf({ data: centers, rows: k, columns }).values)
    counts.fill(0)
    sums.fill(0)
    const places = [blocksAt, blocks, labelsAt, sumsAt, countsAt, boundsAt, movesAt] as const
    const changed = assignRows(0, rows, columns, ...places, farthest)
    last = counts.includes(0) ? undefined : centers.slice() // a center without rows is given one, which the bounds miss
    return changed
  }
  return { labels, counts, sums, assign }
}

/** Writes how far each center moved and answers the most. */
function movesInto(moves: Float64Array, from: Float64Array, to: Float64Array): number {
  const columns = from.length / moves.length
  let farthest = 0
  for (let center = 0; center < moves.length; center++) {
    const square = squaredDistance(from, center * columns, to, center * columns, columns)
    const move = Math.sqrt(square) * (1 + 1e-9) + Number.MIN_VALUE // never less than it was
    moves[center] = move
    farthest = Math.max(farthest, move)
  }
  return farthest
}
