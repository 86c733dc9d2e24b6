import type { TableColumn } from '../../domain/cell.ts'
import { ProfilingError } from '../../domain/errors.ts'
import type { MemoryColumn, MemoryTable } from './memory-column.ts'

/** @throws ProfilingError `profiling/unknown-column` where the table has no such column */
export function columnNamed(table: MemoryTable, wanted: TableColumn): MemoryColumn {
  const column = table.columns.find(({ name }) => name === wanted.name)
  if (column !== undefined) return column
  throw new ProfilingError('profiling/unknown-column', `the table has no column ${JSON.stringify(wanted.name)}`, {
    column: wanted.name,
  })
}
