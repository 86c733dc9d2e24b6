import type { ArrowTableLike } from '@nomaly/data-profiling'
import { createFileTables, type TableBatch, type TableFormat } from '@nomaly/integration-files'

import type { ResolvedBasicDataOptions } from '../options.ts'
import { type DatabaseSource, type DataSource, type FileSource, kindOfSource, type Records } from './data-source.ts'
import { filesOf } from './files-of.ts'

/** An engine over a table, and how to end it. */
export interface OpenSource<Engine> {
  readonly engine: Engine
  readonly close: () => Promise<void>
}

/** The engines of a package, over each kind of source. */
export interface Engines<Engine> {
  readonly duckdb: (options: {
    readonly paths: ReadonlyArray<string>
    readonly format: TableFormat | undefined
    readonly memoryLimitMb: number | undefined
    readonly threads: number | undefined
    readonly signal: AbortSignal | undefined
  }) => Promise<OpenSource<Engine>>
  readonly postgres: (
    options: DatabaseSource & { readonly timeoutMs: number | undefined; readonly signal: AbortSignal | undefined },
  ) => Promise<OpenSource<Engine>>
  readonly batches: (batches: AsyncIterable<TableBatch>, label: string) => Promise<Engine>
  readonly records: (rows: Records) => Engine
  readonly arrow: (table: ArrowTableLike) => Engine
  /** True where DuckDB is not installed. */
  readonly isMissing: (error: unknown) => boolean
}

/** Opens a source in the engine that fits it and the options. */
export async function openSource<Engine>(
  source: DataSource,
  engines: Engines<Engine>,
  options: ResolvedBasicDataOptions,
  signal?: AbortSignal,
): Promise<OpenSource<Engine>> {
  const found = kindOfSource(source)
  switch (found.kind) {
    case 'records':
      return inMemory(engines.records(found.source))
    case 'arrow':
      return inMemory(engines.arrow(found.source))
    case 'database':
      return engines.postgres({ ...found.source, timeoutMs: options.timeoutMs, signal })
    case 'files':
      return openFiles(found.source, engines, options, signal)
  }
}

async function openFiles<Engine>(
  { paths, format }: FileSource,
  engines: Engines<Engine>,
  { engine, memoryLimitMb, threads }: ResolvedBasicDataOptions,
  signal: AbortSignal | undefined,
): Promise<OpenSource<Engine>> {
  const read = async (): Promise<OpenSource<Engine>> =>
    inMemory(await engines.batches(batchesOf(paths, format, signal), paths.join(', ')))
  if (engine === 'memory') return read()
  try {
    return await engines.duckdb({ paths, format, memoryLimitMb, threads, signal })
  } catch (error) {
    if (engine === 'auto' && engines.isMissing(error)) return read()
    throw error
  }
}

async function* batchesOf(
  paths: ReadonlyArray<string>,
  format: TableFormat | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<TableBatch> {
  const files = createFileTables()
  for (const path of await filesOf(paths)) yield* (await files.open({ path, format, signal })).batches
}

function inMemory<Engine>(engine: Engine): OpenSource<Engine> {
  return { engine, close: async () => undefined }
}
