import type { ColumnKind } from '../cell.ts'

/** Counts per cell of a number line that is cut at 0, at the edges of the log buckets and at multiples of 2^exponent. */
export interface DistributionSketch {
  /** Width of a span is 2^exponent: of numbers in their own unit, of dates in microseconds. */
  readonly exponent: number
  readonly cells: ReadonlyArray<DistributionCell>
}

/** Finite values of one cell. `m2` to `m4` are sums of powers about the mean of the cell. */
export interface DistributionCell {
  /** floor(x / 2^exponent). */
  readonly span: number
  /** ceil(ln |x| / ln gamma), see `LOG_BUCKET_RATIO`; null at 0 and for dates. */
  readonly bucket: number | null
  readonly n: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly m2: number
  readonly m3: number
  readonly m4: number
}

/** What is kept of a column so that profiles can be merged and read when the data is gone. Plain JSON. */
export interface ColumnSketch {
  /** Which hash filled the registers: only the same one can be merged. */
  readonly hash: string
  /** How the values are stored, see `ColumnKind`. */
  readonly kind: ColumnKind
  /** 4096 registers, one byte each, base64; absent for kinds that are only counted. */
  readonly registers?: string
  /** Counts of values, most frequent first. */
  readonly values?: ValueSketch
  readonly distribution?: DistributionSketch
  /** Exact decimal text of the sum, of whole numbers and decimals. */
  readonly exactSum?: string
  /** Sum of lengths in code points, of texts. */
  readonly lengthSum?: number
}

/** Frequent values. `complete`: these are all; else a value that is not listed occurs at most `atMost` times. */
export interface ValueSketch {
  readonly complete: boolean
  readonly atMost: number
  readonly items: ReadonlyArray<{ readonly value: string | number | boolean; readonly count: number }>
}
