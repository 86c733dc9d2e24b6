/**
 * How a text becomes a number: decimal and exponent notation, rounded to the nearest double, with blanks around it. Never in
 * part (`12abc`), in hexadecimal (`0x1F`) or with a decimal comma (`1,5`): those are not numbers.
 */

// The tokens that pandas.read_csv takes for missing by default.
const MISSING =
  '#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null'.split('|')
const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/
const INFINITY = /^([-+]?)inf(?:inity)?$/i
const BOOLEANS: ReadonlyMap<string, number> = new Map([
  ...['true', 'True', 'TRUE'].map((word) => [word, 1] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, 0] as const),
])

/** What a cell is, for deciding its column's kind. */
export type CellForm = 'missing' | 'number' | 'text' | 'nested'

/** The tokens that stand for a missing value: pandas' defaults and `more`. */
export function missingTokens(more: ReadonlyArray<string> = []): ReadonlySet<string> {
  return new Set(['', ...MISSING, ...more])
}

/** True for decimal and exponent notation alone, not for booleans or infinities. */
export function isNumberText(text: string): boolean {
  return NUMBER.test(text.trim())
}

/** The number that a text stands for, `true` being 1 and `inf` Infinity; undefined when it stands for none. */
export function numberFromText(text: string): number | undefined {
  const trimmed = text.trim()
  if (NUMBER.test(trimmed)) return Number(trimmed)
  const infinity = INFINITY.exec(trimmed)
  if (infinity !== null) return infinity[1] === '-' ? -Infinity : Infinity
  return BOOLEANS.get(trimmed)
}

/** What a text or a JSON value is; `missing` are the tokens that count as no value. */
export function formOf(cell: unknown, missing: ReadonlySet<string>): CellForm {
  if (cell === null || cell === undefined) return 'missing'
  if (typeof cell === 'number') return missing.has(String(cell)) ? 'missing' : 'number'
  if (typeof cell === 'boolean') return 'number'
  if (typeof cell !== 'string') return 'nested'
  if (missing.has(cell.trim())) return 'missing'
  return numberFromText(cell) === undefined ? 'text' : 'number'
}
