import { type ColumnBatch, QualityError, type TableEngine } from '@nomaly/data-quality'
import type { CheckSource } from '@nomaly/data-quality/cli'

/** What the engines need from this process. */
export interface CheckSurroundings {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly signal: AbortSignal
  readonly note: (text: string, kind: 'asked') => void
}

/** An engine, and how to end it. */
export interface OpenCheckSource {
  readonly engine: TableEngine
  readonly close: () => Promise<void>
}

const IN_MEMORY =
  'DuckDB is not installed: checking in memory (npm install @duckdb/node-api takes larger files, faster)'

/**
 * An engine over what was named: a table of Postgres, else files in DuckDB, or in memory where DuckDB is not installed or not
 * wanted. The standard input is read into memory.
 */
export async function openCheckSource(source: CheckSource, surroundings: CheckSurroundings): Promise<OpenCheckSource> {
  const { paths, table } = source
  const [first = ''] = paths
  if (/^postgres(ql)?:\/\//.test(first)) return openTable(first, source, surroundings)
  if (table !== undefined)
    throw new QualityError('quality/invalid-options', '--table is of a database: give postgres://... with it')
  if (source.engine === 'memory' || paths.includes('-')) {
    if (source.engine === 'duckdb')
      throw new QualityError(
        'quality/invalid-options',
        'DuckDB does not read the standard input: give a file, or --engine memory',
      )
    return openInMemory(source, surroundings)
  }
  const { openDuckdb } = await import('@nomaly/data-quality/node')
  try {
    return await openDuckdb({
      paths,
      format: source.inputFormat,
      memoryLimitMb: source.memoryLimitMb,
      threads: source.threads,
      signal: surroundings.signal,
    })
  } catch (error) {
    const isMissing = QualityError.is(error) && error.code === 'quality/missing-package'
    if (!isMissing || source.engine === 'duckdb') throw error
    surroundings.note(IN_MEMORY, 'asked')
    return openInMemory(source, surroundings)
  }
}

async function openTable(
  url: string,
  { paths, table, timeoutMs }: CheckSource,
  { signal }: CheckSurroundings,
): Promise<OpenCheckSource> {
  if (paths.length > 1)
    throw new QualityError('quality/invalid-options', 'one table of a database at a time: give one address')
  if (table === undefined)
    throw new QualityError('quality/invalid-options', 'name the table of the database with --table')
  const [schema, name] = table.split('.', 2)
  const { openPostgres } = await import('@nomaly/data-quality/node')
  return openPostgres({
    url,
    table: schema !== undefined && name !== undefined ? [schema, name] : table,
    timeoutMs,
    signal,
  })
}

async function openInMemory(
  { paths, inputFormat }: CheckSource,
  { stdin, signal }: CheckSurroundings,
): Promise<OpenCheckSource> {
  const [{ createFileTables }, { batchedTable, memoryEngine }] = await Promise.all([
    import('@nomaly/integration-files'),
    import('@nomaly/data-quality'),
  ])
  const files = createFileTables({ stdin })
  const found = await filesOf(paths)
  async function* batches(): AsyncGenerator<ColumnBatch> {
    for (const path of found) yield* (await files.open({ path, format: inputFormat, signal })).batches
  }
  return { engine: memoryEngine(await batchedTable(batches()), paths.join(', ')), close: async () => undefined }
}

// A name with a star that is no file stands for those that fit it.
async function filesOf(paths: ReadonlyArray<string>): Promise<ReadonlyArray<string>> {
  const all: Array<string> = []
  for (const path of paths) {
    const found = /[*?[]/.test(path) && !(await isThere(path)) ? await matching(path) : [path]
    if (found.length === 0) throw new QualityError('quality/unreadable-data', `no file fits ${path}`, { path })
    all.push(...found)
  }
  return all
}

async function matching(pattern: string): Promise<ReadonlyArray<string>> {
  const { glob } = await import('node:fs/promises')
  const found: Array<string> = []
  for await (const path of glob(pattern)) found.push(path)
  return found.sort()
}

async function isThere(path: string): Promise<boolean> {
  const { access } = await import('node:fs/promises')
  return access(path).then(
    () => true,
    () => false,
  )
}
