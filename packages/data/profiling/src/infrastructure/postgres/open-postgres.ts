import type pgModule from 'pg'

import type { ProfileEngine } from '../../application/ports/profile-engine.ts'
import { ProfilingError } from '../../domain/errors.ts'
import { postgres } from '../sql/dialects/postgres.ts'
import { hashSampled } from '../sql/dialects/variants.ts'
import type { RunQuery } from '../sql/run-query.ts'
import { sqlEngine } from '../sql/sql-engine.ts'

/** Which table of which database. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. Never part of a message. */
  readonly url: string
  /** A table or view, with its schema where it is not on the search path. */
  readonly table: string | readonly [schema: string, table: string]
  /** A statement that takes longer is ended; default 300,000. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** An engine inside a database. */
export interface OpenPostgres {
  readonly engine: ProfileEngine
  /** Ends the connection. */
  readonly close: () => Promise<void>
}

/**
 * A table inside Postgres, read in one read-only transaction, so that all numbers are of one moment. Needs the package `pg`.
 * Postgres samples tables only: the rows of a view are drawn by their hash, equal rows together.
 * @throws ProfilingError `profiling/missing-package`, `profiling/query-failed` (unreachable, refused, no such table),
 *   `profiling/timed-out`
 */
export async function openPostgres(options: PostgresOptions): Promise<OpenPostgres> {
  const { Client } = await loadPg()
  const client = new Client({
    connectionString: options.url,
    connectionTimeoutMillis: Math.min(options.timeoutMs ?? 300_000, 15_000),
    statement_timeout: options.timeoutMs ?? 300_000,
  })
  // Without a listener a lost connection would end the process; the running statement rejects anyway.
  client.on('error', () => undefined)
  const stop = (): void => {
    void client.end()
  }
  const close = async (): Promise<void> => {
    options.signal?.removeEventListener('abort', stop)
    await client.end()
  }
  const query: RunQuery = async (sql) => {
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } catch (error) {
      throw postgresFailure(error, options.signal)
    }
  }
  try {
    await client.connect()
  } catch (error) {
    throw postgresFailure(error, options.signal)
  }
  options.signal?.addEventListener('abort', stop)
  try {
    await query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const parts = typeof options.table === 'string' ? [options.table] : options.table
    const source = `${parts.map((part) => postgres.quote(part)).join('.')} AS t`
    const columns = await query(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type, (SELECT relkind FROM pg_class WHERE oid = attrelid) AS relkind ` +
        `FROM pg_attribute WHERE attrelid = ` +
        `${postgres.literal(parts.map((part) => postgres.quote(part)).join('.'))}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    )
    const known = columns.map((row) => ({ name: String(row['name']), physicalType: String(row['type']) }))
    const dialect = columns[0]?.['relkind'] === 'v' ? { ...postgres, sampled: sampledByHash } : postgres
    return { engine: sqlEngine({ dialect, query, source, columns: known }), close }
  } catch (error) {
    await close()
    throw error
  }
}

const sampledByHash = hashSampled((seed) => `abs(hashtextextended(CAST(t AS text), ${seed}) % 1000000)`)

function postgresFailure(error: unknown, signal: AbortSignal | undefined): ProfilingError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  const details = { engine: 'postgres', reason: code, retryable: /^(08|40|53|57P|ECONN|ETIMEDOUT|EAI)/.test(code) }
  if (signal?.aborted === true)
    return new ProfilingError('profiling/cancelled', 'the profile was cancelled', details, error)
  if (code === '57014' || /timeout/i.test(reason)) {
    return new ProfilingError('profiling/timed-out', `postgres did not answer in time: ${reason}`, details, error)
  }
  return new ProfilingError('profiling/query-failed', `postgres: ${reason === '' ? code : reason}`, details, error)
}

async function loadPg(): Promise<typeof pgModule> {
  try {
    return (await import('pg')).default
  } catch (error) {
    const install = 'npm install pg'
    throw new ProfilingError(
      'profiling/missing-package',
      `profiling inside Postgres needs a driver: run \`${install}\``,
      { install },
      error,
    )
  }
}
