import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import { afterRow } from './keyset.ts'
import type { PageKey } from './page-token.ts'
import type { SearchTarget } from './search-target.ts'
import type { SortColumn, SortItem } from './sort-columns.ts'
import { type SqlPart, joinParts, sqlPart } from './sql-part.ts'

/** One way through things in order. */
export interface Walk {
  readonly from: SqlPart
  readonly where: SqlPart
  readonly columns: ReadonlyArray<SortColumn>
  /** Where all things of the walk have the same rank in the first column: which. */
  readonly rank?: number
}

/** What is looked for, compiled. */
export interface Plan {
  readonly target: SearchTarget
  readonly tests: ReadonlyArray<SqlPart>
  readonly items: ReadonlyArray<SortItem>
  /** Answers the few ids in question as `member`. */
  readonly driver?: SqlPart
}

/** The walks that one after another answer the page. @param alongIndex - whether the first item's index is walked */
export function walksOf(plan: Plan, alongIndex: boolean): ReadonlyArray<Walk> {
  const [first] = plan.items
  if (alongIndex && first?.rank !== undefined) {
    const hasNan = first.field.place === 'related' && first.field.nan !== undefined
    return (hasNan ? [0, 1, 2] : [0, 2]).map((rank) => rankWalk(plan, first, rank))
  }
  const { target, tests, items, driver } = plan
  const start =
    driver === undefined
      ? sqlPart(target.from)
      : sqlPart(
          `(SELECT DISTINCT member FROM (${driver.text})) m CROSS JOIN ${target.from} ON t.id = m.member`,
          ...driver.values,
        )
  return [{ from: joined(start, items), where: joinParts(tests, 'AND'), columns: items.flatMap(columnsOf) }]
}

// Things whose first value is of one rank, in that value's order.
function rankWalk({ target, tests, items }: Plan, first: SortItem, rank: number): Walk {
  const { field, join, value } = first
  const rankColumn: SortColumn = { sql: String(rank), descending: false, nullable: false }
  const rest = items.slice(1)
  if (rank === 2) {
    const missing = sqlPart(`${value.sql} IS NULL`)
    const none: SortColumn = { sql: 'NULL', descending: false, nullable: true }
    const columns = [rankColumn, none, ...rest.flatMap(columnsOf)]
    return { from: joined(sqlPart(target.from), items), where: joinParts([...tests, missing], 'AND'), columns, rank }
  }
  const columns = [rankColumn, value, ...rest.flatMap(columnsOf)]
  if (field.place === 'own' || join === undefined) {
    const there = sqlPart(`${value.sql} IS NOT NULL`)
    return { from: joined(sqlPart(target.from), rest), where: joinParts([...tests, there], 'AND'), columns, rank }
  }
  const { table, on } = join
  const start = sqlPart(`${table.text} CROSS JOIN ${target.from} ON ${on.text}`, ...table.values, ...on.values)
  const nan = field.nan === undefined ? [] : [sqlPart(`${field.nan.replace(/^x\./, 'o0.')} = ${rank}`)]
  return { from: joined(start, rest), where: joinParts([...nan, ...tests], 'AND'), columns, rank }
}

/** Ids and sort values of the first rows of a walk, or of those after a page's end. */
export function selectPage(
  database: Database,
  { from, where, columns, rank }: Walk,
  limit: number,
  after: PageKey | undefined,
): ReadonlyArray<SqlRow> {
  const reached = Number(after?.[0])
  if (rank !== undefined && after !== undefined && reached > rank) return []
  // A page that ended within an earlier rank leaves all of this one.
  const within = after !== undefined && (rank === undefined || reached === rank)
  const start = within ? (afterRow(columns, after) ?? sqlPart('1')) : sqlPart('1')
  const keys = columns.map(({ sql }, index) => `${sql} AS k${index}`).join(', ')
  // A constant says nothing about the order, and would keep SQLite from using the index.
  const order = columns
    .filter(({ sql }) => !CONSTANT.test(sql))
    .map(({ sql, descending }) => `${sql}${descending ? ' DESC' : ''}`)
    .join(', ')
  return database
    .once(
      `SELECT t.id AS id, ${keys} FROM ${from.text} WHERE ${where.text} AND ${start.text} ORDER BY ${order} LIMIT ?`,
    )
    .all(...from.values, ...where.values, ...start.values, limit)
}

const CONSTANT = /^(?:\d|NULL)$/

function columnsOf({ rank, value }: SortItem): ReadonlyArray<SortColumn> {
  return rank === undefined ? [value] : [rank, value]
}

function joined(start: SqlPart, items: ReadonlyArray<SortItem>): SqlPart {
  const joins = items.flatMap(({ join }) => (join === undefined ? [] : [join]))
  return sqlPart(
    [start.text, ...joins.map(({ table, on }) => `LEFT JOIN ${table.text} ON ${on.text}`)].join(' '),
    ...start.values,
    ...joins.flatMap(({ table, on }) => [...table.values, ...on.values]),
  )
}
