import type pgModule from 'pg'

import type { TableEngine } from '../../application/ports/table-engine.ts'
import { QualityError } from '../../domain/errors.ts'
import { postgres } from '../sql/dialects/postgres.ts'
import type { SqlRow } from '../sql/run-query.ts'
import { sqlEngine } from '../sql/sql-engine.ts'

/** Which table of which database. */
export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. Never part of a message. */
  readonly url: string
  /** A table or view, with its schema where it is not on the search path. */
  readonly table: string | readonly [schema: string, table: string]
  /** Columns that give rows their order. Default: none, and lists are in any order. */
  readonly rowOrder?: ReadonlyArray<string> | undefined
  /** A statement that takes longer is ended; default 300,000. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** An engine inside a database. */
export interface OpenPostgres {
  readonly engine: TableEngine
  /** Ends the connection. */
  readonly close: () => Promise<void>
}

/**
 * A table inside Postgres, read in one read-only transaction, so that all numbers are of one moment. Needs the package `pg`.
 * A statement that is cancelled takes the connection with it.
 * @throws QualityError `quality/missing-package`, `quality/query-failed` (unreachable, refused, no such table),
 *   `quality/timed-out`
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
  const one = async (sql: string): Promise<ReadonlyArray<SqlRow>> => {
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } catch (error) {
      throw postgresFailure(error, options.signal)
    }
  }
  let before: Promise<unknown> = Promise.resolve()
  // A statement that fails leaves its transaction of no use: one after the other, and back to where it was good.
  const query = (sql: string): Promise<ReadonlyArray<SqlRow>> => {
    const rows = before.then(async () => one(sql))
    before = rows.catch(() => client.query('ROLLBACK TO SAVEPOINT nomaly').catch(() => undefined))
    return rows
  }
  try {
    await client.connect()
  } catch (error) {
    throw postgresFailure(error, options.signal)
  }
  options.signal?.addEventListener('abort', stop)
  try {
    await one("SET TimeZone = 'UTC'")
    await one('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
    await one('SAVEPOINT nomaly')
    const parts = typeof options.table === 'string' ? [options.table] : options.table
    const source = `${parts.map((part) => postgres.quote(part)).join('.')} AS t`
    const columns = await query(
      `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute WHERE attrelid = ` +
        `${postgres.literal(parts.map((part) => postgres.quote(part)).join('.'))}::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    )
    const known = columns.map((row) => ({ name: String(row['name']), physicalType: String(row['type']) }))
    return {
      engine: sqlEngine({
        dialect: 'postgres',
        query,
        source,
        label: parts.join('.'),
        columns: known,
        rowOrder: options.rowOrder ?? [],
      }),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function postgresFailure(error: unknown, signal: AbortSignal | undefined): QualityError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
  const details = { engine: 'postgres', reason: code, retryable: /^(08|40|53|57P|ECONN|ETIMEDOUT|EAI)/.test(code) }
  if (signal?.aborted === true)
    return new QualityError('quality/cancelled', 'the validation was cancelled', details, error)
  if (code === '57014' || /timeout/i.test(reason)) {
    return new QualityError('quality/timed-out', `postgres did not answer in time: ${reason}`, details, error)
  }
  return new QualityError('quality/query-failed', `postgres: ${reason === '' ? code : reason}`, details, error)
}

async function loadPg(): Promise<typeof pgModule> {
  try {
    return (await import('pg')).default
  } catch (error) {
    const install = 'npm install pg'
    throw new QualityError(
      'quality/missing-package',
      `checking inside Postgres needs a driver: run \`${install}\``,
      { install },
      error,
    )
  }
}
