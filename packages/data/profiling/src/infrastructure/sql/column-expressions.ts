import { isTime, type TableColumn } from '../../domain/cell.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** The column itself, by kind: what is grouped, hashed and compared. Null exactly where the profile sees no value. */
export function valueExpression(dialect: SqlDialect, column: TableColumn): string {
  const name = dialect.quote(column.name)
  if (isTime(column.kind)) return dialect.epochMicros(name, column)
  if (column.kind === 'float') return `${dialect.asDouble(name)} + 0.0` // -0 becomes 0
  return column.kind === 'text' ? dialect.asText(name) : name
}

/** The same as a driver can carry it without loss: whole numbers and decimals as text. */
export function carriedExpression(dialect: SqlDialect, column: TableColumn, value: string): string {
  if (column.kind === 'other') return `CASE WHEN ${dialect.quote(column.name)} IS NULL THEN NULL ELSE 1 END`
  return column.kind === 'integer' || column.kind === 'decimal' || isTime(column.kind) ? dialect.asText(value) : value
}

/** The column as a double, for numbers and times. */
export function doubleExpression(dialect: SqlDialect, column: TableColumn): string {
  const value = valueExpression(dialect, column)
  return column.kind === 'float' ? value : dialect.asDouble(value)
}
