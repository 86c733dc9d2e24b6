import { assembleTable } from '../application/assemble-table.ts'
import { closedByAbort, throwIfCancelled } from '../application/cancellation.ts'
import { parseFileTablesOptions, parseTableSource } from '../application/file-tables-options.ts'
import type { FileTablesOptions, ParsedFileTablesOptions } from '../application/file-tables-options.ts'
import { errorAt } from '../domain/place.ts'
import type { RowSource } from '../domain/row-source.ts'
import type { FileTables, Table, TableFormat, TableSource } from '../domain/table.ts'
import { openFileBytes, streamBytes } from './bytes/byte-source.ts'
import type { ByteSource } from './bytes/byte-source.ts'
import { gunzip } from './bytes/gunzip.ts'
import { isGzip, isParquet, withHead } from './bytes/head.ts'
import type { Headed } from './bytes/head.ts'
import { formatOfName, sniffFormat } from './format.ts'
import { openRandomAccess } from './parquet/random-access.ts'

/**
 * Opens files as tables: CSV, TSV, JSON and JSON lines, plain or gzipped, and Parquet. Memory stays bounded whatever their size.
 * @throws FilesError `files/invalid-options`.
 */
export function createFileTables(options: FileTablesOptions = {}): FileTables {
  const parsed = parseFileTablesOptions(options)
  return { open: async (source) => openTable(parseTableSource(source), parsed) }
}

async function openTable(source: TableSource, options: ParsedFileTablesOptions): Promise<Table> {
  const { path, signal } = source
  throwIfCancelled(path, signal)
  const named = source.format ?? formatOfName(path)
  if (named === 'parquet' && path !== '-') {
    const opened = await openRandomAccess(path, signal)
    const file = { ...opened, close: closedByAbort(opened.close, signal) }
    const { parquetTable } = await import('./parquet/parquet-table.ts')
    return closedOnError(file.close, () => parquetTable(source, file, options))
  }
  const opened =
    path === '-' ? streamBytes(path, options.stdin ?? process.stdin, signal) : await openFileBytes(path, signal)
  const bytes = { ...opened, close: closedByAbort(opened.close, signal) }
  return closedOnError(bytes.close, () => tableOfBytes(source, named, bytes, options))
}

async function tableOfBytes(
  source: TableSource,
  named: TableFormat | undefined,
  bytes: ByteSource,
  options: ParsedFileTablesOptions,
): Promise<Table> {
  const { path } = source
  const raw = await withHead(bytes.chunks)
  const headed = isGzip(raw.head) ? await withHead(gunzip(path, raw.chunks)) : raw
  const format = named ?? sniffFormat(path, headed.head)
  if (format === 'parquet') {
    const [{ parquetTable }, { bufferedAccess }] = await Promise.all([
      import('./parquet/parquet-table.ts'),
      import('./parquet/random-access.ts'),
    ])
    return parquetTable(source, await bufferedAccess(headed.chunks, bytes.close), { ...options, threads: 1 })
  }
  if (isParquet(headed.head)) {
    throw errorAt('files/malformed', { path }, `this is Parquet and not ${format}; say the format "parquet"`)
  }
  const isPlainFile = path !== '-' && headed === raw
  return assembleTable(source, await rowSource(source, format, headed, options, isPlainFile), options, bytes.close)
}

async function rowSource(
  source: TableSource,
  format: Exclude<TableFormat, 'parquet'>,
  headed: Headed,
  options: ParsedFileTablesOptions,
  isPlainFile: boolean,
): Promise<RowSource> {
  const { path, columns, brief = false, signal } = source
  const { header, sampleRows, threads, partBytes } = options
  if (format === 'csv' || format === 'tsv') {
    const { csvSource } = await import('./csv/csv-source.ts')
    const delimiter = options.delimiter ?? (format === 'tsv' ? '\t' : undefined)
    if (threads === 1 || !isPlainFile) return csvSource(path, headed, { delimiter, header })
    const { readOnInThreads } = await import('./csv/read-on.ts')
    return csvSource(path, headed, { delimiter, header }, readOnInThreads({ threads, partBytes, brief, signal }))
  }
  const { jsonLinesSource, jsonSource } = await import('./json/json-source.ts')
  const form = { path, header, sampleRows, columns }
  return format === 'jsonl' ? jsonLinesSource(form, headed) : jsonSource(form, headed, source.format === undefined)
}

async function closedOnError(close: () => Promise<void>, work: () => Promise<Table>): Promise<Table> {
  try {
    return await work()
  } catch (error) {
    await close()
    throw error
  }
}
