import type { Cell, ColumnKind } from '../cell.ts'
import { isNumeric, isTime } from '../cell.ts'
import type { ColumnType } from '../column-profile.ts'

const FEW_NUMBERS = 5
const MANY_TEXTS = 50
const MANY_TEXTS_SHARE = 0.5
const BOOLEAN_WORDS: ReadonlyArray<ReadonlyArray<string>> = [
  ['true', 'false'],
  ['t', 'f'],
  ['yes', 'no'],
  ['y', 'n'],
]

/**
 * What the values are for, by ydata-profiling's rules: numbers with fewer than 5 different values are categories; texts are
 * booleans where they are one pair such as yes and no, free text with more than 50 different values or where more than half
 * of the values differ, else categories.
 * @param values - all different values, where they are few
 */
export function columnType(
  kind: ColumnKind,
  count: number,
  distinct: number,
  values: ReadonlyArray<Cell> | undefined,
): ColumnType {
  if (count === 0) return 'empty'
  if (kind === 'boolean') return 'boolean'
  if (isTime(kind)) return 'date'
  if (isNumeric(kind)) return distinct < FEW_NUMBERS ? 'category' : 'number'
  if (kind === 'other') return 'unsupported'
  if (values !== undefined && isBooleanPair(values)) return 'boolean'
  return distinct > MANY_TEXTS || distinct > MANY_TEXTS_SHARE * count ? 'text' : 'category'
}

function isBooleanPair(values: ReadonlyArray<Cell>): boolean {
  const words = new Set(values.map((value) => String(value).toLowerCase()))
  return words.size === 2 && BOOLEAN_WORDS.some((pair) => pair.every((word) => words.has(word)))
}
