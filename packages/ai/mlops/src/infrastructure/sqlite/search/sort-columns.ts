import { invalidFilter } from '../../../domain/search/invalid-filter.ts'
import { parseOrderItem } from '../../../domain/search/parse-filter.ts'
import type { WordFinder } from './compile-filter.ts'
import { type Field, type SearchTarget, fieldOf } from './search-target.ts'
import { type SqlPart, sqlPart } from './sql-part.ts'

/** One column that rows are sorted by. */
export interface SortColumn {
  /** An expression over `t` and the joins. */
  readonly sql: string
  readonly descending: boolean
  /** Whether it can be NULL. */
  readonly nullable: boolean
}

/** One item of an order: a join where its values stand beside the thing, and its columns. */
export interface SortItem {
  readonly field: Field
  readonly descending: boolean
  readonly join?: { readonly table: SqlPart; readonly on: SqlPart }
  /** 0 for a value, 1 for NaN, 2 for none: always ascending, so that what is missing comes last. */
  readonly rank?: SortColumn
  readonly value: SortColumn
}

// Each may need a join, of which SQLite takes 64.
const MOST_ITEMS = 30

/**
 * The items of the whole order, ties included.
 * @param adapt - may say more of the field of the item at that index
 * @throws MlopsError `mlops/invalid-filter`
 */
export function sortItemsOf(
  target: SearchTarget,
  orderBy: ReadonlyArray<string>,
  wordOf: WordFinder,
  adapt: (field: Field, index: number) => Field = (field) => field,
): ReadonlyArray<SortItem> {
  const items: SortItem[] = []
  const seen = new Set<string>()
  const asked = orderBy.length === 0 ? target.defaultOrder : orderBy
  if (asked.length > MOST_ITEMS)
    throw invalidFilter('too-large', asked[MOST_ITEMS] ?? '', 0, `an order may have ${MOST_ITEMS} items`)
  for (const [index, text] of [...asked, ...target.tieBreak].entries()) {
    const { field: name, descending } = parseOrderItem(text)
    const field = adapt(fieldOf(target, name, text, 'order'), index)
    const identity = identityOf(field)
    if (!seen.has(identity)) items.push(sortItem(field, descending, `o${items.length}`, wordOf))
    else if (index < asked.length) throw invalidFilter('repeated', text, name.position, `'${text}' comes twice`)
    seen.add(identity)
  }
  return items
}

// Aliases of one column are one column.
function identityOf(field: Field): string {
  return field.place === 'own' ? field.sql : JSON.stringify([field.from, field.fromValues, field.value, field.keyText])
}

function sortItem(field: Field, descending: boolean, alias: string, wordOf: WordFinder): SortItem {
  if (field.place === 'own') {
    const value = { sql: field.sql, descending, nullable: field.nullable === true }
    if (!value.nullable) return { field, descending, value }
    return { field, descending, value, rank: rankColumn(`iif(${field.sql} IS NULL, 2, 0)`) }
  }
  const column = (name: string): string => name.replace(/^x\./, `${alias}.`)
  const key = field.key?.as === 'word' ? (wordOf(field.keyText ?? '') ?? -1) : (field.keyText ?? '')
  const keyed = field.key === undefined ? '' : ` AND ${column(field.key.column)} = ?`
  const on = sqlPart(`${column(field.owner)} = t.id${keyed}`, ...(field.key === undefined ? [] : [key]))
  const table = sqlPart((field.orderFrom ?? field.from).replace(/ x$/, ` ${alias}`), ...(field.fromValues ?? []))
  const join = { table, on }
  const value = column(field.value)
  const rank = field.nan === undefined ? `iif(${value} IS NULL, 2, 0)` : `coalesce(${column(field.nan)}, 2)`
  return { field, descending, join, value: { sql: value, descending, nullable: true }, rank: rankColumn(rank) }
}

function rankColumn(sql: string): SortColumn {
  return { sql, descending: false, nullable: false }
}
