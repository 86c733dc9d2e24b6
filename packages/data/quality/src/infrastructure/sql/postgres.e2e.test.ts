import { postgresPrograms, type PostgresServer, startPostgres } from '@nomaly/tool-laws'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { validate } from '../../application/validate.ts'
import { agree } from '../../testing/agree.ts'
import { insertStatements } from '../../testing/insert-statements.ts'
import { randomMeasures } from '../../testing/random-measures.ts'
import { randomTable } from '../../testing/random-table.ts'
import { memoryEngine } from '../memory/memory-engine.ts'
import { openPostgres } from '../postgres/open-postgres.ts'
import { sqlEngine } from './sql-engine.ts'

let server: PostgresServer | undefined
let client: pg.Client | undefined
beforeAll(async () => {
  const programs = postgresPrograms()
  if (programs === undefined) {
    if (process.env['CI'] === 'true') throw new Error('Postgres is needed: apt-get install postgresql')
    return
  }
  server = await startPostgres(programs)
  client = await connected(server.url)
  await client.query("SET TimeZone = 'UTC'")
}, 120_000)
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

it('memory and a real PostgreSQL answer alike about any table', async ({ skip }) => {
  const postgres = client
  if (postgres === undefined) return skip('left out: there is no PostgreSQL on this machine')
  for (let seed = 1; seed <= 60; seed++) {
    const rows = [0, 1, 3, 40, 150][seed % 5] ?? 0
    const columns = randomTable(rows, seed * 7919)
    await postgres.query('DROP TABLE IF EXISTS t')
    for (const statement of insertStatements('t', [...columns, orderColumn(rows)])) await postgres.query(statement)
    const described = [
      ...columns.map(({ name, type }) => ({ name, physicalType: type })),
      { name: 'nr', physicalType: 'BIGINT' },
    ]
    const sql = sqlEngine({
      dialect: 'postgres',
      query: async (text) => (await postgres.query<Record<string, unknown>>(text)).rows,
      source: 't',
      columns: described,
      rowOrder: ['nr'],
    })
    const memory = memoryEngine({ rows, columns: columns.map((column) => ({ ...column, physicalType: column.type })) })
    let state = seed
    const next = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return state / 4_294_967_296
    }
    const measures = randomMeasures(columns, 30, next)
    const [expected, found] = [await memory.measure(measures), await sql.measure(measures)]
    for (const [i, measure] of measures.entries()) {
      if (agree(expected[i], found[i])) continue
      const statements = await sql.explain([measure])
      expect({ measure, statements, answer: found[i] }).toEqual({ measure, statements, answer: expected[i] })
    }
  }
  return undefined
}, 120_000)

it('checks a table of a database in one read-only transaction', async ({ skip }) => {
  const [postgres, url] = [client, server?.url]
  if (postgres === undefined || url === undefined) return skip('left out: there is no PostgreSQL on this machine')
  await postgres.query(
    `CREATE TABLE "it's" (id bigint, amount numeric(9, 2)); INSERT INTO "it's" VALUES (1, 5), (2, -1), (2, NULL)`,
  )
  const { engine, close } = await openPostgres({ url, table: ['public', "it's"], rowOrder: ['id'] })
  const { results, source } = await validate(
    {
      name: 's',
      expectations: [
        { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 } },
        { type: 'expectColumnValuesToBeIncreasing', kwargs: { column: 'id', strictly: true } },
        {
          type: 'unexpectedRowsExpectation',
          kwargs: { unexpectedRowsQuery: 'SELECT * FROM {table} WHERE amount < 0' },
        },
      ],
    },
    engine,
    { keyColumns: ['id'] },
  )
  expect(source).toBe("public.it's")
  expect(results[0]?.result).toMatchObject({ missingCount: 1, partialUnexpectedIndexList: [{ id: 2, amount: -1 }] })
  expect(results[1]?.result).toMatchObject({ unexpectedCount: 1 })
  expect(results[2]?.result.observedValue).toBe(1)
  await close()
  await expect(openPostgres({ url, table: 'none' })).rejects.toMatchObject({ code: 'quality/query-failed' })
  await expect(openPostgres({ url: url.replace(/:\d+\//, ':1/'), table: 't' })).rejects.toMatchObject({
    code: 'quality/query-failed',
    details: { retryable: true },
  })
  return undefined
})

function orderColumn(rows: number): {
  readonly name: string
  readonly type: string
  readonly values: ReadonlyArray<number>
} {
  return { name: 'nr', type: 'BIGINT', values: Array.from({ length: rows }, (_, i) => i) }
}

// A server that starts refuses connections for a moment.
async function connected(url: string): Promise<pg.Client> {
  for (let attempt = 0; ; attempt++) {
    const made = new pg.Client(url)
    try {
      await made.connect()
      return made
    } catch (error) {
      await made.end()
      if (attempt >= 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
