import { instantiate, type WasmMemory } from '../wasm/instantiate.ts'
import { rowAlgebraWasm } from './row-algebra.wasm.ts'

/** The exports of assembly/row-algebra.ts, where the arguments are described. */
export interface RowKernel {
  readonly memory: WasmMemory
  readonly addColumnSums: (data: number, rows: number, columns: number, sums: number, magnitudes: number) => void
  readonly addColumnSquares: (data: number, rows: number, columns: number, means: number, squares: number) => void
  readonly mapRows: (
    data: number,
    rows: number,
    columns: number,
    factors: number,
    centers: number,
    scales: number,
    out: number,
    stride: number,
    norms: number,
    unit: number,
    lowest: number,
    highest: number,
  ) => number
  readonly addCrossProducts: (z: number, rows: number, stride: number, out: number) => void
  readonly project: (
    z: number,
    rows: number,
    stride: number,
    columns: number,
    directions: number,
    along: number,
    width: number,
  ) => void
  readonly keepFarthest: (along: number, rows: number, width: number, means: number, farthest: number) => void
  readonly sumDistances: (
    along: number,
    rows: number,
    width: number,
    count: number,
    norms: number,
    weights: number,
    scores: number,
  ) => void
}

const FEW_ROWS = 200 // below this, setting up the kernel costs more than it saves
const BLOCK_BYTES = 32 * 1024 // of rows a turn: they stay in the core's first-level cache
const PAGE = 65536

/** A kernel with a memory of its own; undefined where this runtime has no WebAssembly or the rows are few. */
export function rowKernelFor(rows: number): RowKernel | undefined {
  // the shape of the exports is that of assembly/row-algebra.ts
  return rows < FEW_ROWS ? undefined : (instantiate(rowAlgebraWasm) as RowKernel | undefined)
}

/** Rows a turn: a multiple of 128. */
export function turnRowsOf(columns: number): number {
  return 128 * Math.max(1, Math.floor(BLOCK_BYTES / (8 * columns * 128)))
}

/** Lanes hold four columns or directions. */
export function paddedTo4(count: number): number {
  return Math.ceil(count / 4) * 4
}

/** An array in the kernel's memory. */
export interface Placed {
  readonly at: number
  readonly values: Float64Array
}

/** Arrays of these lengths, all zeros. To be called once for each kernel. */
export function placedIn<const Lengths extends ReadonlyArray<number>>(
  { memory }: RowKernel,
  lengths: Lengths,
): { readonly [Index in keyof Lengths]: Placed } {
  const bytes = lengths.reduce((sum, length) => sum + paddedTo4(length) * 8, 0)
  const missing = bytes - memory.buffer.byteLength
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
  let next = 0
  return lengths.map((length) => {
    const at = next
    next += paddedTo4(length) * 8
    return { at, values: new Float64Array(memory.buffer, at, length) }
  }) as { readonly [Index in keyof Lengths]: Placed } // one for each length
}
