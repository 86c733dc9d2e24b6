/**
 * One page of any thing. The order's first item may lie in rows beside the thing (a run's metric): then, where there are
 * many things, the walk goes along that value's index, first values, then NaN, then things without one. A filter that
 * few things pass is answered from its own index. Either way the page costs what it holds, not what the file holds.
 */
import { checkedLimit } from '../../../domain/checks/text.ts'
import { limits } from '../../../domain/limits.ts'
import type { SearchQuery } from '../../../domain/page.ts'
import { parseFilter } from '../../../domain/search/parse-filter.ts'
import type { Database } from '../database.ts'
import type { SqlRow } from '../driver.ts'
import { type Condition, type WordFinder, compileFilter } from './compile-filter.ts'
import { type PageKey, encodePageToken, parsePageToken } from './page-token.ts'
import { type Walk, selectPage, walksOf } from './page-walk.ts'
import type { Field, SearchTarget } from './search-target.ts'
import { sortItemsOf } from './sort-columns.ts'
import type { SqlPart } from './sql-part.ts'

/** A search for rows of one table. */
export interface RowSearch {
  readonly target: SearchTarget
  readonly query: SearchQuery
  /** What every row must be besides the filter: a condition on `t`. */
  readonly scope: SqlPart
  /** What a page's token is bound to besides filter, order and view. */
  readonly boundTo?: unknown
  /** Says more of the field of the order's item at that index. */
  readonly adaptOrder?: (field: Field, index: number) => Field
  readonly usualLimit?: number
  readonly mostLimit?: number
}

/** Rows of `t` in order, and the next page's token. */
export interface RowPage {
  readonly rows: ReadonlyArray<SqlRow>
  readonly next?: string
}

/** Few enough to look at each: above that the walk goes along an index. */
const FEW = 5000

/**
 * Reads one page; inside a read. @param wordOf - the number of a key, where the target has keys as words
 * @throws MlopsError `mlops/invalid-filter`, `mlops/invalid-argument` for the limit or the token
 */
export function searchRows(database: Database, search: RowSearch, wordOf: WordFinder = () => undefined): RowPage {
  const { target, query, scope, boundTo, usualLimit = 1000, mostLimit = limits.searchPage } = search
  const limit = checkedLimit(query.limit, usualLimit, mostLimit)
  const filter = query.filter ?? ''
  const conditions = compileFilter(parseFilter(filter), target, filter, wordOf)
  const items = sortItemsOf(target, query.orderBy ?? [], wordOf, search.adaptOrder)
  const identity = [target.thing, boundTo ?? null, filter, query.orderBy ?? [], query.view ?? 'active']
  const after = query.pageToken === undefined ? undefined : parsePageToken(query.pageToken, identity)
  const driver = fewest(database, conditions)
  const tests = [scope, ...conditions.filter((condition) => condition !== driver?.condition).map(({ test }) => test)]
  const big = driver === undefined && items[0]?.rank !== undefined && isBig(database, target, scope)
  const walks = walksOf({ target, tests, items, ...(driver === undefined ? {} : { driver: driver.members }) }, big)
  const { rows: places, ...page } = pageOf(database, walks, limit, after, identity)
  return { rows: wholeRows(database, target, places), ...page }
}

function pageOf(
  database: Database,
  walks: ReadonlyArray<Walk>,
  limit: number,
  after: PageKey | undefined,
  identity: unknown,
): RowPage {
  const rows: SqlRow[] = []
  const columns = walks[0]?.columns.length ?? 0
  for (const walk of walks) {
    const missing = limit + 1 - rows.length
    if (missing > 0) rows.push(...selectPage(database, walk, missing, after))
  }
  const last = rows[limit - 1]
  if (rows.length <= limit || last === undefined) return { rows }
  const key = Array.from({ length: columns }, (_, index) => plain(last[`k${index}`]))
  return { rows: rows.slice(0, limit), next: encodePageToken(identity, key) }
}

// Whole rows are read for the page alone: those that are sorted carry little.
function wholeRows(database: Database, target: SearchTarget, places: ReadonlyArray<SqlRow>): ReadonlyArray<SqlRow> {
  const ids = JSON.stringify(places.map(({ id }) => id))
  const rows = database.sql(`SELECT t.* FROM ${target.from} WHERE t.id IN (SELECT value FROM json_each(?))`).all(ids)
  const byId = new Map(rows.map((row) => [row['id'], row]))
  return places.flatMap(({ id }) => {
    const row = byId.get(id)
    return row === undefined ? [] : [row]
  })
}

function plain(value: SqlRow[string] | undefined): number | string | null {
  return typeof value === 'number' || typeof value === 'string' ? value : null
}

interface Driver {
  readonly condition: Condition
  readonly members: SqlPart
}

// The condition that the fewest things pass, if they are few: counting stops there.
function fewest(database: Database, conditions: ReadonlyArray<Condition>): Driver | undefined {
  let best: Driver | undefined
  let least = FEW
  for (const condition of conditions) {
    if (condition.members === undefined) continue
    const count = countUpTo(database, condition.members, least)
    if (count >= least) continue
    least = count
    best = { condition, members: condition.members }
  }
  return best
}

function isBig(database: Database, target: SearchTarget, scope: SqlPart): boolean {
  const all = { text: `SELECT 1 FROM ${target.from} WHERE ${scope.text}`, values: scope.values }
  return countUpTo(database, all, FEW) >= FEW
}

function countUpTo(database: Database, { text, values }: SqlPart, most: number): number {
  const row = database.once(`SELECT count(*) AS n FROM (${text} LIMIT ?)`).get(...values, most)
  return Number(row?.['n'])
}
