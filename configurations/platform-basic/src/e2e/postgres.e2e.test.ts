import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { postgresPrograms, type PostgresServer, runSql, startPostgres } from '@nomaly/tool-laws'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
const programs = postgresPrograms()
if (programs === undefined && process.env['CI'] === 'true')
  throw new Error('Postgres is needed: apt-get install postgresql')
const note = programs === undefined ? ' (left out: there is no PostgreSQL on this machine)' : ''

let server: PostgresServer | undefined
beforeAll(async () => {
  if (programs === undefined) return
  server = await startPostgres(programs)
  const sql = `
    CREATE SCHEMA shop;
    CREATE TABLE shop.orders (id bigint, "the amount" numeric(12, 2), mail text, at timestamptz);
    INSERT INTO shop.orders SELECT i, i * 1.5, 'someone' || i || '@example.org', timestamptz '2024-01-01 00:00Z' + i * interval '1 hour' FROM generate_series(1, 200) AS i;
    INSERT INTO shop.orders VALUES (7, -1.25, NULL, NULL), (9007199254740993, 10, 'x', '2024-02-01 00:00:00.123456Z');
  `
  // The server answers a moment after it was started.
  await vi.waitFor(() => runSql(programs, server ?? { url: '' }, sql), { timeout: 30_000, interval: 200 })
}, 120_000)
afterAll(async () => {
  await server?.stop()
  remove()
})

describe.skipIf(programs === undefined)(`a table of Postgres${note}`, () => {
  const table = ['--table', 'shop.orders']
  it('is profiled inside the database', async () => {
    const { code, stdout, stderr } = await nomaly(['profile', server?.url ?? '', ...table, '--format', 'json'])
    expect([code, stderr]).toEqual([0, ''])
    const profile = JSON.parse(stdout) as {
      readonly engine: string
      readonly rows: number
      readonly columns: ReadonlyArray<object>
    }
    expect(profile).toMatchObject({
      engine: 'postgres',
      rows: 202,
      source: expect.stringMatching(/^postgres:\/\/127\.0\.0\.1:\d+\/postgres shop\.orders$/) as unknown,
    })
    expect(profile.columns).toMatchObject([
      { name: 'id', count: 202, distinct: { value: 201 } },
      { name: 'the amount', count: 202 },
      { name: 'mail', nulls: 1 },
      { name: 'at', nulls: 1 },
    ])
    expect(stdout).not.toContain('someone')
  })

  it('is checked inside the database, its rows are split, its lineage is told', async () => {
    const suite = write(
      'suite.yml',
      `name: orders
expectations:
  - { id: id, type: expectColumnValuesToBeUnique, kwargs: { column: id } }
  - { id: amount, type: expectColumnValuesToBeBetween, kwargs: { column: the amount, minValue: 0 } }
  - { id: mail, type: expectColumnValuesToNotBeNull, kwargs: { column: mail }, severity: warning }
  - { id: rows, type: expectQueryValueToBeBetween, kwargs: { query: "SELECT count(*) FROM {table}", minValue: 202, maxValue: 202 } }
`,
    )
    const target = join(folder, 'split')
    const args = ['check', server?.url ?? '', ...table, '--suite', suite]
    const checked = await nomaly([...args, '--quarantine', target, '--fail-on', 'critical', '--format', 'csv'])
    expect(checked.code).toBe(1)
    expect(linesOf(checked.stdout).map((line) => line.split(',').slice(0, 5).join())).toEqual([
      'outcome,severity,expectation,column,unexpected',
      'unmet,critical,expectColumnValuesToBeUnique,id,2',
      'unmet,critical,expectColumnValuesToBeBetween,the amount,1',
      'unmet,warning,expectColumnValuesToNotBeNull,mail,1',
      'met,critical,expectQueryValueToBeBetween,,',
    ])
    const good = linesOf(readFileSync(join(target, 'good.csv'), 'utf8'))
    expect(good).toHaveLength(201)
    expect(good).toContain('9007199254740993,10,x,2024-02-01T00:00:00.123456Z')
    expect(linesOf(readFileSync(join(target, 'bad.csv'), 'utf8')).toSorted()).toEqual([
      '7,-1.25,,,id; amount; mail,id; the amount; mail',
      '7,10.5,someone7@example.org,2024-01-01T07:00:00.000Z,id,id',
      'id,the amount,mail,at,failed_expectations,failed_columns',
    ])
    const { stdout } = await nomaly([...args, '--format', 'openlineage'])
    const [event] = linesOf(stdout).map((line) => JSON.parse(line) as { readonly inputs: ReadonlyArray<object> })
    expect(event?.inputs).toMatchObject([
      { namespace: expect.stringMatching(/^postgres:\/\/127\.0\.0\.1:\d+$/) as unknown, name: 'postgres.shop.orders' },
    ])
  })

  it.each([
    [['--table', 'shop.nothing'], 3, /relation "shop\.nothing" does not exist/],
    [['--table', 'shop"; DROP TABLE shop.orders; --'], 3, /does not exist/],
  ])('that is not there ends check %j with %i', async (args, expected, why) => {
    const suite = write('empty.yml', 'name: empty\nexpectations: []\n')
    const { code, stdout, stderr } = await nomaly(['check', server?.url ?? '', ...args, '--suite', suite])
    expect([code, stdout]).toEqual([expected, ''])
    expect(linesOf(stderr)).toEqual([expect.stringMatching(why)])
    const profile = await nomaly(['profile', server?.url ?? '', ...args])
    expect([profile.code, profile.stdout]).toEqual([expected, ''])
  })

  it('is judged by all other expectations where one takes too long', async () => {
    const slow = write(
      'slow.yml',
      `name: slow
expectations:
  - { type: expectQueryValueToBeBetween, kwargs: { query: "SELECT count(*) FROM (SELECT pg_sleep(20)) AS s", minValue: 0 } }
  - { type: expectTableRowCountToEqual, kwargs: { value: 202 } }
`,
    )
    const begin = performance.now()
    const { code, stdout } = await nomaly([
      'check',
      server?.url ?? '',
      ...table,
      '--suite',
      slow,
      '--timeout',
      '1',
      '--format',
      'jsonl',
    ])
    expect(performance.now() - begin).toBeLessThan(15_000)
    expect(code).toBe(4)
    expect(linesOf(stdout).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { outcome: 'error', finding: expect.stringMatching(/in time/) as unknown },
      { outcome: 'met', finding: 'observed 202' },
    ])
  })

  it('is what suggestions are made of, and what a file is compared with', async () => {
    const suggested = join(folder, 'suggested.yml')
    const { code, stderr } = await nomaly(['suggest', server?.url ?? '', ...table, '-o', suggested])
    expect(code).toBe(0)
    expect(stderr).toMatch(/: shop\.orders: \d+ proposed\n$/)
    expect(readFileSync(suggested, 'utf8')).toMatch(/maxValue: 9007199254740993/)
    const met = await nomaly(['check', server?.url ?? '', ...table, '--suite', suggested, '--fail-on', 'info'])
    expect(met.code).toBe(0)
    const foreign = write(
      'foreign.yml',
      'name: f\nexpectations:\n  - { type: expectColumnValuesToExistInOtherTable, kwargs: { columnList: [order], otherTable: orders, otherColumnList: [id] } }\n',
    )
    const file = write('lines.csv', 'order\n7\n200\n201\n')
    const orders = ['--table', `orders=${server?.url}#shop.orders`]
    const { stdout } = await nomaly(['check', file, '--suite', foreign, ...orders])
    expect(linesOf(stdout)[1]).toMatch(/^unmet,.*,1 unexpected .*,201/)
  })
})
