import type { MemoryTable } from './memory-column.ts'
import { columnOf } from './records-table.ts'

/** Consecutive rows, column by column, as readers of files give them. */
export interface ColumnBatch {
  readonly rows: number
  readonly columns: ReadonlyArray<{
    readonly name: string
    readonly kind: 'number' | 'text'
    readonly values: ArrayLike<number | string | null>
  }>
}

/**
 * Batches of columns as one table in memory; every batch has the same columns. NaN in a column of numbers is a missing value,
 * which is how such readers write it.
 */
export async function batchesTable(batches: AsyncIterable<ColumnBatch> | Iterable<ColumnBatch>): Promise<MemoryTable> {
  const columns = new Map<string, Array<number | string | null>>()
  let rows = 0
  for await (const batch of batches) {
    for (const { name, values } of batch.columns) {
      const all = columns.get(name) ?? []
      columns.set(name, all)
      // A batch may be given back to its reader as soon as the next one is asked for.
      for (let row = 0; row < batch.rows; row++) {
        const value = values[row] ?? null
        all.push(Number.isNaN(value) ? null : value)
      }
    }
    rows += batch.rows
  }
  return { rows, columns: [...columns].map(([name, values]) => columnOf(name, values)) }
}
