import { instantiate, type WasmMemory } from '../wasm/instantiate.ts'
import { forestWalkWasm } from './forest-walk.wasm.ts'
import type { ForestWalk, PerfectForest } from './perfect-forest.ts'

const PAGE = 65536
const ROWS_IN_FLIGHT = 8
const NODE_BYTES = 16

interface Kernel {
  readonly memory: WasmMemory
  readonly addPathLengths: (
    data: number,
    rows: number,
    stride: number,
    nodes: number,
    leaves: number,
    trees: number,
    depth: number,
    sums: number,
  ) => void
}

/**
 * The walk in WebAssembly, eight rows in flight: the same sums as `plainWalk`, to the last bit.
 * @param blockRows - the most rows a block will have
 */
export function wasmWalk(forest: PerfectForest, columns: number, blockRows: number): ForestWalk {
  const kernel = instantiate(forestWalkWasm) as Kernel | undefined // its shape is that of assembly/forest-walk.ts
  if (kernel === undefined) throw new Error('this runtime has no WebAssembly: ask hasWasm() first')
  const { trees, depth } = forest
  const places = trees * 2 ** depth
  const stride = columns * 8
  const padded = Math.ceil(blockRows / ROWS_IN_FLIGHT) * ROWS_IN_FLIGHT
  const leavesAt = places * NODE_BYTES
  const sumsAt = leavesAt + places * 8
  const dataAt = sumsAt + padded * 8
  const missing = dataAt + padded * stride - kernel.memory.buffer.byteLength
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE))
  const { buffer } = kernel.memory
  writeNodes(forest, new Float64Array(buffer, 0, places * 2), new Uint32Array(buffer, 0, places * 4))
  new Float64Array(buffer, leavesAt, places).set(forest.leaves)
  const rowsMemory = new Float64Array(buffer, dataAt, padded * columns)
  const sumsMemory = new Float64Array(buffer, sumsAt, padded)
  return (data, _columns, first, sums) => {
    const rows = sums.length
    rowsMemory.set(data.subarray(first * columns, (first + rows) * columns))
    sumsMemory.set(sums)
    const wholeRows = Math.ceil(rows / ROWS_IN_FLIGHT) * ROWS_IN_FLIGHT // the last few repeat stale rows, unread
    kernel.addPathLengths(dataAt, wholeRows, stride, 0, leavesAt, trees, depth, sumsAt)
    sums.set(sumsMemory.subarray(0, rows))
  }
}

function writeNodes(forest: PerfectForest, thresholds: Float64Array, words: Uint32Array): void {
  for (let place = 0; place < forest.features.length; place++) {
    thresholds[place * 2] = forest.thresholds[place] as number
    words[place * 4 + 2] = (forest.features[place] as number) * 8
  }
}
