import { integerOf, shortestDecimal } from '../../domain/cell-number.ts'
import { type Cell, type ColumnKind, isTime } from '../../domain/cell.ts'
import { ProfilingError } from '../../domain/errors.ts'
import type { SqlRow } from './run-query.ts'

/** A number from whatever a driver makes of one; null for null. @throws ProfilingError `profiling/query-failed` */
export function numberFrom(row: SqlRow, name: string): number | null {
  const value = memberOf(row, name)
  if (value === null) return null
  const number =
    typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' ? Number(value) : undefined
  if (number !== undefined && (!Number.isNaN(number) || /^\s*[+-]?nan\s*$/i.test(String(value)))) return number
  // Drivers wrap decimals and big numbers in objects that print as the number.
  const wrapped = Number(String(value))
  if (!Number.isNaN(wrapped)) return wrapped
  throw new ProfilingError(
    'profiling/query-failed',
    `the engine answered ${typeof value} where a number belongs (${name})`,
    {
      answer: name,
    },
  )
}

/** A count; 0 for null. */
export function countFrom(row: SqlRow, name: string): number {
  return numberFrom(row, name) ?? 0
}

/** A cell of a column of this kind. */
export function cellFrom(row: SqlRow, name: string, kind: ColumnKind): Cell {
  const value = memberOf(row, name)
  if (value === null) return null
  if (kind === 'integer' || isTime(kind)) return integerOf(wholeText(String(value)))
  if (kind === 'decimal') return shortestDecimal(String(value))
  if (kind === 'boolean') return value === true || value === 1 || value === 't' || value === 'true'
  if (kind === 'float') return (numberFrom(row, name) ?? Number.NaN) + 0
  return kind === 'other' ? true : String(value)
}

// Snowflake writes names in capitals, and some drivers leave members out that are null.
function memberOf(row: SqlRow, name: string): unknown {
  return row[name] ?? row[name.toUpperCase()] ?? null
}

// Sums of whole numbers come as decimals from some engines: 12.000.
function wholeText(text: string): string {
  return /^-?\d+$/.test(text) ? text : shortestDecimal(text)
}
