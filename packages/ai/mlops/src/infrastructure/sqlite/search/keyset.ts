import type { PageKey } from './page-token.ts'
import type { SortColumn } from './sort-columns.ts'
import { type SqlPart, sqlPart } from './sql-part.ts'

/** What comes after the row with these values in the order of the columns; undefined for no columns. */
export function afterRow(columns: ReadonlyArray<SortColumn>, values: PageKey): SqlPart | undefined {
  const [column, ...rest] = columns
  if (column === undefined) return undefined
  const value = values[0] ?? null
  const inner = afterRow(rest, values.slice(1))
  const sign = column.descending ? '<' : '>'
  // NULL is alone in its rank, so that nothing comes after it within this column.
  const beyond = sqlPart(`${column.sql} ${sign} ?`, value)
  if (inner === undefined) return beyond
  const equal = sqlPart(`${column.sql} ${column.nullable ? 'IS' : '='} ?`, value)
  const after = `(${beyond.text} OR (${equal.text} AND ${inner.text}))`
  if (column.nullable) return sqlPart(after, value, value, ...inner.values)
  // Said twice, so that an index on the column is entered where the page starts.
  return sqlPart(`(${column.sql} ${sign}= ? AND ${after})`, value, value, value, ...inner.values)
}
