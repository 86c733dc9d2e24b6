import { integerOf, shortestDecimal } from '../../domain/cell-number.ts'
import { type Cell, type ColumnKind, isTime } from '../../domain/cell.ts'
import { ProfilingError } from '../../domain/errors.ts'
import type { SqlRow } from './run-query.ts'

/** A number from whatever a driver makes of one; null for null. @throws ProfilingError `profiling/query-failed` */
export function numberFrom(row: SqlRow, name: string): number | null {
  const text = textFrom(row, name)
  if (text === null) return null
  const number = Number(NAMES.get(text.trim().toLowerCase()) ?? text)
  if (!Number.isNaN(number) || text.trim().toLowerCase() === 'nan') return number
  throw new ProfilingError('profiling/query-failed', `the engine answered no number where one belongs (${name})`, {
    answer: name,
  })
}

const NAMES: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
])

/** A count; 0 for null. */
export function countFrom(row: SqlRow, name: string): number {
  return numberFrom(row, name) ?? 0
}

/** A cell of a column of this kind. */
export function cellFrom(row: SqlRow, name: string, kind: ColumnKind): Cell {
  const text = textFrom(row, name)
  if (text === null) return null
  if (kind === 'integer' || isTime(kind)) return integerOf(wholeText(text))
  if (kind === 'decimal') return shortestDecimal(text)
  if (kind === 'boolean') return ['true', '1', 't'].includes(text)
  if (kind === 'float') return (numberFrom(row, name) ?? Number.NaN) + 0
  return kind === 'other' ? true : text
}

// Snowflake writes names in capitals, and some drivers leave members out that are null. Decimals and big numbers come as
// objects that print as the number.
function textFrom(row: SqlRow, name: string): string | null {
  const value = row[name] ?? row[name.toUpperCase()] ?? null
  return value === null ? null : `${value as number | bigint | boolean | string}`
}

// Sums of whole numbers come as decimals from some engines: 12.000.
function wholeText(text: string): string {
  return /^-?\d+$/.test(text) ? text : shortestDecimal(text)
}
