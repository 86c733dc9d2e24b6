import { LANES, pointBlocksOf } from '../neighbours/point-blocks.ts'
import { scanBlocks } from '../neighbours/scan-blocks.ts'
import { instantiate, type WasmMemory } from '../wasm/instantiate.ts'
import { sphereCoverWasm } from './sphere-cover.wasm.ts'

/** Sets of spheres, each set in ascending order of the radii. */
export interface Spheres {
  readonly columns: number
  /** Spheres a set. */
  readonly sampleSize: number
  /** Shape (sets * sampleSize, columns). */
  readonly centers: Float64Array
  /** Shape (sets * sampleSize): squared. */
  readonly radii: Float64Array
  /** Shape (sets * sampleSize): what a row is given that the sphere is the first of its set to cover. */
  readonly ratios: Float64Array
}

/**
 * Adds to `sums`, for each row and each set, the ratio of the first sphere that covers the row, 1 where none does.
 * @param data - rows as many as `sums` has places, at most `blockRows`
 */
export type AddRatios = (data: Float64Array, sums: Float64Array) => void

const FEW_ROWS = 32 // below this, setting up the kernel costs more than it saves
const PAGE = 65536

/** Both ways give the same sums to the last bit. @param blockRows - the most rows that will come at once */
export function ratioAdderOf(spheres: Spheres, blockRows: number): AddRatios {
  const packed = packedOf(spheres)
  const kernel = blockRows > FEW_ROWS ? instantiate(sphereCoverWasm) : undefined
  // the shape of the exports is that of assembly/sphere-cover.ts
  return kernel === undefined ? plainAdder(packed) : wasmAdder(kernel as Kernel, packed, blockRows)
}

// Each set begins a new block of eight; places of a block without a sphere have radius -1 and a center at Infinity.
interface Packed {
  readonly columns: number
  readonly sets: number
  /** Blocks a set. */
  readonly blocks: number
  readonly centers: Float64Array
  readonly radii: Float64Array
  readonly ratios: Float64Array
}

function packedOf({ columns, sampleSize, centers, radii, ratios }: Spheres): Packed {
  const sets = radii.length / sampleSize
  const blocks = Math.ceil(sampleSize / LANES)
  const places = blocks * LANES
  const packed = {
    columns,
    sets,
    blocks,
    centers: new Float64Array(sets * places * columns),
    radii: new Float64Array(sets * places).fill(-1),
    ratios: new Float64Array(sets * places),
  }
  for (let set = 0; set < sets; set++) {
    const [first, last] = [set * sampleSize, (set + 1) * sampleSize]
    const data = centers.subarray(first * columns, last * columns)
    packed.centers.set(pointBlocksOf({ data, rows: sampleSize, columns }).values, set * places * columns)
    packed.radii.set(radii.subarray(first, last), set * places)
    packed.ratios.set(ratios.subarray(first, last), set * places)
  }
  return packed
}

function plainAdder({ columns, sets, blocks, centers, radii, ratios }: Packed): AddRatios {
  const squares = new Float64Array(LANES)
  const widest = Float64Array.from({ length: sets }, (_, set) =>
    radii.subarray(set * blocks * LANES, (set + 1) * blocks * LANES).reduce((a, b) => Math.max(a, b)),
  )
  const ratioOf = (data: Float64Array, at: number, set: number): number => {
    const last = (set + 1) * blocks
    const limit = widest[set] ?? 0
    for (let block = set * blocks; block < last; block++) {
      block = scanBlocks.euclidean(centers, columns, block, last, data, at, limit, squares)
      if (block === last) return 1
      for (let lane = 0, sphere = block * LANES; lane < LANES; lane++, sphere++) {
        if ((squares[lane] ?? Infinity) <= (radii[sphere] ?? -1)) return ratios[sphere] ?? 1
      }
    }
    return 1
  }
  return (data, sums) => {
    for (let set = 0; set < sets; set++) {
      for (let row = 0; row < sums.length; row++) sums[row] = (sums[row] ?? 0) + ratioOf(data, row * columns, set)
    }
  }
}

interface Kernel {
  readonly memory: WasmMemory
  readonly addRatios: (
    data: number,
    rows: number,
    columns: number,
    spheres: number,
    radii: number,
    ratios: number,
    sets: number,
    blocks: number,
    sums: number,
  ) => void
}

function wasmAdder({ memory, addRatios }: Kernel, packed: Packed, blockRows: number): AddRatios {
  const { columns, sets, blocks, centers, radii, ratios } = packed
  const radiiAt = centers.byteLength
  const ratiosAt = radiiAt + radii.byteLength
  const sumsAt = ratiosAt + ratios.byteLength
  const dataAt = sumsAt + blockRows * 8
  const missing = dataAt + blockRows * columns * 8 - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
  const { buffer } = memory
  new Float64Array(buffer, 0, centers.length).set(centers)
  new Float64Array(buffer, radiiAt, radii.length).set(radii)
  new Float64Array(buffer, ratiosAt, ratios.length).set(ratios)
  const rowsMemory = new Float64Array(buffer, dataAt, blockRows * columns)
  const sumsMemory = new Float64Array(buffer, sumsAt, blockRows)
  return (data, sums) => {
    rowsMemory.set(data)
    sumsMemory.set(sums)
    addRatios(dataAt, sums.length, columns, 0, radiiAt, ratiosAt, sets, blocks, sumsAt)
    sums.set(sumsMemory.subarray(0, sums.length))
  }
}
