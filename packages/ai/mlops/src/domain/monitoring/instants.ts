import { MlopsError } from '../errors.ts'
import type { MonitoredRow } from './column.ts'

/**
 * A column of points in time: epoch milliseconds, Dates or ISO 8601 texts.
 * @returns shape (rows), epoch milliseconds; NaN where missing
 * @throws MlopsError `mlops/invalid-argument` naming the row of anything else
 */
export function instantsOf(rows: ReadonlyArray<MonitoredRow>, column: string): Float64Array {
  return Float64Array.from(rows, (row, index) => {
    const value = row[column]
    if (value === null || value === undefined) return Number.NaN
    const at = value instanceof Date ? value.getTime() : typeof value === 'string' ? Date.parse(value) : value
    if (typeof at === 'number' && Math.abs(at) <= 8.64e15) return Math.floor(at)
    const message = `column ${column}, row ${index}: epoch milliseconds, a Date or an ISO 8601 text is needed`
    throw new MlopsError('mlops/invalid-argument', message, { field: column, row: index, found: typeof value })
  })
}
