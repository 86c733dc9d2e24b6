import { LAST, type Pattern, type Ranges } from './pattern.ts'

/** How an engine writes what engines write differently. */
export interface PatternSyntax {
  readonly start: string
  readonly end: string
  readonly boundary: string
  readonly noBoundary: string
  /** A code point past ASCII or a control character. */
  readonly hex: (point: number) => string
  /** The largest bound of a repeat. */
  readonly mostRepeats: number
}

/** RE2, and what reads its syntax. */
export const RE2_SYNTAX: PatternSyntax = {
  start: '\\A',
  end: '\\z',
  boundary: '\\b',
  noBoundary: '\\B',
  hex: (point) => `\\x{${point.toString(16)}}`,
  mostRepeats: 1000,
}

/** The pattern in an engine's syntax; classes are written out, so that no locale changes them. */
export function printPattern(pattern: Pattern, syntax: PatternSyntax): string {
  switch (pattern.kind) {
    case 'set':
      return printSet(pattern.ranges, syntax)
    case 'sequence':
      return pattern.parts.length === 0 ? '(?:)' : pattern.parts.map((part) => printPattern(part, syntax)).join('')
    case 'either':
      return `(?:${pattern.parts.map((part) => printPattern(part, syntax)).join('|')})`
    case 'repeat':
      return printRepeat(`(?:${printPattern(pattern.part, syntax)})`, pattern.from, pattern.to, syntax.mostRepeats)
    case 'start':
    case 'end':
    case 'boundary':
    case 'noBoundary':
      return syntax[pattern.kind]
  }
}

function printRepeat(part: string, from: number, to: number | undefined, most: number): string {
  if (from === 0 && to === undefined) return `${part}*`
  if (from === 1 && to === undefined) return `${part}+`
  if (from > most)
    return printRepeat(part, most, most, most) + printRepeat(part, from - most, to === undefined ? to : to - most, most)
  if (to === undefined) return `${part}{${from},}`
  if (to > most) return printRepeat(part, from, most, most) + printRepeat(part, 0, to - most, most)
  return from === to ? `${part}{${from}}` : `${part}{${from},${to}}`
}

function printSet(ranges: Ranges, syntax: PatternSyntax): string {
  // A class of nothing: no text has a character before its start.
  if (ranges.length === 0) return `(?:[a]${syntax.start})`
  const [first] = ranges
  if (ranges.length === 1 && first !== undefined && first[0] === first[1]) return printPoint(first[0], syntax)
  if (first?.[0] === 0 && first[1] === LAST) return `(?:[^${syntax.hex(10)}]|${syntax.hex(10)})`
  const negated = ranges.at(-1)?.[1] === LAST && ranges.length > 1
  const parts = (negated ? gapsOf(ranges) : ranges).map(([from, to]) =>
    from === to ? printPoint(from, syntax) : `${printPoint(from, syntax)}-${printPoint(to, syntax)}`,
  )
  return `[${negated ? '^' : ''}${parts.join('')}]`
}

// Engines limit the highest code point differently: sets that reach it are written by what they leave out.
function gapsOf(ranges: Ranges): Ranges {
  const gaps: Array<readonly [number, number]> = []
  let next = 0
  for (const [from, to] of ranges) {
    if (from > next) gaps.push([next, from - 1])
    next = to + 1
  }
  return gaps
}

function printPoint(point: number, syntax: PatternSyntax): string {
  if (point < 32 || point > 126) return syntax.hex(point)
  const char = String.fromCodePoint(point)
  return /[A-Za-z0-9_ ]/.test(char) ? char : `\\${char}`
}
