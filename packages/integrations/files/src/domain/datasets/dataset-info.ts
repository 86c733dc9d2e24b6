import type { TableColumnHeader, TableFormat } from '../table.ts'

/** What is known of a kept data set. Plain JSON. */
export interface DatasetInfo {
  readonly id: string
  /** As it was given at the upload; shown, never a path. */
  readonly name: string
  readonly format: TableFormat
  readonly isGzipped: boolean
  /** Of the file as it came. */
  readonly bytes: number
  /** Of the file as it came, in hexadecimal. */
  readonly sha256: string
  readonly rows: number
  readonly columns: ReadonlyArray<TableColumnHeader>
  /** Epoch milliseconds. */
  readonly createdAt: number
}
