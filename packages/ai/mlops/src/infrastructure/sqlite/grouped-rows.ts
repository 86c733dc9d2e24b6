import type { Database } from './database.ts'
import type { SqlRow, SqlStatement } from './driver.ts'

/** Records of text by owner. @param statement - answers owner, key and value for a JSON list of owners */
export function groupedTexts(
  statement: SqlStatement,
  owners: ReadonlyArray<number>,
): ReadonlyMap<number, Readonly<Record<string, string>>> {
  const groups = new Map<number, Record<string, string>>()
  if (owners.length === 0) return groups
  for (const { owner, key, value } of statement.all(JSON.stringify(owners))) {
    let group = groups.get(Number(owner))
    if (group === undefined) groups.set(Number(owner), (group = {}))
    setOwn(group, String(key), String(value))
  }
  return groups
}

/**
 * The same for many owners with many texts: a row an owner, its keys and values as JSON lists, costs half as much.
 * @param table - with columns key and value, and the owner's @param keyOf - the text of a key
 */
export function listedTexts(
  database: Database,
  table: string,
  owner: string,
  owners: ReadonlyArray<number>,
  keyOf: (key: number | string) => string = String,
): ReadonlyMap<number, Readonly<Record<string, string>>> {
  const groups = new Map<number, Readonly<Record<string, string>>>()
  if (owners.length === 0) return groups
  const statement = database.sql(
    `SELECT ${owner} AS owner, json_group_array(key) AS keys, json_group_array(value) AS texts FROM ${table}
     WHERE ${owner} IN (SELECT value FROM json_each(?)) GROUP BY ${owner}`,
  )
  for (const [id, keyList, textList] of statement.rows(JSON.stringify(owners))) {
    const keys: ReadonlyArray<number | string> = JSON.parse(String(keyList))
    const texts: ReadonlyArray<string> = JSON.parse(String(textList))
    const group: Record<string, string> = {}
    keys.forEach((key, index) => setOwn(group, keyOf(key), texts[index] ?? ''))
    groups.set(Number(id), group)
  }
  return groups
}

/** Rows by owner, in the order they come. @param statement - answers owner and more for a JSON list of owners */
export function groupedRows(
  statement: SqlStatement,
  owners: ReadonlyArray<number>,
): ReadonlyMap<number, ReadonlyArray<SqlRow>> {
  const groups = new Map<number, SqlRow[]>()
  if (owners.length === 0) return groups
  for (const row of statement.all(JSON.stringify(owners))) {
    const group = groups.get(Number(row['owner']))
    if (group === undefined) groups.set(Number(row['owner']), [row])
    else group.push(row)
  }
  return groups
}

/** Sets a member also where its name is `__proto__`. */
export function setOwn<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__')
    Object.defineProperty(record, key, { value, enumerable: true, writable: true, configurable: true })
  else record[key] = value
}
