import type { Cell } from './cell.ts'
import type { Predicate } from './predicate.ts'

/** One number of a column. NaN takes no part; null when nothing is left (for `sd`: below two values). */
export type AggregateName = 'min' | 'max' | 'sum' | 'mean' | 'sd'

/**
 * What an engine can be asked about a table; only rows where `where` is true take part. Engines answer alike: sums of whole numbers
 * and decimals are exact, `sd` divides by n - 1, sums, means and sds of floats agree to a relative 1e-9.
 */
export type Measure =
  /** Rows. Answer: number. */
  | { readonly kind: 'count'; readonly where: Predicate }
  /** Answer: a cell of the column's kind; `mean` and `sd` are doubles; sums of whole numbers and decimals decimal text. */
  | { readonly kind: 'aggregate'; readonly name: AggregateName; readonly column: string; readonly where: Predicate }
  /** The value that stands at `rank` (0-based) of `of` when those that are neither null nor NaN are sorted. */
  | {
      readonly kind: 'orderStatistic'
      readonly column: string
      readonly rank: number
      readonly of: number
      readonly where: Predicate
    }
  /** Different tuples; null equals null, NaN equals NaN. Answer: number. */
  | { readonly kind: 'distinct'; readonly columns: ReadonlyArray<string>; readonly where: Predicate }
  /** Rows whose tuple occurs more than once. Answer: number. */
  | { readonly kind: 'duplicates'; readonly columns: ReadonlyArray<string>; readonly where: Predicate }
  /** Different tuples and how often each occurs, by value (nulls last) or most frequent first (ties by value). */
  | {
      readonly kind: 'values'
      readonly columns: ReadonlyArray<string>
      readonly where: Predicate
      readonly order: 'value' | 'count'
      readonly limit?: number
    }
  /** Rows in row order. Answer: one array of cells a row, and a boolean for each of `flags`: is it true of the row. */
  | {
      readonly kind: 'rows'
      readonly columns: ReadonlyArray<string>
      readonly where: Predicate
      readonly flags?: ReadonlyArray<Predicate>
      readonly limit?: number
    }
  /** The engine's own language, one statement that reads. `{table}` stands for the table. Answer: records. */
  | { readonly kind: 'query'; readonly sql: string; readonly limit?: number }

/** A tuple and how often it occurs. */
export interface ValueCount {
  readonly values: ReadonlyArray<Cell>
  readonly count: number
}

/** What comes back for a measure; see each. */
export type Answer =
  | Cell
  | ReadonlyArray<ValueCount>
  | ReadonlyArray<ReadonlyArray<Cell>>
  | ReadonlyArray<Readonly<Record<string, unknown>>>
