import type { Table, TableBatch } from '../../domain/table.ts'

/** A row as a record; missing values are null. */
export type RowRecord = Record<string, number | string | null>

/** Rows `offset` to `offset + limit` of a table, which is closed afterwards. */
export async function rowsOf(table: Table, offset: number, limit: number): Promise<RowRecord[]> {
  const rows: RowRecord[] = []
  let before = 0
  for await (const batch of table.batches) {
    const from = Math.max(0, offset - before)
    for (let row = from; row < batch.rows && rows.length < limit; row++) rows.push(recordOf(batch, row))
    before += batch.rows
    if (rows.length === limit) break
  }
  return rows
}

function recordOf({ columns }: TableBatch, row: number): RowRecord {
  return Object.fromEntries(
    columns.map(({ name, values }) => {
      const value = values[row] ?? null
      return [name, typeof value === 'number' && !Number.isFinite(value) ? textOf(value) : value]
    }),
  )
}

// JSON has no infinities: they go as text, what is missing as null.
const textOf = (value: number): string | null => (Number.isNaN(value) ? null : String(value))
