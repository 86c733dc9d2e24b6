import { compareByCodePoint } from '../cell-order.ts'
import type { TextStatistics } from '../column-profile.ts'

const MOST_PATTERNS = 10
/** Longer values are cut here for their pattern, which then ends in `…`. */
const PATTERN_LENGTH = 64

const CLASSES: ReadonlyArray<readonly [name: string, pattern: RegExp]> = [
  ['lower', /\p{Ll}/gu],
  ['upper', /\p{Lu}/gu],
  ['letter', /[\p{Lt}\p{Lm}\p{Lo}]/gu],
  ['digit', /\p{Nd}/gu],
  ['space', /[\p{Z}\t\n\r\v\f]/gu],
  ['punctuation', /\p{P}/gu],
  ['symbol', /\p{S}/gu],
  ['control', /(?![\t\n\r\v\f])\p{Cc}/gu],
]

/** Lengths over all values, patterns and character classes over the values given with their counts. */
export function textStatistics(
  lengths: { readonly min: number; readonly max: number; readonly sum: number; readonly empty: number },
  count: number,
  values: Iterable<readonly [text: string, times: number]>,
): TextStatistics {
  const patterns = new Map<string, number>()
  const classes = new Map<string, number>()
  let looked = 0
  for (const [text, times] of values) {
    looked += times
    const pattern = patternOf(text)
    patterns.set(pattern, (patterns.get(pattern) ?? 0) + times)
    addClasses(classes, text, times)
  }
  return {
    minLength: lengths.min,
    maxLength: lengths.max,
    meanLength: count === 0 ? 0 : lengths.sum / count,
    empty: lengths.empty,
    patterns: [...patterns]
      .map(([pattern, times]) => ({ pattern, count: times }))
      .sort((a, b) => b.count - a.count || compareByCodePoint(a.pattern, b.pattern))
      .slice(0, MOST_PATTERNS),
    characterClasses: Object.fromEntries([...classes].sort(([a], [b]) => compareByCodePoint(a, b))),
    looked,
  }
}

/** The shape of a text: letters `a`, capitals `A`, digits `9`, everything else as it is. */
function patternOf(text: string): string {
  const cut = text.length > PATTERN_LENGTH ? text.slice(0, PATTERN_LENGTH) : text
  const shape = cut
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/(?!A)\p{L}/gu, 'a')
    .replaceAll(/\p{Nd}/gu, '9')
  return cut === text ? shape : `${shape}…`
}

function addClasses(classes: Map<string, number>, text: string, times: number): void {
  let other = 0
  for (const _ of text) other++
  for (const [name, pattern] of CLASSES) {
    const found = text.match(pattern)?.length ?? 0
    other -= found
    if (found > 0) classes.set(name, (classes.get(name) ?? 0) + found * times)
  }
  if (other > 0) classes.set('other', (classes.get('other') ?? 0) + other * times)
}
