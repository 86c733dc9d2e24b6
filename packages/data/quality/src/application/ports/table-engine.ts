import type { TableColumn } from '../../domain/cell.ts'
import type { Answer, Measure } from '../../domain/measure.ts'
import type { FileSplit, SplitCounts } from '../../domain/row-split.ts'

/** How a question is asked. */
export interface AskOptions {
  readonly signal?: AbortSignal | undefined
}

/**
 * Holds one table and answers questions about it. Answers of different engines are equal (see `Measure`). Calls may overlap.
 * Failures reject with QualityError: `quality/query-failed`, `quality/timed-out`, `quality/cancelled`, `quality/unsupported`.
 */
export interface TableEngine {
  /** `memory`, `duckdb`, `postgres`, ... */
  readonly name: string
  /** What the table is: a path, a table's name, ... */
  readonly source: string
  /** In the table's order. */
  readonly columns: (options?: AskOptions) => Promise<ReadonlyArray<TableColumn>>
  /** One answer a measure, in their order. Asked together they share a scan where the engine can do so. */
  readonly measure: (measures: ReadonlyArray<Measure>, options?: AskOptions) => Promise<ReadonlyArray<Answer>>
  /** The statements that would run, in the engine's language. */
  readonly explain: (measures: ReadonlyArray<Measure>) => Promise<ReadonlyArray<string>>
  /** Writes rows apart by itself, where the engine can do so without handing them over; the files are not there yet. */
  readonly splitToFiles?: (split: FileSplit, options?: AskOptions) => Promise<SplitCounts>
}
