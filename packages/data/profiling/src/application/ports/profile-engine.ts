import type { Cell, TableColumn, TableSample } from '../../domain/cell.ts'
import type { DistributionCell } from '../../domain/sketches/column-sketch.ts'

/**
 * What a profile asks of whoever holds the table. Every question is small to answer and the answers are exact, so engines
 * agree; only registers depend on the engine's own hash, and the sample on its order of rows. Questions are asked one after
 * another; each rejects with `profiling/query-failed` or another of this package's codes, and changes nothing.
 */
export interface ProfileEngine {
  /** `memory`, `duckdb`, `postgres`, ... */
  readonly name: string
  /** Names the hash of `registers`: those of two tables merge only when it is the same. */
  readonly hash: string
  readonly columns: ColumnQuestions
  readonly table: TableQuestions
}

/** Questions about the whole table. */
export interface TableQuestions {
  readonly schema: () => Promise<ReadonlyArray<TableColumn>>
  /** One scan. Answers in the order of the columns. */
  readonly totals: (columns: ReadonlyArray<TableColumn>) => Promise<TableTotals>
  /** Which of the columns are missing together, as positions in `columns`; most rows first, ties by `compareMissing`; at most `limit`. */
  readonly missingPatterns: (
    columns: ReadonlyArray<TableColumn>,
    limit: number,
  ) => Promise<ReadonlyArray<{ readonly missing: ReadonlyArray<number>; readonly rows: number }>>
  /** Different rows over these columns (kind `other` is left out); null equals null. */
  readonly distinctRows: (columns: ReadonlyArray<TableColumn>) => Promise<number>
  /** About `rows` of the `total` rows, all when the table has no more; the same ones for the same seed and data. */
  readonly sample: (
    columns: ReadonlyArray<TableColumn>,
    draw: { readonly rows: number; readonly total: number; readonly seed: number },
  ) => Promise<TableSample>
}

/** Questions about one column. */
export interface ColumnQuestions {
  /**
   * Counts of values, most frequent first, ties by `compareCells`; at most `limit`. `groups` is how many different values there
   * are. NaN is one value.
   */
  readonly values: (column: TableColumn, limit: number) => Promise<ValueCounts>
  /** Different values, NaN as one. Exact. */
  readonly distinct: (column: TableColumn) => Promise<number>
  /** 4096 ranks by hash, see `registers.ts`. */
  readonly registers: (column: TableColumn) => Promise<Uint8Array>
  /** Finite values by cell, any order; times in microseconds. `buckets` false: by span only, without moments. */
  readonly distribution: (
    column: TableColumn,
    cut: { readonly exponent: number; readonly buckets: boolean },
  ) => Promise<ReadonlyArray<DistributionCell>>
  /** Different finite values of a numeric column up to `low` and from `high` on: the least and the greatest `count`. */
  readonly extremes: (
    column: TableColumn,
    ends: { readonly low: number; readonly high: number; readonly count: number },
  ) => Promise<{ readonly smallest: ReadonlyArray<number>; readonly largest: ReadonlyArray<number> }>
  /** How many of these values occur in the column. */
  readonly present: (column: TableColumn, values: ReadonlyArray<Cell>) => Promise<number>
}

/** Counts of values. */
export interface ValueCounts {
  readonly groups: number
  readonly items: ReadonlyArray<{ readonly value: Cell; readonly count: number }>
}

/** What one scan tells. */
export interface TableTotals {
  readonly rows: number
  readonly columns: ReadonlyArray<ColumnTotals>
}

/** What one scan tells of a column. Members that its kind does not have are absent. */
export interface ColumnTotals {
  /** Rows with a value. */
  readonly count: number
  /** Least and greatest finite value of a number or a time (integers and decimals exact); null without one. */
  readonly min?: Cell
  readonly max?: Cell
  /** Exact decimal text of the sum, of integers and decimals; null without a value. */
  readonly sum?: string | null
  readonly zeros?: number
  readonly negatives?: number
  readonly nans?: number
  readonly positiveInfinities?: number
  readonly negativeInfinities?: number
  readonly lengths?: {
    readonly min: number
    readonly max: number
    readonly sum: number
    readonly empty: number
  }
}
