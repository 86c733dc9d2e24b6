import { parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet'
import type { FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

import { readOnce } from '../../application/assemble-table.ts'
import { throwIfCancelled } from '../../application/cancellation.ts'
import { selectColumns } from '../../domain/column-selection.ts'
import { FilesError } from '../../domain/errors.ts'
import { errorAt } from '../../domain/place.ts'
import type { Table, TableBatch, TableColumn, TableSource } from '../../domain/table.ts'
import { TEXT_PARSERS } from './iso-text.ts'
import { parquetColumn, parquetValues } from './parquet-column.ts'
import type { ParquetColumn } from './parquet-column.ts'
import type { RandomAccess } from './random-access.ts'

interface OpenParquet {
  readonly source: TableSource
  readonly file: RandomAccess
  readonly metadata: FileMetaData
  readonly columns: ReadonlyArray<ParquetColumn>
  readonly batchRows: number
}

/**
 * Reads a Parquet file row group by row group, one column at a time. Types are the file's own: nothing is guessed.
 * @throws FilesError `files/empty`, `files/malformed`, `files/no-rows`, `files/unsupported-type`, `files/unknown-column`.
 */
export async function parquetTable(source: TableSource, file: RandomAccess, batchRows: number): Promise<Table> {
  const { path } = source
  if (file.byteLength === 0) throw errorAt('files/empty', { path }, 'it is empty')
  const metadata = await explained(path, () => parquetMetadataAsync(file, { parsers: TEXT_PARSERS, geoparquet: false }))
  const { children } = parquetSchema(metadata)
  const names = children.map(({ element }) => element.name)
  const columns = selectColumns(path, names, source.columns).flatMap((index) => {
    const child = children[index]
    return child === undefined ? [] : [parquetColumn(path, child, index)]
  })
  if (metadata.num_rows === 0n) {
    throw errorAt('files/no-rows', { path }, 'there are column names and not a single row of values')
  }
  const opened = { source, file, metadata, columns, batchRows }
  return {
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    batches: readOnce(path, () => batchesOf(opened)),
    close: file.close,
  }
}

async function* batchesOf(opened: OpenParquet): AsyncGenerator<TableBatch, void, undefined> {
  const { source, file, metadata, batchRows } = opened
  try {
    let firstRow = 0
    for (const group of metadata.row_groups) {
      const rows = Number(group.num_rows)
      const columns = await readGroup(opened, firstRow, rows)
      for (let start = 0; start < rows; start += batchRows) {
        throwIfCancelled(source.path, source.signal)
        const end = Math.min(rows, start + batchRows)
        yield { rows: end - start, columns: columns.map((column) => part(column, start, end)) }
      }
      firstRow += rows
    }
  } finally {
    await file.close()
  }
}

// One scan a column, because a scan keeps what it has decoded: the group's raw values never stand in memory together.
async function readGroup(opened: OpenParquet, rowStart: number, rows: number): Promise<ReadonlyArray<TableColumn>> {
  const { source, file, metadata, columns } = opened
  const rowEnd = rowStart + rows
  const read: Array<TableColumn> = []
  for (const column of columns) {
    throwIfCancelled(source.path, source.signal)
    const values = await explained(source.path, async () => {
      const options = { file, metadata, columns: [column.name], rowStart, rowEnd, compressors, parsers: TEXT_PARSERS }
      return (await parquetScan(options)).readColumn({ column: column.name, rowStart, rowEnd })
    })
    read.push(parquetValues(source.path, column, values, rowStart))
  }
  return read
}

function part(column: TableColumn, start: number, end: number): TableColumn {
  return column.kind === 'number'
    ? { ...column, values: column.values.slice(start, end) }
    : { ...column, values: column.values.slice(start, end) }
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (FilesError.is(error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw errorAt('files/malformed', { path }, `this Parquet cannot be read (${reason}); write it again`, {}, error)
  }
}
