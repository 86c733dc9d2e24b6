import { SqliteError } from './errors.ts'

/** Bytes of JSON that a job or an event may carry; more belongs into a file that it names. */
const MOST_JSON = 1_048_576

/** The error for a value that breaks a limit. @param expected - what would be right */
export function invalidArgument(
  field: string,
  expected: string,
  details: Readonly<Record<string, unknown>> = {},
): SqliteError {
  return new SqliteError('sqlite/invalid-argument', `${field}: must be ${expected}`, {
    field,
    retryable: false,
    ...details,
  })
}

/** A whole number within bounds. @throws SqliteError `sqlite/invalid-argument` */
export function wholeNumber(field: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw invalidArgument(field, `a whole number from ${least} to ${most}`, { found: value })
}

/**
 * A value as JSON text that gives the same value back. undefined members are left out.
 * @throws SqliteError `sqlite/invalid-argument` for what JSON cannot hold (NaN, bigint, a circle, a function) and past `MOST_JSON`
 */
export function jsonText(field: string, value: unknown): string {
  const text = stringified(field, value)
  const bytes = new TextEncoder().encode(text).length
  if (bytes > MOST_JSON)
    throw invalidArgument(field, `at most ${MOST_JSON} bytes of JSON: keep more in a file and name it`, {
      bytes,
    })
  return text
}

function stringified(field: string, value: unknown): string {
  let text: string | undefined
  try {
    text = JSON.stringify(value, (key, member: unknown) => {
      if (typeof member === 'number' && !Number.isFinite(member)) throw new TypeError(`${key || 'it'} is ${member}`)
      if (typeof member === 'function' || typeof member === 'symbol') throw new TypeError(`${key || 'it'} is no data`)
      return member
    })
  } catch (error) {
    throw invalidArgument(field, `JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (text === undefined) throw invalidArgument(field, 'JSON, not undefined')
  return text
}

/** The sequence before which a page begins: past the newest without a token. @throws SqliteError `sqlite/invalid-argument` */
export function sequenceToken(token: string | undefined): number {
  if (token === undefined) return Number.MAX_SAFE_INTEGER
  if (/^\d{1,15}$/.test(token)) return Number(token)
  throw invalidArgument('cursor', 'the "next" of a page')
}
