import type { Matrix } from '../matrix.ts'
import { instantiate, type WasmMemory } from '../wasm/instantiate.ts'
import { histogramBinsWasm } from './histogram-bins.wasm.ts'

/** Histograms with bins of equal width, one a column. */
export interface Histograms {
  /** Shape (columns, nBins + 1), ascending in each row. */
  readonly edges: Float64Array
  /** Bins per unit; shape (columns). */
  readonly toBin: Float64Array
}

/** What each bin scores, and values outside of them. */
export interface BinScores {
  /** Shape (columns, nBins). */
  readonly binScores: Float64Array
  /** How far outside the range, in bin widths, a value still counts to the end bin. */
  readonly tol: number
  /** What a value further outside scores; shape (columns). */
  readonly outside: Float64Array
}

/** The passes over rows in WebAssembly, with the results of the plain ones to the last bit. */
export interface BinKernel {
  /** Least and largest value of each column. */
  readonly ranges: (x: Matrix) => { readonly low: Float64Array; readonly high: Float64Array }
  /** @param counts - filled @param bins - filled: the bin each value is scored by */
  readonly count: (x: Matrix, histograms: Histograms, counts: Uint32Array, bins: Uint8Array) => void
  /** Sums over the columns of what the bins score. @param scores - filled; shape (n) */
  readonly sum: (bins: Uint8Array, binScores: Float64Array, scores: Float64Array) => void
  /** The same for new rows. @param scores - filled; shape (n) */
  readonly score: (x: Matrix, histograms: Histograms, by: BinScores, scores: Float64Array) => void
}

interface Kernel {
  readonly memory: WasmMemory
  readonly widenRanges: (data: number, rows: number, columns: number, low: number, high: number) => void
  readonly countRows: (
    data: number,
    rows: number,
    columns: number,
    nBins: number,
    edges: number,
    lows: number,
    toBin: number,
    counts: number,
    bins: number,
  ) => void
  readonly sumBins: (
    bins: number,
    rows: number,
    columns: number,
    nBins: number,
    binScores: number,
    scores: number,
  ) => void
  readonly scoreRows: (
    data: number,
    rows: number,
    columns: number,
    nBins: number,
    edges: number,
    lows: number,
    toBin: number,
    binScores: number,
    tol: number,
    outside: number,
    scores: number,
  ) => void
}

const FEW_VALUES = 5000 // below this, setting up the kernel costs more than it saves
const TURN_BYTES = 64 * 1024 // of rows
const PAGE = 65536

/** Undefined where this runtime has no WebAssembly, where it would not pay, and for more bins than a byte can name. */
export function binKernelFor({ rows, columns }: Matrix, nBins: number): BinKernel | undefined {
  if (rows * columns < FEW_VALUES || nBins > 256) return undefined
  // the shape of the exports is that of assembly/histogram-bins.ts
  const kernel = instantiate(histogramBinsWasm) as Kernel | undefined
  return kernel === undefined ? undefined : binKernel(kernel, rows, columns, nBins)
}

function binKernel(kernel: Kernel, allRows: number, columns: number, nBins: number): BinKernel {
  const turn = Math.max(1, Math.floor(TURN_BYTES / (8 * columns)))
  const padded = columns + (columns % 2)
  const edgesAt = 0
  const toBinAt = edgesAt + columns * (nBins + 1) * 8
  const lowAt = toBinAt + padded * 8
  const highAt = lowAt + padded * 8
  const binScoresAt = highAt + padded * 8
  const scoresAt = binScoresAt + columns * nBins * 8
  const dataAt = scoresAt + turn * 8
  const countsAt = dataAt + turn * columns * 8
  const binsAt = countsAt + columns * nBins * 4
  const missing = binsAt + turn * columns - kernel.memory.buffer.byteLength
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE))
  const { buffer } = kernel.memory
  const floats = (at: number, length: number): Float64Array => new Float64Array(buffer, at, length)
  const scored = floats(scoresAt, turn)
  const block = floats(dataAt, turn * columns)
  const binned = new Uint8Array(buffer, binsAt, turn * columns)
  const forTurns = (work: (first: number, last: number) => void): void => {
    for (let first = 0; first < allRows; first += turn) work(first, Math.min(first + turn, allRows))
  }
  const load = ({ data }: Matrix, first: number, last: number): void =>
    block.set(data.subarray(first * columns, last * columns))
  const loadHistograms = (edges: Float64Array, toBin: Float64Array): void => {
    floats(edgesAt, edges.length).set(edges)
    floats(toBinAt, columns).set(toBin)
    const lows = floats(lowAt, columns)
    for (let column = 0; column < columns; column++) lows[column] = edges[column * (nBins + 1)] ?? 0
  }

  return {
    ranges: (x) => {
      const low = floats(lowAt, columns)
      const high = floats(highAt, columns)
      low.set(x.data.subarray(0, columns))
      high.set(low)
      forTurns((first, last) => {
        load(x, first, last)
        kernel.widenRanges(dataAt, last - first, columns, lowAt, highAt)
      })
      return { low: low.slice(), high: high.slice() }
    },
    count: (x, { edges, toBin }, counts, bins) => {
      loadHistograms(edges, toBin)
      const counted = new Uint32Array(buffer, countsAt, columns * nBins)
      forTurns((first, last) => {
        load(x, first, last)
        kernel.countRows(dataAt, last - first, columns, nBins, edgesAt, lowAt, toBinAt, countsAt, binsAt)
        bins.set(binned.subarray(0, (last - first) * columns), first * columns)
      })
      counts.set(counted)
    },
    sum: (bins, binScores, scores) => {
      floats(binScoresAt, binScores.length).set(binScores)
      forTurns((first, last) => {
        binned.set(bins.subarray(first * columns, last * columns))
        kernel.sumBins(binsAt, last - first, columns, nBins, binScoresAt, scoresAt)
        scores.set(scored.subarray(0, last - first), first)
      })
    },
    score: (x, { edges, toBin }, { binScores, tol, outside }, scores) => {
      loadHistograms(edges, toBin)
      floats(binScoresAt, binScores.length).set(binScores)
      floats(highAt, columns).set(outside)
      forTurns((first, last) => {
        load(x, first, last)
        const rows = last - first
        kernel.scoreRows(dataAt, rows, columns, nBins, edgesAt, lowAt, toBinAt, binScoresAt, tol, highAt, scoresAt)
        scores.set(scored.subarray(0, rows), first)
      })
    },
  }
}
