import type { Page } from '../../domain/page.ts'
import type { Database } from './database.ts'
import { number, type Row } from './rows.ts'

const MOST_AT_ONCE = 2000

/** Deletes rows a part at a time, between which others have their turn. Answers how many. @param condition - with a `?` for each value */
export async function pruneInParts(
  database: Database,
  table: string,
  condition: string,
  ...values: ReadonlyArray<string | number>
): Promise<number> {
  const text = `DELETE FROM ${table} WHERE seq IN (SELECT seq FROM ${table} WHERE ${condition} LIMIT ${MOST_AT_ONCE})`
  let [count, part] = [0, MOST_AT_ONCE]
  while (part === MOST_AT_ONCE) {
    part = Number(await database.write(() => database.sql(text).run(...values).changes))
    count += part
  }
  return count
}

/** A page of rows of which one more than `limit` was asked for; its token is the `seq` of the last. */
export function pageOf<T>(rows: ReadonlyArray<Row>, limit: number, itemOf: (row: Row) => T): Page<T> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return {
    items: kept.map(itemOf),
    ...(rows.length > limit && last !== undefined ? { next: String(number(last, 'seq')) } : {}),
  }
}
