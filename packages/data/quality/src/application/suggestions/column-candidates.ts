import type { ColumnKind } from '../../domain/cell.ts'
import { kindNamed } from '../catalogue/column-types.ts'
import { countText } from './count-text.ts'
import { keyCandidates, keyReason, uniqueCandidate } from './key-candidates.ts'
import type { ColumnShape } from './profile-shape.ts'
import { rangeCandidates } from './range-candidates.ts'
import type { Candidate } from './suggestion.ts'

const FEW_VALUES = 50
const FEW_ROWS = 20
const LEAST_COMPLETE = 0.2
/** The least share of good rows that a suggestion is worth. */
export const LEAST = 0.8
const MASK = '•••'

/** Which kinds of another table's column hold values like these: a table whose numbers all happen to be whole is one of numbers too. */
const LIKE: Readonly<Record<Exclude<ColumnKind, 'other'>, ReadonlyArray<ColumnKind>>> = {
  integer: ['integer'],
  decimal: ['decimal', 'float', 'integer'],
  float: ['float', 'decimal', 'integer'],
  text: ['text'],
  boolean: ['boolean'],
  timestamp: ['timestamp', 'date'],
  date: ['date', 'timestamp'],
}

/** Forms that texts of a meaning have; each lets through whatever the meaning does. */
const FORMS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    email: '^\\s*[^@\\s]+@[^@\\s]+\\.[^@\\s]+\\s*$',
    uuid: '^\\s*\\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\}?\\s*$',
    url: '^\\s*[a-zA-Z][a-zA-Z0-9]*://\\S+\\s*$',
    'iso-date': '^\\s*\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])\\s*$',
  }),
)

/** What the profile of a column speaks for. */
export function columnCandidates(column: ColumnShape, rows: number, isUnique: boolean): ReadonlyArray<Candidate> {
  const kind = kindNamed(column.physicalType)
  const values = valuesCandidate(column, kind)
  const why = isUnique ? keyReason(column) : undefined
  return [
    ...typeCandidates(column, kind),
    ...(why !== undefined
      ? keyCandidates(column, why)
      : [...completeCandidates(column, rows), ...(isUnique ? uniqueCandidate([column], rows, LEAST) : [])]),
    ...(values !== undefined
      ? [values]
      : [
          ...rangeCandidates(column, kind, why !== undefined, LEAST),
          ...lengthCandidates(column),
          ...formCandidates(column, kind),
        ]),
  ]
}

function typeCandidates(
  { name, physicalType, count }: ColumnShape,
  kind: ColumnKind | undefined,
): ReadonlyArray<Candidate> {
  if (kind === undefined || kind === 'other' || count < FEW_ROWS) return []
  const [only, ...more] = LIKE[kind]
  const shared = { rule: 'type', columns: [name], reason: `${countText(count)} values, stored as ${physicalType}` }
  return [
    more.length === 0
      ? { ...shared, type: 'expectColumnValuesToBeOfType', kwargs: { column: name, type: only } }
      : { ...shared, type: 'expectColumnValuesToBeInTypeList', kwargs: { column: name, typeList: LIKE[kind] } },
  ]
}

function completeCandidates({ name, nulls, count }: ColumnShape, rows: number): ReadonlyArray<Candidate> {
  if (count === 0) return []
  return [
    {
      rule: 'not-null',
      columns: [name],
      type: 'expectColumnValuesToNotBeNull',
      kwargs: { column: name },
      reason:
        nulls === 0
          ? `each of ${countText(rows)} rows has a value`
          : `${countText(nulls)} of ${countText(rows)} rows have no value`,
      sample: { bad: nulls, rows, of: rows, least: LEAST_COMPLETE },
    },
  ]
}

// A value that occurs once would be unknown had its row been left out: so many rows the next table may have with values of its own
// (I. Good, 1953, The population frequencies of species).
function valuesCandidate(
  { name, type, count, distinct, top, semantic }: ColumnShape,
  kind: ColumnKind | undefined,
): Candidate | undefined {
  const isWhole =
    distinct.exact && top.length === distinct.value && top.reduce((sum, one) => sum + one.count, 0) === count
  const isMasked = top.some(({ value }) => String(value).includes(MASK)) || semantic.some(({ personal }) => personal)
  const fits = kind === 'text' || kind === 'boolean' || (kind === 'integer' && type === 'category')
  if (!isWhole || isMasked || !fits || count === 0 || distinct.value > FEW_VALUES) return undefined
  const once = top.filter((one) => one.count === 1).length
  if (once > count / 10) return undefined
  return {
    rule: 'in-set',
    columns: [name],
    type: 'expectColumnValuesToBeInSet',
    kwargs: { column: name, valueSet: top.map(({ value }) => value) },
    reason: `${top.length} different values in ${countText(count)} rows, ${once === 0 ? 'each more than once' : `${once} of them once`}`,
    sample: { bad: once, rows: count, of: count, least: LEAST },
  }
}

function lengthCandidates({ name, count, texts, semantic }: ColumnShape): ReadonlyArray<Candidate> {
  if (texts === undefined || count === 0 || semantic.some(({ personal }) => personal)) return []
  const { minLength, maxLength, empty } = texts
  const shared = { columns: [name], sample: { bad: 0, rows: count, of: count, least: LEAST } }
  if (minLength === maxLength && minLength > 0)
    return [
      {
        ...shared,
        rule: 'length',
        type: 'expectColumnValueLengthsToEqual',
        kwargs: { column: name, value: minLength },
        reason: `all of ${countText(count)} texts have ${minLength} characters`,
      },
    ]
  if (empty > 0) return []
  return [
    {
      ...shared,
      rule: 'length',
      type: 'expectColumnValueLengthsToBeBetween',
      kwargs: { column: name, minValue: 1 },
      reason: `none of ${countText(count)} texts is empty`,
    },
  ]
}

function formCandidates(
  { name, count, semantic }: ColumnShape,
  kind: ColumnKind | undefined,
): ReadonlyArray<Candidate> {
  if (kind !== 'text') return []
  return semantic.slice(0, 1).flatMap(({ kind: meaning, share, rows }) => {
    const regex = FORMS.get(meaning)
    if (regex === undefined || rows === 0) return []
    return [
      {
        rule: 'form',
        columns: [name],
        type: 'expectColumnValuesToMatchRegex',
        kwargs: { column: name, regex },
        reason: `${countText(Math.round(share * rows))} of ${countText(rows)} texts looked at are ${meaning}`,
        sample: { bad: Math.round((1 - share) * rows), rows, of: count, least: LEAST },
      },
    ]
  })
}
