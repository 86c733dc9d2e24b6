import type { Table } from './ports/table-reader.ts'

/** What is done with a table before its batches are read. Where that throws, the table is closed. */
export async function beforeReading<T>(table: Table, work: () => T): Promise<T> {
  try {
    return work()
  } catch (error) {
    await table.close?.()
    throw error
  }
}
