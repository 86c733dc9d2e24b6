/** Times as people and machines write them. */
import { AnomalyDetectionError } from '../errors.ts'

const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? *(Z|z|UTC|[+-]\d{2}:?\d{2})?$/

/** What numbers count from 1970 on. */
export type EpochUnit = 's' | 'ms' | 'us' | 'ns'

const MILLISECONDS: Readonly<Record<EpochUnit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6 }

/**
 * The unit in which a number of this size is a time from 1973 on: seconds below 1e11, milliseconds below 1e14, microseconds below
 * 1e17, else nanoseconds.
 */
export function epochUnitOf(largest: number): EpochUnit {
  const magnitude = Math.abs(largest)
  if (magnitude < 1e11) return 's'
  if (magnitude < 1e14) return 'ms'
  return magnitude < 1e17 ? 'us' : 'ns'
}

/** A number of a unit as epoch milliseconds. */
function epochMilliseconds(value: number, unit: EpochUnit): number {
  return value * MILLISECONDS[unit]
}

/**
 * An ISO 8601 date or time, with a blank in place of the T and slashes in place of dashes, too, as epoch milliseconds. Without
 * a zone it is UTC, so that the same file means the same everywhere. NaN where it is none.
 */
export function parseIsoTime(text: string): number {
  const found = ISO.exec(text.trim())
  if (found === null) return Number.NaN
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ] // what the pattern has in parentheses
  const fraction = Number(`0.${found[7] ?? 0}`) * 1000
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(time)
  const isReal =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour <= 23 && minute <= 59 && second <= 59
  return isReal ? time + fraction - zoneMilliseconds(found[8]) : Number.NaN
}

/**
 * A column of times as epoch milliseconds; numbers in the unit that the largest of them tells, see `epochUnitOf`. A missing time
 * is NaN.
 * @throws AnomalyDetectionError `invalid-timestamp` for the first text that is none, with its `row`
 */
export function parseTimes(column: Float64Array | ReadonlyArray<string | null>): Float64Array {
  if (column instanceof Float64Array) return timesOfNumbers(column)
  const isNumber = column.every((text) => text === null || text.trim() === '' || Number.isFinite(Number(text)))
  if (isNumber) return timesOfNumbers(Float64Array.from(column, (text) => (text?.trim() ? Number(text) : Number.NaN)))
  return Float64Array.from(column, (text, row) => {
    if (text === null || text.trim() === '') return Number.NaN
    const time = parseIsoTime(text)
    if (!Number.isNaN(time)) return time
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-timestamp',
      `"${text}" is no time: give ISO 8601, such as 2026-11-20T08:30:00Z, or seconds or milliseconds since 1970`,
      { row },
    )
  })
}

function timesOfNumbers(numbers: Float64Array): Float64Array {
  let largest = 0
  for (const value of numbers) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  const unit = epochUnitOf(largest)
  return numbers.map((value) => (Number.isFinite(value) ? epochMilliseconds(value, unit) : Number.NaN))
}

function zoneMilliseconds(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}
