import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import type { ProfileEngine } from '../../application/ports/profile-engine.ts'
import { ProfilingError } from '../../domain/errors.ts'
import type { FileFormat } from '../duckdb/file-source.ts'
import { type OpenDuckdb, openDuckdb } from '../duckdb/open-duckdb.ts'
import { memoryEngine } from '../memory/memory-engine.ts'
import { recordsTable } from '../memory/records-table.ts'

/** A table that came with a request: see `UploadedTable` of ./http. */
type Uploaded =
  | { readonly kind: 'rows'; readonly rows: ReadonlyArray<Readonly<Record<string, unknown>>> }
  | { readonly kind: 'file'; readonly format: FileFormat; readonly bytes: AsyncIterable<Uint8Array> }

/** Where uploads are put while they are looked at. */
export interface UploadOptions {
  /** Default: the system's folder for temporary files. */
  readonly temporaryFolder?: string | undefined
  /** Of DuckDB; default 160. */
  readonly memoryLimitMb?: number | undefined
}

/**
 * Opens what came with a request: rows in memory, a file in DuckDB, from a temporary folder that is gone when it is closed.
 * @throws ProfilingError `profiling/missing-package` for a file without DuckDB, `profiling/unreadable-data`, `profiling/cancelled`
 */
export function openUploadedTable(
  options: UploadOptions = {},
): (table: Uploaded, signal: AbortSignal) => Promise<OpenDuckdb> {
  return async (table, signal) => {
    if (table.kind === 'rows') {
      return { engine: memoryEngine(recordsTable(table.rows)), close: async () => undefined }
    }
    const folder = await mkdtemp(join(options.temporaryFolder ?? tmpdir(), 'nomaly-upload-'))
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
    try {
      const path = join(folder, `upload.${table.format}`)
      await pipeline(table.bytes, createWriteStream(path), { signal })
      const { engine, close } = await openDuckdb({
        paths: [path],
        format: table.format,
        temporaryFolder: folder,
        memoryLimitMb: options.memoryLimitMb,
        signal,
      })
      return {
        engine: withoutPaths(engine, folder),
        close: async () => {
          await close()
          await remove()
        },
      }
    } catch (error) {
      await remove()
      throw withoutPath(error, folder)
    }
  }
}

// Who sent the file shall not learn where it was put.
function withoutPaths(engine: ProfileEngine, folder: string): ProfileEngine {
  const { columns, table } = engine
  const hidden =
    <A extends ReadonlyArray<unknown>, R>(ask: (...given: A) => Promise<R>) =>
    async (...given: A): Promise<R> => {
      try {
        return await ask(...given)
      } catch (error) {
        throw withoutPath(error, folder)
      }
    }
  return {
    ...engine,
    columns: {
      values: hidden(columns.values),
      distinct: hidden(columns.distinct),
      registers: hidden(columns.registers),
      distribution: hidden(columns.distribution),
      extremes: hidden(columns.extremes),
      present: hidden(columns.present),
    },
    table: {
      schema: hidden(table.schema),
      totals: hidden(table.totals),
      missingPatterns: hidden(table.missingPatterns),
      distinctRows: hidden(table.distinctRows),
      sample: hidden(table.sample),
    },
  }
}

function withoutPath(error: unknown, folder: string): unknown {
  if (!ProfilingError.is(error)) return error
  return new ProfilingError(error.code, error.message.replaceAll(`${folder}/`, ''), { engine: 'duckdb' }, error)
}
