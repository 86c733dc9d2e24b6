const ISO =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? *(Z|z|UTC|[+-]\d{2}:?\d{2})?$/

// What numbers of a size count since 1970, in milliseconds: seconds, milliseconds, micro- and nanoseconds, as the API takes them.
const UNITS: ReadonlyArray<readonly [below: number, milliseconds: number]> = [
  [1e11, 1000],
  [1e14, 1],
  [1e17, 1e-3],
  [Infinity, 1e-6],
]

/** A text of ISO 8601 as epoch milliseconds, UTC where it says no zone; NaN where it is none. */
export function isoTime(text: string): number {
  const found = ISO.exec(text.trim())
  if (found === null) return Number.NaN
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0))
  const zone = /^([+-])(\d{2}):?(\d{2})$/.exec(found[8] ?? '')
  const ahead = zone === null ? 0 : (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000
  return Date.UTC(year, month - 1, day, hour, minute, second) + Number(`0.${found[7] ?? 0}`) * 1000 - ahead
}

/** A column of times as epoch milliseconds; numbers in the unit that the largest of them tells. What is no time is NaN. */
export function timesOf(cells: ReadonlyArray<string | number | null | undefined>): ReadonlyArray<number> {
  const numbers = cells.map((cell) => (cell === null || cell === undefined || cell === '' ? Number.NaN : Number(cell)))
  if (cells.some((cell, at) => typeof cell === 'string' && cell !== '' && Number.isNaN(numbers[at])))
    return cells.map((cell) => isoTime(String(cell ?? '')))
  let largest = 0
  for (const value of numbers) if (Math.abs(value) > largest) largest = Math.abs(value)
  const scale = UNITS.find(([below]) => largest < below)?.[1] ?? 1
  return numbers.map((value) => value * scale)
}
