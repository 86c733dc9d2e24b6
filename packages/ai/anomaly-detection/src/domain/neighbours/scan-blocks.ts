/**
 * The inner loops of neighbour search. Each runs over blocks `from` up to `to` (excluded) and stops at the first that
 * holds a point within `limit` of the query, whose eight distances it leaves in `out`; it returns that block, or `to`.
 * Sums run over the features in their order and nothing else, so a pair's distance has the same bits in every search.
 * Written out once for each of a block's eight points: V8 keeps eight locals in registers, but an array in memory.
 */
import type { Metric } from './metric.ts'

/** A scan for one metric; the query is the row of `queries` that starts at `queryAt`. */
export type ScanBlocks = (
  values: Float64Array,
  columns: number,
  from: number,
  to: number,
  queries: Float64Array,
  queryAt: number,
  limit: number,
  out: Float64Array,
) => number

/** Distances are reduced ones: squared for `euclidean`. */
export const scanBlocks: Readonly<Record<Metric, ScanBlocks>> = {
  euclidean: scanEuclidean,
  manhattan: scanManhattan,
  chebyshev: scanChebyshev,
}

// Features between two looks at whether all eight sums are over the limit already: fewer cost more than they save.
const STRIDE = 6

function scanEuclidean(
  values: Float64Array,
  columns: number,
  from: number,
  to: number,
  queries: Float64Array,
  queryAt: number,
  limit: number,
  out: Float64Array,
): number {
  for (let block = from; block < to; block++) {
    let at = block * columns * 8
    let feature = 0
    let near = true
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    let s5 = 0
    let s6 = 0
    let s7 = 0
    while (near && feature < columns) {
      const end = Math.min(feature + STRIDE, columns)
      for (; feature < end; feature++) {
        const q = queries[queryAt + feature] ?? 0
        const d0 = (values[at] ?? 0) - q
        const d1 = (values[at + 1] ?? 0) - q
        const d2 = (values[at + 2] ?? 0) - q
        const d3 = (values[at + 3] ?? 0) - q
        const d4 = (values[at + 4] ?? 0) - q
        const d5 = (values[at + 5] ?? 0) - q
        const d6 = (values[at + 6] ?? 0) - q
        const d7 = (values[at + 7] ?? 0) - q
        s0 += d0 * d0
        s1 += d1 * d1
        s2 += d2 * d2
        s3 += d3 * d3
        s4 += d4 * d4
        s5 += d5 * d5
        s6 += d6 * d6
        s7 += d7 * d7
        at += 8
      }
      near =
        s0 <= limit ||
        s1 <= limit ||
        s2 <= limit ||
        s3 <= limit ||
        s4 <= limit ||
        s5 <= limit ||
        s6 <= limit ||
        s7 <= limit
    }
    if (near) {
      out[0] = s0
      out[1] = s1
      out[2] = s2
      out[3] = s3
      out[4] = s4
      out[5] = s5
      out[6] = s6
      out[7] = s7
      return block
    }
  }
  return to
}

function scanManhattan(
  values: Float64Array,
  columns: number,
  from: number,
  to: number,
  queries: Float64Array,
  queryAt: number,
  limit: number,
  out: Float64Array,
): number {
  for (let block = from; block < to; block++) {
    let at = block * columns * 8
    let feature = 0
    let near = true
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    let s5 = 0
    let s6 = 0
    let s7 = 0
    while (near && feature < columns) {
      const end = Math.min(feature + STRIDE, columns)
      for (; feature < end; feature++) {
        const q = queries[queryAt + feature] ?? 0
        const d0 = (values[at] ?? 0) - q
        const d1 = (values[at + 1] ?? 0) - q
        const d2 = (values[at + 2] ?? 0) - q
        const d3 = (values[at + 3] ?? 0) - q
        const d4 = (values[at + 4] ?? 0) - q
        const d5 = (values[at + 5] ?? 0) - q
        const d6 = (values[at + 6] ?? 0) - q
        const d7 = (values[at + 7] ?? 0) - q
        s0 += Math.abs(d0)
        s1 += Math.abs(d1)
        s2 += Math.abs(d2)
        s3 += Math.abs(d3)
        s4 += Math.abs(d4)
        s5 += Math.abs(d5)
        s6 += Math.abs(d6)
        s7 += Math.abs(d7)
        at += 8
      }
      near =
        s0 <= limit ||
        s1 <= limit ||
        s2 <= limit ||
        s3 <= limit ||
        s4 <= limit ||
        s5 <= limit ||
        s6 <= limit ||
        s7 <= limit
    }
    if (near) {
      out[0] = s0
      out[1] = s1
      out[2] = s2
      out[3] = s3
      out[4] = s4
      out[5] = s5
      out[6] = s6
      out[7] = s7
      return block
    }
  }
  return to
}

function scanChebyshev(
  values: Float64Array,
  columns: number,
  from: number,
  to: number,
  queries: Float64Array,
  queryAt: number,
  limit: number,
  out: Float64Array,
): number {
  for (let block = from; block < to; block++) {
    let at = block * columns * 8
    let feature = 0
    let near = true
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    let s5 = 0
    let s6 = 0
    let s7 = 0
    while (near && feature < columns) {
      const end = Math.min(feature + STRIDE, columns)
      for (; feature < end; feature++) {
        const q = queries[queryAt + feature] ?? 0
        const d0 = (values[at] ?? 0) - q
        const d1 = (values[at + 1] ?? 0) - q
        const d2 = (values[at + 2] ?? 0) - q
        const d3 = (values[at + 3] ?? 0) - q
        const d4 = (values[at + 4] ?? 0) - q
        const d5 = (values[at + 5] ?? 0) - q
        const d6 = (values[at + 6] ?? 0) - q
        const d7 = (values[at + 7] ?? 0) - q
        s0 = Math.abs(d0) > s0 ? Math.abs(d0) : s0
        s1 = Math.abs(d1) > s1 ? Math.abs(d1) : s1
        s2 = Math.abs(d2) > s2 ? Math.abs(d2) : s2
        s3 = Math.abs(d3) > s3 ? Math.abs(d3) : s3
        s4 = Math.abs(d4) > s4 ? Math.abs(d4) : s4
        s5 = Math.abs(d5) > s5 ? Math.abs(d5) : s5
        s6 = Math.abs(d6) > s6 ? Math.abs(d6) : s6
        s7 = Math.abs(d7) > s7 ? Math.abs(d7) : s7
        at += 8
      }
      near =
        s0 <= limit ||
        s1 <= limit ||
        s2 <= limit ||
        s3 <= limit ||
        s4 <= limit ||
        s5 <= limit ||
        s6 <= limit ||
        s7 <= limit
    }
    if (near) {
      out[0] = s0
      out[1] = s1
      out[2] = s2
      out[3] = s3
      out[4] = s4
      out[5] = s5
      out[6] = s6
      out[7] = s7
      return block
    }
  }
  return to
}
