import { compareCells } from '../../domain/cell-order.ts'
import type { Cell } from '../../domain/cell.ts'
import type { MemoryColumn } from './memory-table.ts'

/** The rows whose tuple another row has too; null equals null, NaN equals NaN. */
export function duplicatedRows(columns: ReadonlyArray<MemoryColumn>, rows: Iterable<number>): ReadonlySet<number> {
  const first = new Map<unknown, number>()
  const found = new Set<number>()
  for (const row of rows) {
    const key = tupleKey(columns, row)
    const other = first.get(key)
    if (other === undefined) first.set(key, row)
    else found.add(other).add(row)
  }
  return found
}

/** Equal for equal tuples: the cell itself for one column. */
export function tupleKey(columns: ReadonlyArray<MemoryColumn>, row: number): unknown {
  if (columns.length === 1) return columns[0]?.values[row] ?? null
  let key = ''
  for (const { values } of columns) {
    const cell: Cell = values[row] ?? null
    const text = typeof cell === 'string' ? `${cell.length}"${cell}` : String(cell)
    key += `${text},`
  }
  return key
}

/** The rows that stand wrongly behind the one before them. Rows with null or NaN do not take part. */
export function outOfOrderRows(
  { kind, values }: MemoryColumn,
  { descending, strictly }: { readonly descending: boolean; readonly strictly: boolean },
  rows: Iterable<number>,
): ReadonlySet<number> {
  const found = new Set<number>()
  let before: Cell = null
  for (const row of rows) {
    const cell = values[row] ?? null
    if (cell === null || Number.isNaN(cell)) continue
    if (before !== null) {
      const order = compareCells(before, cell, kind) * (descending ? -1 : 1)
      if (order > 0 || (strictly && order === 0)) found.add(row)
    }
    before = cell
  }
  return found
}
