import type { Alert } from './alert.ts'
import type { ColumnProfile } from './column-profile.ts'

/** Everything a profile says of a table: plain JSON, the same from every engine. `formatVersion` 1. */
export interface Profile {
  readonly formatVersion: 1
  readonly source: string
  /** `memory`, `duckdb`, `postgres`, ... */
  readonly engine: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly rows: number
  readonly columns: ReadonlyArray<ColumnProfile>
  /** Cells without a value, over all columns. */
  readonly missingCells: number
  /** Rows that equal an earlier one; null when it was not asked for. */
  readonly duplicateRows: number | null
  readonly correlations: ReadonlyArray<CorrelationTable>
  /** Which columns are missing together, most rows first; the complete rows are the pattern `[]`. */
  readonly missingPatterns: ReadonlyArray<{ readonly missing: ReadonlyArray<string>; readonly rows: number }>
  readonly keys: ReadonlyArray<KeyCandidate>
  readonly dependencies: ReadonlyArray<FunctionalDependency>
  readonly alerts: ReadonlyArray<Alert>
  /** How numeric columns meet, for pictures; absent where it was not asked for. */
  readonly interactions?: ReadonlyArray<Interaction>
  /** The numeric columns along time; absent where no column tells the rows apart by time, or not all rows were seen. */
  readonly timeSeries?: TimeSeries
  /** Some rows as they are, personal data masked. */
  readonly sample: ReadonlyArray<Readonly<Record<string, string | number | boolean | null>>>
}

/** One measure of how columns move together. */
export interface CorrelationTable {
  readonly method: 'pearson' | 'spearman' | 'kendall' | 'cramers-v' | 'phi-k' | 'mutual-information'
  readonly columns: ReadonlyArray<string>
  /** Row-major, columns x columns; null where it is not defined (a constant column). */
  readonly values: ReadonlyArray<number | null>
  /** Rows it was computed from; below the table's rows it is a sample, drawn by `seed`. */
  readonly rows: number
  readonly seed?: number
}

/** Columns that tell every row apart. */
export interface KeyCandidate {
  readonly columns: ReadonlyArray<string>
  /** False: found on a sample, not checked on all rows. */
  readonly exact: boolean
}

/** `determinant` fixes `dependent`, but for a share of rows. */
export interface FunctionalDependency {
  readonly determinant: ReadonlyArray<string>
  readonly dependent: string
  /** Share of rows that would have to go for it to hold, 0 to 1 (the g3 error). */
  readonly error: number
  /** Rows it was computed from. */
  readonly rows: number
}

/** Counts of the rows of a sample in bins of equal width of two columns. */
export interface Interaction {
  readonly x: { readonly column: string; readonly min: number; readonly max: number }
  readonly y: { readonly column: string; readonly min: number; readonly max: number }
  /** Along each side. */
  readonly bins: number
  /** Row-major, bins x bins; a row is a bin of y, from its least. */
  readonly counts: ReadonlyArray<number>
  readonly rows: number
}

/** Columns of numbers in the order of a column of times. Missing values are left out, so a step is a row with a value. */
export interface TimeSeries {
  /** The column of times. */
  readonly time: string
  readonly series: ReadonlyArray<{
    readonly column: string
    readonly rows: number
    /** Where the series repeats itself: steps, and the autocorrelation there after a straight trend was taken off. */
    readonly season: { readonly period: number; readonly autocorrelation: number } | null
    /** Augmented Dickey-Fuller test of a unit root: a p-value below 0.05 speaks for a stationary series. */
    readonly unitRoot: { readonly statistic: number; readonly pValue: number; readonly lags: number } | null
  }>
}
