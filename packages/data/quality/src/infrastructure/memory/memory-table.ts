import type { Cell, TableColumn } from '../../domain/cell.ts'

/** A column held in memory; `values` has one cell a row. */
export interface MemoryColumn extends TableColumn {
  readonly values: ArrayLike<Cell>
}

/** A table held in memory. Every column has `rows` values. */
export interface MemoryTable {
  readonly rows: number
  readonly columns: ReadonlyArray<MemoryColumn>
}
