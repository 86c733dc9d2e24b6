/** A number for people: whole ones with separators, others with five digits that count; what is no number is a dash. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1e15 || (size > 0 && size < 1e-4)) return value.toPrecision(5).replace(/\.?0+(?=e|$)/, '')
  const digits = Number.isInteger(value) ? {} : { maximumSignificantDigits: 5 }
  return value.toLocaleString('en-US', digits)
}

/** The ends of an axis: what is next to nothing beside the other end is 0. */
export function ends(least: number, most: number): readonly [string, string] {
  const size = Math.max(Math.abs(least), Math.abs(most))
  const told = (value: number): string => figure(Math.abs(value) < size * 1e-9 ? 0 : value)
  return [told(least), told(most)]
}

/** A share as a percentage. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (100 * part) / whole
  return percent > 0 && percent < 0.1 ? '< 0.1 %' : `${percent.toFixed(1)} %`
}

/** So many of something: `1 row`, `1,000 rows`. */
export function count(number: number, one: string, many: string = `${one}s`): string {
  return `${figure(number)} ${number === 1 ? one : many}`
}

/** Epoch milliseconds as a moment, to the second, UTC. */
export function moment(at: number): string {
  const time = new Date(at)
  return Number.isNaN(time.getTime()) ? `${at} ms` : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** A value of a table as text; texts are cut where they are long. */
export function valueText(value: unknown, most = 80): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'number') return figure(value)
  return brief(typeof value === 'string' ? value : (JSON.stringify(value) ?? '–'), most)
}

/** A text, cut where it is long. */
export function brief(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text
}

/** A span of milliseconds in the greatest unit that fits. */
export function duration(ms: number): string {
  const [unit, size] = UNITS.find(([, one]) => ms >= one) ?? ['ms', 1]
  return `${figure(Number((ms / size).toPrecision(3)))} ${unit}`
}

const UNITS: ReadonlyArray<readonly [string, number]> = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
]
