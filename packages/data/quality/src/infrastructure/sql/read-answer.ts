import { type Cell, type ColumnKind, isTime } from '../../domain/cell.ts'
import { shortestDecimal } from '../../domain/decimal.ts'
import { QualityError } from '../../domain/errors.ts'
import { integerCell } from '../../domain/integer-cell.ts'
import type { SqlRow } from './run-query.ts'

/** A number from whatever a driver makes of one; null for null. @throws QualityError `quality/query-failed` */
export function numberFrom(row: SqlRow, name: string): number | null {
  const text = textFrom(row, name)?.trim().toLowerCase() ?? null
  if (text === null) return null
  const number = Number(NAMES.get(text) ?? text)
  if (!Number.isNaN(number) || text === 'nan') return number
  throw new QualityError('quality/query-failed', `the engine answered no number where one belongs (${name})`, {
    answer: name,
  })
}

const NAMES: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
])

/** A count; 0 for null. */
export function countFrom(row: SqlRow, name: string): number {
  return numberFrom(row, name) ?? 0
}

/** A cell of a column of this kind. */
export function cellFrom(row: SqlRow, name: string, kind: ColumnKind): Cell {
  const text = textFrom(row, name)
  if (text === null) return null
  if (kind === 'integer' || isTime(kind)) return integerCell(BigInt(shortestDecimal(text)))
  if (kind === 'decimal') return shortestDecimal(text)
  if (kind === 'boolean') return ['true', '1', 't'].includes(text)
  if (kind === 'float') return (numberFrom(row, name) ?? Number.NaN) + 0
  return kind === 'other' ? true : text
}

// Snowflake writes names in capitals, and some drivers leave members out that are null. Decimals and big numbers come as
// objects that print as the number.
function textFrom(row: SqlRow, name: string): string | null {
  const value: unknown = row[name] ?? row[name.toUpperCase()] ?? null
  return value === null ? null : printed(value)
}

/** Any value of a driver as text, by its own way of printing. */
export function printed(value: unknown): string {
  return String(value)
}
