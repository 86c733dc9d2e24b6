import { type ColumnKind, isNumeric, isTime } from '../../domain/cell.ts'
import { countText } from './count-text.ts'
import type { ColumnShape } from './profile-shape.ts'
import type { Candidate } from './suggestion.ts'

/**
 * The range of a column. Had the row of its least or greatest value been left out, it would lie outside: so the next table may have
 * two such rows. Times have no end: the next table is a later one.
 */
export function rangeCandidates(
  column: ColumnShape,
  kind: ColumnKind | undefined,
  isKey: boolean,
  least: number,
): ReadonlyArray<Candidate> {
  if (kind === undefined || column.semantic.some(({ personal }) => personal)) return []
  if (isTime(kind)) return timeRange(column, kind, least)
  return isNumeric(kind) ? numberRange(column, kind, isKey, least) : []
}

function numberRange(
  { name, count, numbers }: ColumnShape,
  kind: ColumnKind,
  isKey: boolean,
  least: number,
): ReadonlyArray<Candidate> {
  if (numbers === undefined || numbers.min === null || numbers.max === null) return []
  const { min, max, exactMin, exactMax, nans, infinities } = numbers
  // Keys grow.
  const minValue = boundOf(min, exactMin, kind)
  const maxValue = isKey ? undefined : boundOf(max, exactMax, kind)
  const others = nans + infinities
  const strange = others === 0 ? '' : `, and ${countText(others)} NaN or infinite`
  return [
    {
      rule: 'range',
      columns: [name],
      type: 'expectColumnValuesToBeBetween',
      kwargs: { column: name, minValue, ...(maxValue === undefined ? {} : { maxValue }) },
      reason: `${countText(count)} numbers from ${exactMin ?? min} to ${exactMax ?? max}${strange}`,
      sample: { bad: Math.min(count, (isKey ? 1 : 2) + others), rows: count, of: count, least },
    },
  ]
}

// Of whole numbers that no double equals, and of decimals, the text is exact.
function boundOf(double: number, exact: string | undefined, kind: ColumnKind): number | string | bigint {
  if (exact === undefined) return double
  return kind === 'integer' && /^-?\d+$/.test(exact) ? BigInt(exact) : exact
}

function timeRange({ name, count, dates }: ColumnShape, kind: ColumnKind, least: number): ReadonlyArray<Candidate> {
  if (dates?.min === null || dates?.min === undefined || dates.max === null) return []
  const [first, last] = [dates.min, dates.max].map((time) => timeText(Math.floor(time), kind))
  if (first === undefined || last === undefined) return []
  return [
    {
      rule: 'range',
      columns: [name],
      type: 'expectColumnValuesToBeBetween',
      kwargs: { column: name, minValue: first },
      reason: `${countText(count)} times from ${first} to ${last}`,
      sample: { bad: 1, rows: count, of: count, least },
    },
  ]
}

// Years of more than four digits have no text that is read again.
function timeText(time: number, kind: ColumnKind): string | undefined {
  const date = new Date(time)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return undefined
  const text = date.toISOString()
  return kind === 'date' ? text.slice(0, 10) : text
}
