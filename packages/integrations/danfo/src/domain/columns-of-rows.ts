import { cellsOf } from './cell.ts'
import { type Column, columnOf } from './column.ts'
import { DanfoError } from './errors.ts'
import type { LargeNumbers } from './number-cell.ts'

/**
 * The columns of records: all names that any of them has, in the order of their first appearance.
 * @throws DanfoError `danfo/not-a-table` for a row that is no record, `danfo/unsupported-value`, `danfo/inexact-number`
 */
export function columnsOfRows(rows: ReadonlyArray<unknown>, large: LargeNumbers): ReadonlyArray<Column> {
  const names = new Set<string>()
  const records = rows.map((row, i) => {
    if (!isRecord(row))
      throw new DanfoError('danfo/not-a-table', `row ${i} is no record: give an object with a member a column`, {
        row: i,
      })
    for (const name of Object.keys(row)) names.add(name)
    return row
  })
  return [...names].map((name) => {
    const values = records.map((row) => (Object.hasOwn(row, name) ? row[name] : null))
    return columnOf(name, cellsOf(name, values, large))
  })
}

function isRecord(row: unknown): row is Readonly<Record<string, unknown>> {
  return typeof row === 'object' && row !== null && !Array.isArray(row) && !(row instanceof Date)
}
