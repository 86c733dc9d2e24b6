import type { SqlValue } from './driver.ts'

/** SQL with `?` alone, and the values of its parameters in that order. */
export interface PlainParameters {
  readonly sql: string
  readonly bind: (values: ReadonlyArray<SqlValue>) => ReadonlyArray<SqlValue>
}

/**
 * Numbered parameters (`?1`) as plain ones: Node before 22.16 does not bind them, and better-sqlite3 by name only. A
 * statement has one kind or the other, and no text of its own with such a sign.
 */
export function plainParameters(sql: string): PlainParameters {
  const order: number[] = []
  const plain = sql.replaceAll(/\?(\d+)/g, (_, number: string) => {
    order.push(Number(number) - 1)
    return '?'
  })
  if (order.length === 0) return { sql, bind: (values) => values }
  return { sql: plain, bind: (values) => order.map((index) => values[index] ?? null) }
}
