import { MOST_THREADS } from '../../application/parallel/most-threads.ts'
import type { ModelChoice } from '../../application/score-with-model.ts'
import type { ThresholdPolicy } from '../../domain/threshold.ts'

/** A limit of anomalies: so many rows, or such a share of all rows. */
export type FailLimit =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'share'; readonly share: number }

// What commander takes for a wrong value; its class would have to be loaded to be thrown.
class InvalidFlagValue extends Error {
  readonly code = 'commander.invalidArgument'
}

/** Reads `a,b,c`, added to what the flag gave before. */
export function parseNames(text: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> {
  const names = text.split(',').map((name) => name.trim())
  if (names.includes('')) throw new InvalidFlagValue('Give names separated by commas.')
  return [...before, ...names]
}

/** Reads `2,1,0.5`: numbers >= 0. */
export function parseWeights(text: string): ReadonlyArray<number> {
  const weights = text.split(',').map(numberOf)
  if (weights.every((weight) => weight >= 0 && Number.isFinite(weight))) return weights
  throw new InvalidFlagValue('Give numbers from 0 separated by commas, such as 2,1,1.')
}

/** Reads a whole number >= 0. */
export function parseCount(text: string): number {
  const value = numberOf(text)
  if (Number.isSafeInteger(value) && value >= 0) return value
  throw new InvalidFlagValue('Give a whole number from 0.')
}

/** Reads `5` or `5,9`, rows counted from 1, added to what the flag gave before. */
export function parseRowNumbers(text: string, before: ReadonlyArray<number> = []): ReadonlyArray<number> {
  const rows = text.split(',').map(numberOf)
  if (rows.every((row) => Number.isSafeInteger(row) && row >= 1)) return [...before, ...rows]
  throw new InvalidFlagValue('Give row numbers from 1, separated by commas.')
}

/** Reads a number of threads, 1 to 128. */
export function parseThreads(text: string): number {
  const value = numberOf(text)
  if (Number.isSafeInteger(value) && value >= 1 && value <= MOST_THREADS) return value
  throw new InvalidFlagValue(`Give a whole number from 1 to ${MOST_THREADS}.`)
}

/** Reads the expected share of anomalies, in (0, 0.5]. */
export function parseContamination(text: string): number {
  const value = numberOf(text)
  if (value > 0 && value <= 0.5) return value
  throw new InvalidFlagValue('Give a share of the rows above 0 and at most 0.5, such as 0.01.')
}

/** Reads a score, `mad`, or `mad:3.5`. */
export function parseThreshold(text: string): ThresholdPolicy {
  const [, multiplier] = /^mad(?::(.+))?$/.exec(text) ?? []
  const value = numberOf(text.startsWith('mad') ? (multiplier ?? (text === 'mad' ? '3.5' : '')) : text)
  if (!text.startsWith('mad') && Number.isFinite(value)) return { kind: 'fixed', value }
  if (text.startsWith('mad') && value > 0 && Number.isFinite(value)) return { kind: 'mad', multiplier: value }
  throw new InvalidFlagValue('Give a score, or mad, or mad:3.5 (median + 3.5 scaled MADs of the scores).')
}

/** Reads a score. */
export function parseScore(text: string): number {
  const value = numberOf(text)
  if (Number.isFinite(value)) return value
  throw new InvalidFlagValue('Give a score.')
}

/** Reads `name=value`, added to what the flag gave before; true, false and numbers are themselves, the rest is text. */
export function parseParameter(
  text: string,
  before: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidFlagValue('Give name=value, such as nEstimators=200.')
  const value = text.slice(at + 1)
  const number = numberOf(value)
  const parsed = value === 'true' ? true : value === 'false' ? false : Number.isNaN(number) ? value : number
  return { ...before, [text.slice(0, at)]: parsed }
}

/** Reads `10` (rows) or `0.5%` (of the rows). */
export function parseFailLimit(text: string): FailLimit {
  const isShare = text.endsWith('%')
  const value = numberOf(isShare ? text.slice(0, -1) : text)
  if (isShare && value > 0 && value <= 100) return { kind: 'share', share: value / 100 }
  if (!isShare && Number.isSafeInteger(value) && value >= 1) return { kind: 'rows', rows: value }
  throw new InvalidFlagValue('Give a number of rows from 1, or a percentage of the rows such as 0.5%.')
}

/** Reads `name` or `name@3`. */
export function parseModelChoice(text: string): ModelChoice {
  const [, name, version] = /^([^@]+)(?:@([1-9]\d*))?$/.exec(text) ?? []
  if (name === undefined) throw new InvalidFlagValue('Give a name, or name@3 for its third version.')
  return { name, version: version === undefined ? undefined : Number(version) }
}

/** Reads the points of a cycle, or `auto`. */
export function parsePeriod(text: string): number | 'auto' {
  if (text === 'auto') return text
  const value = numberOf(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new InvalidFlagValue('Give the points in a cycle, a whole number from 1 (1: no cycle), or auto.')
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** Reads `30s`, `5m`, `1.5h`, `1d` as milliseconds. */
export function parseDuration(text: string): number {
  const [, amount = '', unit = ''] = /^([\d.]+) *(ms|s|m|h|d|w)$/.exec(text.trim()) ?? []
  const value = numberOf(amount) * (UNIT_MS[unit] ?? Number.NaN)
  if (value > 0 && Number.isFinite(value)) return value
  throw new InvalidFlagValue('Give a number and ms, s, m, h, d or w, such as 30s, 5m or 1h.')
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}
