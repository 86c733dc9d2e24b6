import type { TableColumn } from '../domain/cell.ts'
import type { DistributionSketch } from '../domain/sketches/column-sketch.ts'
import type { ColumnTotals, ValueCounts } from './ports/profile-engine.ts'

/** Everything an engine said of a column. */
export interface ColumnEvidence {
  readonly column: TableColumn
  readonly totals: ColumnTotals
  /** Absent for kind `other` and for columns without values. */
  readonly registers?: Uint8Array
  readonly distinct: { readonly value: number; readonly exact: boolean }
  /** Frequent values; all of them when `complete`. Absent where there were too many to ask. */
  readonly values?: ValueCounts & { readonly complete: boolean }
  /** Absent for texts and booleans, and without finite values. */
  readonly distribution?: DistributionSketch
  readonly extremes?: { readonly smallest: ReadonlyArray<number>; readonly largest: ReadonlyArray<number> }
}
