import type { RowCheck, SplitCounts } from '../../domain/row-split.ts'
import type { AskOptions } from './table-engine.ts'

/** How rows are split. */
export interface SplitOptions extends AskOptions {
  /** Rows of the table: where others are found, nothing is written. */
  readonly rows?: number | undefined
}

/**
 * Writes the rows of a table apart: those of which no check is true, and the others with the ids and columns of the checks that are
 * true of them. All is written, or nothing. Rejects with QualityError `quality/storage-failed`, `quality/unsupported`,
 * `quality/cancelled` and what the engine throws.
 */
export type RowSplitter = (checks: ReadonlyArray<RowCheck>, options?: SplitOptions) => Promise<SplitCounts>
