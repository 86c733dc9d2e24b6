import { readOnce } from '../../application/assemble-table.ts'
import { throwIfCancelled } from '../../application/cancellation.ts'
import type { Table, TableBatch, TableColumn, TableSource } from '../../domain/table.ts'
import { startParquetThreads } from '../part-threads.ts'
import { openParquet, readColumn } from './open-parquet.ts'
import type { OpenParquet } from './open-parquet.ts'
import type { ParquetJob } from './parquet-part.ts'
import type { RandomAccess } from './random-access.ts'

const BYTES_WORTH_THREADS = 8_388_608
const COLUMNS_AHEAD = 2 // a thread works on one while another waits for it, or for whoever reads the table

/** How a file's rows are handed out, and by how many threads it is read: more than one need a path to open it by. */
export interface ParquetReading {
  readonly batchRows: number
  readonly threads: number
}

/**
 * Reads a Parquet file row group by row group, one column at a time, or as many as there are threads. Types are the file's
 * own: nothing is guessed.
 * @throws FilesError `files/empty`, `files/malformed`, `files/no-rows`, `files/unsupported-type`, `files/unknown-column`.
 */
export async function parquetTable(source: TableSource, file: RandomAccess, reading: ParquetReading): Promise<Table> {
  const { path } = source
  const opened = await openParquet(path, source.columns, file)
  const texts = opened.columns.filter(({ kind }) => kind === 'text').length
  const isWorth = file.byteLength >= BYTES_WORTH_THREADS && texts * 2 <= opened.columns.length
  const threads = isWorth ? reading.threads : 1
  return {
    columns: opened.columns.map(({ name, kind }) => ({ name, kind })),
    batches: readOnce(path, () => batchesOf(opened, source, { ...reading, threads })),
    close: file.close,
  }
}

async function* batchesOf(
  opened: OpenParquet,
  { path, signal, brief = false }: TableSource,
  { batchRows, threads }: ParquetReading,
): AsyncGenerator<TableBatch, void, undefined> {
  const read = threads > 1 ? columnsInThreads(opened, threads) : columnsInOrder(opened)
  try {
    for (const group of opened.metadata.row_groups) {
      const rows = Number(group.num_rows)
      const columns: Array<TableColumn> = []
      while (columns.length < opened.columns.length) {
        throwIfCancelled(path, signal)
        const next = await read.next()
        if (next.done !== true) columns.push(next.value)
      }
      for (let start = 0; start < rows; start += batchRows) {
        throwIfCancelled(path, signal)
        const end = Math.min(rows, start + batchRows)
        yield { rows: end - start, columns: columns.map((column) => part(column, start, end, brief)) }
      }
      if (brief) for (const column of columns) free(column)
    }
  } finally {
    await read.return()
    await opened.file.close()
  }
}

// All columns of the first row group, then those of the second ...
function jobsOf({ metadata, columns }: OpenParquet): ReadonlyArray<ParquetJob> {
  let rowEnd = 0
  return metadata.row_groups.flatMap((group) => {
    const rowStart = rowEnd
    rowEnd += Number(group.num_rows)
    return columns.map((_, column) => ({ column, rowStart, rowEnd }))
  })
}

async function* columnsInOrder(opened: OpenParquet): AsyncGenerator<TableColumn, void, undefined> {
  for (const job of jobsOf(opened)) yield* columnOf(opened, job)
}

async function* columnsInThreads(opened: OpenParquet, count: number): AsyncGenerator<TableColumn, void, undefined> {
  const jobs = jobsOf(opened)
  const wanted = opened.columns.map(({ name }) => name)
  const threads = startParquetThreads(count, { path: opened.path, wanted })
  try {
    const ahead = jobs.slice(0, count * COLUMNS_AHEAD).map((job, index) => threads.ask(index, job))
    for (const [index, job] of jobs.entries()) {
      const answer = await ahead.shift()
      const next = jobs[index + count * COLUMNS_AHEAD]
      if (next !== undefined) ahead.push(threads.ask(index + count * COLUMNS_AHEAD, next))
      if (answer?.kind === 'column') yield answer.column
      else yield* columnOf(opened, job) // which says what is the matter with it
    }
  } finally {
    await threads.close()
  }
}

async function* columnOf(
  opened: OpenParquet,
  { column: place, rowStart, rowEnd }: ParquetJob,
): AsyncGenerator<TableColumn, void, undefined> {
  const column = opened.columns[place]
  if (column !== undefined) yield await readColumn(opened, column, rowStart, rowEnd)
}

function part(column: TableColumn, start: number, end: number, brief: boolean): TableColumn {
  if (column.kind === 'text') return { ...column, values: column.values.slice(start, end) }
  return { ...column, values: brief ? column.values.subarray(start, end) : column.values.slice(start, end) }
}

// The collector sees little of this memory, and would let it pile up.
function free({ values }: TableColumn): void {
  if (values instanceof Float64Array && values.buffer instanceof ArrayBuffer) values.buffer.transfer(0)
}
