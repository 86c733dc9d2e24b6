import type { ColumnKind } from '../../domain/cell.ts'
import { kindNamed } from '../catalogue/column-types.ts'
import { countText } from './count-text.ts'
import type { ColumnShape } from './profile-shape.ts'
import type { Candidate } from './suggestion.ts'

/** Values that chance would have made meet so often are apart by design. */
const MEETINGS = 10
const NAME = /(?:^|[\s_.-])(?:id|key|pk|uuid|guid)$|[a-z](?:Id|ID|Key)$/i

/**
 * Why the values of a column that differ in every row do so by design, and not by chance: undefined where chance would do. Numbers with
 * fractions and times differ by chance.
 */
export function keyReason({ name, physicalType, count, numbers }: ColumnShape): string | undefined {
  const kind = kindNamed(physicalType)
  if (!mayBeKey(kind)) return undefined
  if (NAME.test(name)) return 'and its name is that of a key'
  const { min = null, max = null } = numbers ?? {}
  if (kind !== 'integer' || min === null || max === null) return undefined
  const meetings = (count * (count - 1)) / 2 / (max - min + 1)
  return meetings >= MEETINGS
    ? `where chance would have made some ${countText(Math.round(meetings))} pairs meet`
    : undefined
}

/** A column whose values differ in every row, where that is by design. */
export function keyCandidates({ name, count }: ColumnShape, why: string): ReadonlyArray<Candidate> {
  const reason = `${countText(count)} rows, each with a value of its own, ${why}`
  return [
    { rule: 'not-null', columns: [name], type: 'expectColumnValuesToNotBeNull', kwargs: { column: name }, reason },
    { rule: 'unique', columns: [name], type: 'expectColumnValuesToBeUnique', kwargs: { column: name }, reason },
  ]
}

/** Columns whose values, or combinations of them, differ in every row, perhaps by chance. Rows that meet come in twos. */
export function uniqueCandidate(
  columns: ReadonlyArray<ColumnShape>,
  rows: number,
  least: number,
): ReadonlyArray<Candidate> {
  const [only, ...more] = columns
  if (only === undefined || !columns.every(({ physicalType }) => mayBeKey(kindNamed(physicalType)))) return []
  const names = columns.map(({ name }) => name)
  const shared = { rule: 'unique', columns: names, sample: { bad: 0, rows: rows / 2, of: rows / 2, least } }
  const reason = `${countText(rows)} rows, each with a ${more.length === 0 ? 'value' : 'combination'} of its own`
  return [
    more.length === 0
      ? { ...shared, type: 'expectColumnValuesToBeUnique', kwargs: { column: only.name }, reason }
      : { ...shared, type: 'expectCompoundColumnsToBeUnique', kwargs: { columnList: names }, reason },
  ]
}

function mayBeKey(kind: ColumnKind | undefined): boolean {
  return kind === 'integer' || kind === 'text'
}
