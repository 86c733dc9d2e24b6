import { MlopsError } from '../errors.ts'
import { invalidArgument } from '../refusals.ts'

/**
 * Refuses what is no text of `least` to `most` characters. Characters are code points; half a surrogate pair could not
 * be read back, so it is refused as well.
 * @throws MlopsError `mlops/invalid-argument`, details: field, limit, length
 */
export function checkText(field: string, value: string, least: number, most: number): void {
  if (typeof value !== 'string') throw invalidArgument(field, `must be a text, not ${typeof value}`)
  if (value.length < least) throw invalidArgument(field, 'must not be empty', { length: value.length })
  if (value.length > most) {
    const length = codePoints(value, 2 * most)
    if (length > most) {
      const problem = `has ${length > 2 * most ? 'far ' : `${length} characters, `}more than the ${most} allowed`
      throw invalidArgument(field, problem, { limit: most, length: value.length, found: `${value.slice(0, 100)}...` })
    }
  }
  if (!value.isWellFormed()) throw invalidArgument(field, 'is not well-formed Unicode: it has half a surrogate pair')
}

/** Refuses a record with too long keys or values. @throws MlopsError `mlops/invalid-argument` */
export function checkTexts(
  field: string,
  texts: Readonly<Record<string, string>>,
  mostOf: { readonly key: number; readonly value: number },
): void {
  for (const [key, value] of Object.entries(texts)) {
    checkText(`${field} key`, key, 1, mostOf.key)
    checkText(`${field}.${key}`, value, 0, mostOf.value)
  }
}

/** Refuses what is no whole number in the range that survives every store. @throws MlopsError `mlops/invalid-argument` */
export function checkWhole(field: string, value: number, least: number = Number.MIN_SAFE_INTEGER): void {
  if (!Number.isSafeInteger(value))
    throw invalidArgument(field, `must be a whole number below 2^53, not ${String(value)}`, { found: value })
  if (value < least) throw invalidArgument(field, `must be at least ${least}, not ${value}`, { found: value })
}

/** Refuses what is none of the words. @throws MlopsError `mlops/invalid-argument` */
export function checkOneOf(field: string, value: unknown, words: ReadonlyArray<string>): void {
  if (typeof value === 'string' && words.includes(value)) return
  const found = typeof value === 'string' ? `'${value.slice(0, 100)}'` : typeof value
  throw invalidArgument(field, `must be one of ${words.join(', ')}, not ${found}`, { found: value })
}

/** A page's size, or the usual one. @throws MlopsError `mlops/invalid-argument` where it is not in 1..most */
export function checkedLimit(limit: number | undefined, usual: number, most: number): number {
  if (limit === undefined) return usual
  if (Number.isInteger(limit) && limit >= 1 && limit <= most) return limit
  throw new MlopsError('mlops/invalid-argument', `limit: must be a whole number from 1 to ${most}, not ${limit}`, {
    field: 'limit',
    found: limit,
    most,
  })
}

// Counts no further than `most`, so that a huge text costs little.
function codePoints(text: string, most: number): number {
  if (text.length > 2 * most) return most + 1
  let count = 0
  for (const _ of text) count++
  return count
}
