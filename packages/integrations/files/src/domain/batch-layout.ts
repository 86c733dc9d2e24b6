import type { ColumnKind } from './table.ts'

/** What a builder needs to know of a file: its wanted columns, where they stand in each row, what counts as missing. */
export interface BatchLayout {
  readonly path: string
  readonly columns: ReadonlyArray<{ readonly name: string; readonly kind: ColumnKind; readonly index: number }>
  readonly numbering: 'line' | 'record'
  readonly missing: ReadonlySet<string>
  readonly batchRows: number
}
