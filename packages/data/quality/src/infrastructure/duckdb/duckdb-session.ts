import { rm } from 'node:fs/promises'
import { totalmem } from 'node:os'

import type * as duckdb from '@duckdb/node-api'

import { QualityError } from '../../domain/errors.ts'
import type { RunQuery } from '../sql/run-query.ts'

/** One database of our own, with limits. */
export interface DuckdbSession {
  readonly version: string
  readonly query: RunQuery
  readonly run: (sql: string) => Promise<void>
  /** Ends a running statement, which then rejects. */
  readonly interrupt: () => void
  /** Frees memory and the temporary folder. */
  readonly close: () => Promise<void>
}

/** Limits of a session. */
export interface DuckdbLimits {
  /** A folder for what does not fit into memory; removed at the end. */
  readonly folder: string
  /** Whether tables are kept in that folder too, not in memory. */
  readonly onDisk: boolean
  readonly memoryLimitMb: number
  readonly threads: number | undefined
}

/** @throws QualityError `quality/missing-package` where @duckdb/node-api is not installed */
export async function openDuckdbSession(limits: DuckdbLimits): Promise<DuckdbSession> {
  const { DuckDBInstance, version } = await loadDuckdb()
  const instance = await DuckDBInstance.create(limits.onDisk ? `${limits.folder}/quality.duckdb` : ':memory:', {
    memory_limit: `${limits.memoryLimitMb}MB`,
    temp_directory: `${limits.folder}/spill`,
    autoinstall_known_extensions: 'false',
    ...(limits.threads === undefined ? {} : { threads: String(limits.threads) }),
  })
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  // What is read a dozen times and then thrown away is not worth compressing.
  if (limits.onDisk) await connection.run("SET force_compression = 'uncompressed'")
  let limitMb = limits.memoryLimitMb
  // Wide tables and large groups need more than the usual: the limit grows where the work would fail.
  const withEnough = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      const most = totalmem() / 2 ** 21
      if (!(error instanceof Error) || !/out of memory/i.test(error.message) || limitMb * 2 > most) throw error
      limitMb *= 2
      await connection.run(`SET memory_limit = '${limitMb}MB'`)
      return withEnough(work)
    }
  }
  return {
    version: version(),
    query: async (sql, { signal }) => {
      const stop = (): void => {
        connection.interrupt()
      }
      signal?.addEventListener('abort', stop)
      try {
        return await withEnough(async () => (await connection.runAndReadAll(sql)).getRowObjectsJS())
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    },
    run: (sql) =>
      withEnough(async () => {
        await connection.run(sql)
      }),
    interrupt: () => {
      connection.interrupt()
    },
    close: async () => {
      connection.closeSync()
      instance.closeSync()
      await rm(limits.folder, { recursive: true, force: true })
    },
  }
}

async function loadDuckdb(): Promise<typeof duckdb> {
  try {
    return await import('@duckdb/node-api')
  } catch (error) {
    throw new QualityError(
      'quality/missing-package',
      'DuckDB is not installed: run `npm install @duckdb/node-api`, or check in memory',
      { install: 'npm install @duckdb/node-api' },
      error,
    )
  }
}
