import type { TableBatch, TableFormat } from '@nomaly/integration-files'

/** The data that was named: files, globs, `-`, or the address of a database. */
export interface NamedTable {
  readonly paths: ReadonlyArray<string>
  /** Of a database. */
  readonly table?: string | undefined
  readonly inputFormat?: TableFormat | undefined
  readonly engine?: 'duckdb' | 'memory' | undefined
  readonly memoryLimitMb?: number | undefined
  readonly threads?: number | undefined
  readonly timeoutMs?: number | undefined
}

/** What the engines need from this process. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly signal: AbortSignal
  readonly note: (text: string, kind: 'asked') => void
}

/** An engine, and how to end it. */
export interface OpenTable<E> {
  readonly engine: E
  readonly close: () => Promise<void>
}

/** The engines of a package, and its errors. */
export interface Engines<E> {
  /** What they are for: `checking`. */
  readonly doing: string
  readonly duckdb: (options: {
    readonly paths: ReadonlyArray<string>
    readonly format: TableFormat | undefined
    readonly memoryLimitMb: number | undefined
    readonly threads: number | undefined
    readonly signal: AbortSignal
  }) => Promise<OpenTable<E>>
  readonly postgres: (options: {
    readonly url: string
    readonly table: string | readonly [schema: string, table: string]
    readonly timeoutMs: number | undefined
    readonly signal: AbortSignal
  }) => Promise<OpenTable<E>>
  readonly memory: (batches: AsyncIterable<TableBatch>, label: string) => Promise<E>
  /** True where the driver of an engine is not installed. */
  readonly isMissing: (error: unknown) => boolean
  readonly fault: (reason: 'invalid-options' | 'unreadable-data', message: string) => Error
}

/**
 * An engine over what was named: a table of Postgres, else files in DuckDB, or in memory where DuckDB is not installed or not
 * wanted. The standard input is read into memory.
 */
export async function openTable<E>(
  named: NamedTable,
  engines: Engines<E>,
  surroundings: Surroundings,
): Promise<OpenTable<E>> {
  const { paths, table, engine } = named
  const [first = ''] = paths
  if (/^postgres(ql)?:\/\//.test(first)) return openDatabaseTable(first, named, engines, surroundings)
  if (table !== undefined)
    throw engines.fault('invalid-options', '--table is of a database: give postgres://... with it')
  if (engine === 'memory' || paths.includes('-')) {
    if (engine === 'duckdb')
      throw engines.fault('invalid-options', 'DuckDB does not read the standard input: give a file, or --engine memory')
    return openInMemory(named, engines, surroundings)
  }
  try {
    const { inputFormat: format, memoryLimitMb, threads } = named
    return await engines.duckdb({ paths, format, memoryLimitMb, threads, signal: surroundings.signal })
  } catch (error) {
    if (!engines.isMissing(error) || engine === 'duckdb') throw error
    surroundings.note(
      `DuckDB is not installed: ${engines.doing} in memory (npm install @duckdb/node-api takes larger files, faster)`,
      'asked',
    )
    return openInMemory(named, engines, surroundings)
  }
}

async function openDatabaseTable<E>(
  url: string,
  { paths, table, timeoutMs }: NamedTable,
  engines: Engines<E>,
  { signal }: Surroundings,
): Promise<OpenTable<E>> {
  if (paths.length > 1) throw engines.fault('invalid-options', 'one table of a database at a time: give one address')
  if (table === undefined) throw engines.fault('invalid-options', 'name the table of the database with --table')
  const [schema, name] = table.split('.', 2)
  return engines.postgres({
    url,
    table: schema !== undefined && name !== undefined ? [schema, name] : table,
    timeoutMs,
    signal,
  })
}

async function openInMemory<E>(
  { paths, inputFormat }: NamedTable,
  engines: Engines<E>,
  { stdin, signal }: Surroundings,
): Promise<OpenTable<E>> {
  const [{ createFileTables }, { filesOf }] = await Promise.all([
    import('@nomaly/integration-files'),
    import('./files-of.ts'),
  ])
  const files = createFileTables({ stdin })
  const found = await filesOf(paths, (path) => engines.fault('unreadable-data', `no file fits ${path}`))
  async function* batches(): AsyncGenerator<TableBatch> {
    for (const path of found) yield* (await files.open({ path, format: inputFormat, signal })).batches
  }
  return { engine: await engines.memory(batches(), paths.join(', ')), close: async () => undefined }
}
