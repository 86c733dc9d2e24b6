/** A set of code points: inclusive ranges, ascending. */
export type Ranges = ReadonlyArray<readonly [from: number, to: number]>

/** A regular expression as a tree; every part means the same in every engine. */
export type Pattern =
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'start' | 'end' | 'boundary' | 'noBoundary' }
  | { readonly kind: 'sequence' | 'either'; readonly parts: ReadonlyArray<Pattern> }
  /** `to` undefined: no limit. */
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly from: number; readonly to: number | undefined }

/** The last code point. */
export const LAST = 0x10ffff

/** Ranges in ascending order, none touching another. */
export function mergeRanges(ranges: Ranges): Ranges {
  const merged: Array<[number, number]> = []
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** All other code points. */
export function negateRanges(ranges: Ranges): Ranges {
  const result: Array<[number, number]> = []
  let next = 0
  for (const [from, to] of mergeRanges(ranges)) {
    if (from > next) result.push([next, from - 1])
    next = to + 1
  }
  if (next <= LAST) result.push([next, LAST])
  return result
}
