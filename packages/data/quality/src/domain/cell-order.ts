import type { Cell, ColumnKind } from './cell.ts'
import { compareDecimals } from './decimal.ts'

/**
 * Order of values of one kind: numbers by size with NaN last, texts by code point (as UTF-8 bytes), false before true, null behind
 * everything.
 * @returns below 0 when `a` stands first, 0 when they are equal
 */
export function compareCells(a: Cell, b: Cell, kind: ColumnKind): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'string' && typeof b === 'string') {
    return kind === 'decimal' ? compareDecimals(a, b) : compareByCodePoint(a, b)
  }
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a < b ? -1 : Number(a > b)
}

/** Order of texts by code point: JavaScript's own `<` compares UTF-16 units and puts U+1F600 before U+FF5E. */
function compareByCodePoint(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  let i = 0
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++
  if (i === length) return a.length - b.length
  return sortUnit(a.charCodeAt(i)) - sortUnit(b.charCodeAt(i))
}

// Surrogates stand for code points past U+FFFF, so they belong behind every other unit.
function sortUnit(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
