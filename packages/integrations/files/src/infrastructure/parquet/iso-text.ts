import type { ParquetParsers, SchemaElement } from 'hyparquet'

const DAY_MS = 86_400_000
const UNITS: Readonly<Record<string, number>> = { MILLIS: 3, MICROS: 6, NANOS: 9 }
const decoder = new TextDecoder()

/** Parsers that keep the full precision of times, as ISO 8601 text in UTC, and leave JSON as text. */
export const TEXT_PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => timestamp(millis, 3),
  timestampFromMicroseconds: (micros) => timestamp(micros, 6),
  timestampFromNanoseconds: (nanos) => timestamp(nanos, 9),
  dateFromDays: (days: number | undefined) =>
    days === undefined ? undefined : new Date(days * DAY_MS).toISOString().slice(0, -14),
  jsonFromBytes: (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : decoder.decode(bytes)),
}

/** A value of a text column: times of day in ISO 8601 too; timestamps without a zone lose the `Z` of UTC. */
export function isoText(value: unknown, { converted_type, logical_type }: SchemaElement): string {
  if (logical_type?.type === 'TIME') return timeOfDay(value, UNITS[logical_type.unit] ?? 3)
  if (converted_type === 'TIME_MILLIS') return timeOfDay(value, 3)
  if (converted_type === 'TIME_MICROS') return timeOfDay(value, 6)
  const text = String(value)
  return logical_type?.type === 'TIMESTAMP' && !logical_type.isAdjustedToUTC && text.endsWith('Z')
    ? text.slice(0, -1)
    : text
}

function timestamp(value: bigint | number | undefined, digits: number): string | undefined {
  if (value === undefined || value === null) return undefined
  const { seconds, fraction } = divided(BigInt(value), digits)
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, -5)}${fraction}Z`
}

function timeOfDay(value: unknown, digits: number): string {
  const { seconds, fraction } = divided(typeof value === 'bigint' ? value : BigInt(Number(value)), digits)
  return `${new Date(Number(seconds) * 1000).toISOString().slice(11, 19)}${fraction}`
}

// Floored, so that times before 1970 keep a positive fraction; no fraction is written when it is zero.
function divided(value: bigint, digits: number): { readonly seconds: bigint; readonly fraction: string } {
  const unit = 10n ** BigInt(digits)
  const rest = ((value % unit) + unit) % unit
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(digits, '0')}`
  return { seconds: (value - rest) / unit, fraction }
}
