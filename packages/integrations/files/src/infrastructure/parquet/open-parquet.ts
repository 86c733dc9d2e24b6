import { parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet'
import type { FileMetaData, RowGroup, SchemaTree } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

import { selectColumns } from '../../domain/column-selection.ts'
import { FilesError } from '../../domain/errors.ts'
import { errorAt } from '../../domain/place.ts'
import type { TableColumn } from '../../domain/table.ts'
import { TEXT_PARSERS } from './iso-text.ts'
import { hasPlainChunk, readNumberChunk } from './number-chunk.ts'
import { parquetColumn, parquetValues } from './parquet-column.ts'
import type { ParquetColumn } from './parquet-column.ts'
import type { RandomAccess } from './random-access.ts'

/** An open file, and the wanted ones of its columns. */
export interface OpenParquet {
  readonly path: string
  readonly file: RandomAccess
  readonly metadata: FileMetaData
  readonly schema: SchemaTree
  readonly columns: ReadonlyArray<ParquetColumn>
}

/**
 * Reads what a file says of itself.
 * @param wanted - names of columns; all where left out
 * @throws FilesError `files/empty`, `files/malformed`, `files/no-rows`, `files/unsupported-type`, `files/unknown-column`.
 */
export async function openParquet(
  path: string,
  wanted: ReadonlyArray<string> | undefined,
  file: RandomAccess,
): Promise<OpenParquet> {
  if (file.byteLength === 0) throw errorAt('files/empty', { path }, 'it is empty')
  const metadata = await explained(path, () => parquetMetadataAsync(file, { parsers: TEXT_PARSERS, geoparquet: false }))
  const schema = parquetSchema(metadata)
  const { children } = schema
  const names = children.map(({ element }) => element.name)
  const columns = selectColumns(path, names, wanted).flatMap((index) => {
    const child = children[index]
    return child === undefined ? [] : [parquetColumn(path, child, index)]
  })
  if (metadata.num_rows === 0n) {
    throw errorAt('files/no-rows', { path }, 'there are column names and not a single row of values')
  }
  return { path, file, metadata, schema, columns }
}

/**
 * The values of one column. One scan a column, because a scan keeps what it has decoded: the raw values of several never
 * stand in memory together.
 * @throws FilesError `files/malformed`, `files/unsafe-integer`, `files/cancelled`
 */
export async function readColumn(
  opened: OpenParquet,
  column: ParquetColumn,
  rowStart: number,
  rowEnd: number,
): Promise<TableColumn> {
  const { path, file, metadata } = opened
  const { name, kind } = column
  const group = kind === 'number' ? groupOf(metadata, rowStart, rowEnd) : undefined
  if (kind === 'number' && group !== undefined && hasPlainChunk(group, column)) {
    return { kind, name, values: await explained(path, () => readNumberChunk(opened, column, group, rowStart)) }
  }
  const values = await explained(path, async () => {
    const options = { file, metadata, columns: [column.name], rowStart, rowEnd, compressors, parsers: TEXT_PARSERS }
    return (await parquetScan(options)).readColumn({ column: column.name, rowStart, rowEnd })
  })
  return parquetValues(path, column, values, rowStart)
}

/** The row group that has just these rows. */
function groupOf({ row_groups: groups }: FileMetaData, rowStart: number, rowEnd: number): RowGroup | undefined {
  let start = 0
  for (const group of groups) {
    const end = start + Number(group.num_rows)
    if (start === rowStart && end === rowEnd) return group
    start = end
  }
  return undefined
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
