import type { Predicate } from './predicate.ts'

/** A reason for a row to be bad. */
export interface RowCheck {
  /** See `expectationId`. */
  readonly id: string
  /** What it looks at: a column, or several joined by commas. */
  readonly column: string
  /** True of bad rows. */
  readonly where: Predicate
}

/** How tables are written. */
export type TableFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet'

/** Two files to write. */
export interface FileSplit {
  readonly checks: ReadonlyArray<RowCheck>
  readonly format: TableFormat
  /** Paths. */
  readonly good: string
  readonly bad: string
}

/** How many rows went where. Each row of the table went to one of the two. */
export interface SplitCounts {
  readonly good: number
  readonly bad: number
}

/** Names of the two columns that bad rows have besides: ids of the expectations they fail, and the columns those look at. */
export function reasonColumns(names: ReadonlyArray<string>): readonly [expectations: string, columns: string] {
  const taken = new Set(names.map((name) => name.toLowerCase()))
  const free = (name: string): string => (taken.has(name) ? free(`${name}_`) : name)
  return [free('failed_expectations'), free('failed_columns')]
}
