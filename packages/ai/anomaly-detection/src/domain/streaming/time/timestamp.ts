import { epochUnitOf, parseIsoTime } from '../../time-series/timestamp.ts'

/** How a number tells a time: milliseconds or seconds since 1970; `auto` takes those below 10^11 for seconds. */
export type TimeUnit = 'ms' | 's' | 'auto'

const LAST_MS = 8.64e15 // the last time of a Date, in the year 275760

/**
 * Reads a time: a number, a text with a number, an ISO 8601 date or date-time (without a zone it is UTC), or a Date.
 * @returns epoch milliseconds; NaN where it is none of these
 */
export function epochMsOf(value: unknown, unit: TimeUnit): number {
  if (typeof value === 'number') return msOf(value, unit)
  if (value instanceof Date) return value.getTime()
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN
  const number = Number(value)
  return Number.isNaN(number) ? parseIsoTime(value) : msOf(number, unit)
}

function msOf(value: number, unit: TimeUnit): number {
  const ms = unit === 's' || (unit === 'auto' && epochUnitOf(value) === 's') ? value * 1000 : value
  return Math.abs(ms) <= LAST_MS ? ms : Number.NaN
}
