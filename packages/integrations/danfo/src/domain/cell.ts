import type { Value } from './column.ts'
import { DanfoError } from './errors.ts'
import { type LargeNumbers, numberCells } from './number-cell.ts'

/**
 * The values of a column, as they stand in a frame or in records: null, undefined, NaN and invalid dates are missing, bigints become
 * numbers where that loses nothing.
 * @throws DanfoError `danfo/unsupported-value`, `danfo/inexact-number`
 */
export function cellsOf(name: string, values: ReadonlyArray<unknown>, large: LargeNumbers): ReadonlyArray<Value> {
  const cells = values.map((value, row) => cellOf(value, row, name))
  const numbers = cells.map((cell) => (typeof cell === 'number' || typeof cell === 'bigint' ? cell : null))
  const isMixed = cells.some((cell, row) => cell !== null && numbers[row] === null)
  if (!isMixed) return numberCells(name, numbers, large)
  return cells.map((cell) => (typeof cell === 'bigint' ? String(cell) : cell))
}

/** One value. @throws DanfoError `danfo/unsupported-value` for objects, lists, bytes, functions */
export function cellOf(value: unknown, row: number, column: string): Value | bigint {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isNaN(value) ? null : value
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value
  const type = value instanceof Object ? value.constructor.name : typeof value
  throw new DanfoError(
    'danfo/unsupported-value',
    `row ${row}, column '${column}' holds ${type}: only numbers, texts, booleans and times go through`,
    { row, column, type },
  )
}
