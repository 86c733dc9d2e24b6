/** A number for people: whole ones with separators, others with five digits that count; null is a dash. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US')
  const size = Math.abs(value)
  if (size >= 1e15 || size < 1e-4) return value.toPrecision(5).replace(/\.?0+(?=e|$)/, '')
  return Number(value.toPrecision(5)).toLocaleString('en-US', { maximumSignificantDigits: 5 })
}

/** A share as a percentage. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (100 * part) / whole
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`
}

/** Epoch milliseconds as a day, or with the time where it is not midnight. UTC. */
export function moment(at: number | null): string {
  if (at === null) return '–'
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return `${at} ms`
  const text = time.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : `${text.slice(0, 19).replace('T', ' ')} UTC`
}

/** A span of milliseconds in the greatest unit that fits. */
export function duration(ms: number | null): string {
  if (ms === null) return '–'
  for (const [unit, size] of UNITS)
    if (Math.abs(ms) >= size) return `${figure(Number((ms / size).toPrecision(3)))} ${unit}`
  return `${figure(ms)} ms`
}

const UNITS: ReadonlyArray<readonly [string, number]> = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
]
