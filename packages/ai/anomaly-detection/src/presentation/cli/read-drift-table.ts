import type { Table, TableSource } from '../../application/ports/table-reader.ts'
import type { DriftColumn, DriftTable } from '../../domain/drift/two-sample/drift-column.ts'
import type { DetectionCommandContext } from './command-context.ts'

/** Reads a whole file, numbers and texts as they are. Rejects as the reader does. */
export async function readDriftTable(
  path: string,
  source: Pick<TableSource, 'format' | 'columns'>,
  context: DetectionCommandContext,
): Promise<DriftTable> {
  const file = path === '-' ? 'the standard input' : path
  context.progress(`reading ${file}`)
  try {
    return await collected(await context.openTable({ ...source, path, signal: context.signal }))
  } finally {
    context.progress(undefined)
  }
}

async function collected(table: Table): Promise<DriftTable> {
  const numbers = table.columns.map((): Float64Array[] => [])
  const texts = table.columns.map((): Array<string | null> => [])
  let rows = 0
  for await (const batch of table.batches) {
    for (const [at, column] of batch.columns.entries()) {
      if (column.kind === 'number') numbers[at]?.push(column.values)
      else for (const value of column.values) texts[at]?.push(value)
    }
    rows += batch.rows
  }
  const columns = table.columns.map(({ name, kind }, at): DriftColumn =>
    kind === 'number'
      ? { kind, name, values: joined(numbers[at] ?? [], rows) }
      : { kind, name, values: texts[at] ?? [] },
  )
  return { rows, columns }
}

function joined(parts: ReadonlyArray<Float64Array>, rows: number): Float64Array {
  const values = new Float64Array(rows)
  let at = 0
  for (const part of parts) {
    values.set(part, at)
    at += part.length
  }
  return values
}
