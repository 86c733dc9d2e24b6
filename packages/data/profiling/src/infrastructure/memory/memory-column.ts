import type { Cell, ColumnKind } from '../../domain/cell.ts'

/** A column held in memory; `values` has one cell a row. */
export interface MemoryColumn {
  readonly name: string
  readonly kind: ColumnKind
  readonly physicalType: string
  readonly values: ArrayLike<Cell>
}

/** A table held in memory. Every column has `rows` values. */
export interface MemoryTable {
  readonly rows: number
  readonly columns: ReadonlyArray<MemoryColumn>
}
