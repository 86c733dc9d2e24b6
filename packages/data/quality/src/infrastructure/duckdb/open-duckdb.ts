import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { TableEngine } from '../../application/ports/table-engine.ts'
import { duckdb } from '../sql/dialects/duckdb.ts'
import type { RunQuery } from '../sql/run-query.ts'
import { sqlEngine } from '../sql/sql-engine.ts'
import { duckdbFailure } from './duckdb-failure.ts'
import { type DuckdbSession, openDuckdbSession } from './duckdb-session.ts'
import { type FileFormat, formatOf, readerSql } from './file-source.ts'
import type { FileTable } from './file-table.ts'
import { assertDifferentNames } from './repeated-header.ts'
import { splitFiles } from './split-files.ts'
import { assertWholeGzip } from './whole-gzip.ts'

/** What to open, and within which limits. */
export interface DuckdbOptions {
  /** Files or globs of one format. */
  readonly paths: ReadonlyArray<string>
  /** Default: by the ending of the first path. */
  readonly format?: FileFormat | undefined
  /** Default 512; the process needs some 100 MB more. A statement that needs more gets more, up to half of the machine's memory. */
  readonly memoryLimitMb?: number | undefined
  /** Default: all processors. */
  readonly threads?: number | undefined
  /** Where a temporary folder is made; default the system's. */
  readonly temporaryFolder?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** An engine over files. */
export interface OpenDuckdb {
  readonly engine: TableEngine
  /** Ends the session and removes its temporary files. */
  readonly close: () => Promise<void>
}

/**
 * Files as a table in DuckDB. Parquet is scanned in place; text files are loaded once into a temporary database on disk. A late
 * value that does not fit the type of the first rows has the file read again with types taken from all rows.
 * @throws QualityError `quality/missing-package`, `quality/unreadable-data`, `quality/cancelled`
 */
export async function openDuckdb(options: DuckdbOptions): Promise<OpenDuckdb> {
  const format = options.format ?? formatOf(options.paths[0] ?? '')
  const session = await openDuckdbSession({
    folder: await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'nomaly-quality-')),
    onDisk: format !== 'parquet',
    memoryLimitMb: options.memoryLimitMb ?? 512,
    threads: options.threads,
  })
  const stop = (): void => {
    session.interrupt()
  }
  options.signal?.addEventListener('abort', stop)
  const close = async (): Promise<void> => {
    options.signal?.removeEventListener('abort', stop)
    await session.close()
  }
  try {
    return { engine: await engineOver(session, options, format), close }
  } catch (error) {
    await close()
    throw duckdbFailure(error, options.paths.join(', '))
  }
}

async function engineOver(
  session: DuckdbSession,
  { paths, signal }: DuckdbOptions,
  format: FileFormat,
): Promise<TableEngine> {
  const subject = paths.join(', ')
  const query: RunQuery = (sql, options) =>
    session.query(sql, options).catch((error: unknown) => {
      throw duckdbFailure(error, subject)
    })
  const source = format === 'parquet' ? `${readerSql(paths, format, false)} AS t` : await loaded(session, paths, format)
  const described = await query(`DESCRIBE SELECT * FROM ${source}`, { signal })
  const columns = described.map((row) => ({
    name: String(row['column_name']),
    physicalType: String(row['column_type']),
  }))
  if (format === 'csv' || format === 'tsv') {
    const names = columns.map(({ name }) => name)
    await assertDifferentNames(paths, names, query)
  }
  const engine = sqlEngine({ dialect: 'duckdb', query, source, label: subject, columns })
  const table: FileTable = {
    dialect: duckdb,
    query,
    source,
    columns: await engine.columns(),
    rowOrder: [],
    paths,
    format,
  }
  return { ...engine, splitToFiles: (split, ask = {}) => splitFiles(table, split, ask) }
}

async function loaded(session: DuckdbSession, paths: ReadonlyArray<string>, format: FileFormat): Promise<string> {
  await assertWholeFiles(session, paths)
  const load = (allRows: boolean): Promise<void> =>
    session.run(`CREATE OR REPLACE TABLE data AS SELECT * FROM ${readerSql(paths, format, allRows)}`)
  try {
    await load(false)
  } catch (error) {
    // The types came from the first rows; a later value did not fit.
    if (!(error instanceof Error) || !/conver|transform|cast/i.test(error.message)) throw error
    await load(true)
  }
  return 'data AS t'
}

async function assertWholeFiles(session: DuckdbSession, paths: ReadonlyArray<string>): Promise<void> {
  const packed = paths.filter((path) => path.endsWith('.gz')).map((path) => `'${path.replaceAll("'", "''")}'`)
  if (packed.length === 0) return
  for (const row of await session.query(`SELECT file FROM glob([${packed.join(', ')}])`, { signal: undefined }))
    await assertWholeGzip(String(row['file']))
}
