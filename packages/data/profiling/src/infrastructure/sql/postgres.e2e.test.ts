import { postgresPrograms, type PostgresServer, startPostgres } from '@nomaly/tool-laws'
import fc from 'fast-check'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { ProfileOptions } from '../../application/profile-options.ts'
import { profileTable } from '../../application/profile-table.ts'
import { comparableProfile, estimatesOf } from '../../testing/comparable-profile.ts'
import { insertStatements, type InsertedColumn } from '../../testing/insert-statements.ts'
import { profileEngineContract } from '../../testing/profile-engine-contract.ts'
import { randomTable } from '../../testing/random-table.ts'
import { memoryEngine } from '../memory/memory-engine.ts'
import { openPostgres } from '../postgres/open-postgres.ts'
import { postgres } from './dialects/postgres.ts'
import { sqlEngine } from './sql-engine.ts'

const TYPES = {
  integer: 'BIGINT',
  float: 'DOUBLE PRECISION',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  timestamp: 'TIMESTAMP',
}
const LARGE: Partial<ProfileOptions> = { exactDistinct: 10 }
const programs = postgresPrograms()
const mustRun = process.env['CI'] === 'true'
describe.skipIf(programs === undefined && !mustRun)(
  'inside Postgres (left out where it is not installed: apt-get install postgresql)',
  () => {
    let server: PostgresServer | undefined
    let client = new Client()

    beforeAll(async () => {
      if (programs === undefined)
        throw new Error('with CI=true nothing is left out: install Postgres (apt-get install postgresql)')
      server = await startPostgres(programs)
      client = await connected(server.url)
    })

    afterAll(async () => {
      await client.end()
      await server?.stop()
    })

    const engineOver = async (columns: ReadonlyArray<InsertedColumn>): Promise<ReturnType<typeof sqlEngine>> => {
      await client.query('DROP TABLE IF EXISTS t')
      for (const statement of insertStatements('t', columns)) await client.query(statement)
      return sqlEngine({
        dialect: postgres,
        query: async (sql) => (await client.query(sql)).rows,
        source: 't',
        columns: columns.map(({ name, type }) => ({ name, physicalType: type })),
      })
    }

    profileEngineContract(it, (columns) =>
      engineOver(columns.map((column) => ({ ...column, type: TYPES[column.kind] }))),
    )

    it('profiles a table by its address, in one moment, and names what is missing', async () => {
      await engineOver([{ name: 'x', type: 'INTEGER', values: [1, 2, null] }])
      const url = server?.url ?? ''
      const { engine, close } = await openPostgres({ url, table: ['public', 't'] })
      await client.query('INSERT INTO t VALUES (4)')
      const profile = await profileTable({ engine, now: () => 0 })
      await close()
      expect(profile).toMatchObject({ engine: 'postgres', rows: 3, columns: [{ physicalType: 'integer', nulls: 1 }] })
      await expect(openPostgres({ url, table: 'nowhere"; DROP TABLE t; --' })).rejects.toMatchObject({
        code: 'profiling/query-failed',
      })
      await expect(openPostgres({ url: 'postgres://test:secret@127.0.0.1:1/x', table: 't' })).rejects.toMatchObject({
        code: 'profiling/query-failed',
        details: { retryable: true },
        message: expect.not.stringContaining('secret'),
      })
      await client.query('CREATE VIEW numbers AS SELECT generate_series(1, 5000) AS i')
      const view = await openPostgres({ url, table: 'numbers' })
      const sampled = await profileTable({ engine: view.engine, now: () => 0, refinements: [] }, { sampleRows: 500 })
      await view.close()
      expect(sampled).toMatchObject({ rows: 5000, keys: [{ columns: ['i'], exact: true }] })
      await client.query('CREATE VIEW slow AS SELECT pg_sleep(20)::text AS x')
      const slow = await openPostgres({ url, table: 'slow', timeoutMs: 100 })
      await expect(profileTable({ engine: slow.engine, now: () => 0 })).rejects.toMatchObject({
        code: 'profiling/timed-out',
      })
      await slow.close()
      await client.query('DROP VIEW slow, numbers')
    })

    it('says the same of any table as memory', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(0, 1, 3, 40, 150),
          fc.nat(),
          fc.constantFrom({}, LARGE),
          async (rows, seed, options) => {
            const columns = randomTable(rows, seed)
            const memory = memoryEngine({
              rows,
              columns: columns.map((column) => ({ ...column, physicalType: column.type })),
            })
            const deps = { now: () => 0, refinements: [] }
            const expected = await profileTable({ ...deps, engine: memory }, options)
            const found = await profileTable({ ...deps, engine: await engineOver(columns) }, options)
            expect(comparableProfile(found, expected)).toEqual(comparableProfile(expected, found))
            for (const [i, estimate] of estimatesOf(found).entries()) {
              const other = estimatesOf(expected)[i] ?? 0
              expect(Math.abs(estimate - other)).toBeLessThanOrEqual(1 + 0.16 * other)
            }
          },
        ),
        { numRuns: 20, seed: 20261122 },
      )
    })
  },
)

async function connected(url: string): Promise<Client> {
  for (let attempt = 0; ; attempt++) {
    const client = new Client({ connectionString: url })
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end()
      if (attempt >= 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
