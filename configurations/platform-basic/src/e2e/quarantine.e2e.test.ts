import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { DuckDBInstance } from '@duckdb/node-api'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, describe, expect, it, vi } from 'vitest'

import { BIN, linesOf, nomaly, plainEnvironment, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const file = write('orders.csv', 'id,zip,amount\n1,00501,5\n2,00502,-1\n2,00503,\n')
const suite = write(
  'suite.yml',
  `name: orders
expectations:
  - { id: id-unique, type: expectColumnValuesToBeUnique, kwargs: { column: id } }
  - { id: amount-positive, type: expectColumnValuesToBeBetween, kwargs: { column: amount, minValue: 0 }, severity: warning }
`,
)

describe('nomaly check --quarantine', () => {
  it.each([
    ['duckdb', 'id,zip,amount\n1,00501,5\n', '2,00502,-1,id-unique; amount-positive,id; amount'],
    ['memory', /^id,zip,amount\n1,0*501,5\n$/, /^2,0*502,-1,id-unique; amount-positive,id; amount$/],
  ])('writes good and bad rows with their reasons by %s', async (engine, good, second) => {
    const target = join(folder, `by-${engine}`)
    const { code, stderr } = await nomaly(['check', file, '--suite', suite, '--quarantine', target, '--engine', engine])
    expect(code).toBe(0)
    expect(linesOf(stderr)[0]).toBe(`${target}: 1 good rows in good.csv, 2 bad rows in bad.csv`)
    expect(readdirSync(target).sort()).toEqual(['bad.csv', 'good.csv', 'quarantine.json'])
    expect(readFileSync(join(target, 'good.csv'), 'utf8')).toMatch(good)
    const [header, first, last] = linesOf(readFileSync(join(target, 'bad.csv'), 'utf8'))
    expect(header).toBe('id,zip,amount,failed_expectations,failed_columns')
    expect(first).toMatch(second)
    expect(last).toMatch(/^2,0*503,,id-unique,id$/)
    expect(JSON.parse(readFileSync(join(target, 'quarantine.json'), 'utf8'))).toMatchObject({
      rows: 3,
      good: 1,
      bad: 2,
      expectations: [
        { id: 'id-unique', rows: 2 },
        { id: 'amount-positive', rows: 1, severity: 'warning' },
      ],
    })
  })

  it('writes Parquet of Parquet', async () => {
    const source = write(
      'orders.parquet',
      new Uint8Array(
        parquetWriteBuffer({
          columnData: [
            { name: 'id', data: [1n, 2n, 2n], type: 'INT64' },
            { name: 'amount', data: [5, -1, null], type: 'DOUBLE' },
          ],
        }),
      ),
    )
    const target = join(folder, 'parquet')
    await nomaly(['check', source, '--suite', suite, '--quarantine', target])
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const read = await connection.runAndReadAll(`SELECT * FROM '${join(target, 'bad.parquet')}'`)
    const rows = read.getRowObjects()
    expect(rows.map((row) => [row['id'], row['amount'], row['failed_expectations']])).toEqual([
      [2n, -1, 'id-unique; amount-positive'],
      [2n, null, 'id-unique'],
    ])
  })

  it('writes nothing where an expectation could not be evaluated, and says so', async () => {
    const lost = write(
      'lost.yml',
      'name: s\nexpectations:\n  - { type: expectColumnValuesToBeUnique, kwargs: { column: idd } }\n',
    )
    const target = join(folder, 'none')
    const { code, stderr } = await nomaly(['check', file, '--suite', lost, '--quarantine', target])
    expect(code).toBe(4)
    expect(linesOf(stderr)[0]).toMatch(/no rows were split, for not every expectation could be evaluated$/)
    expect(existsSync(target)).toBe(false)
  })

  it('leaves no part of a file in a place that cannot be written', async () => {
    const target = join(folder, 'taken')
    mkdirSync(join(target, 'good.csv'), { recursive: true })
    const { code, stderr } = await nomaly(['check', file, '--suite', suite, '--quarantine', target])
    expect(code).toBe(2)
    expect(stderr).toMatch(/taken cannot be written/)
    expect(readdirSync(target)).not.toContainEqual(expect.stringMatching(/\.part$/))
  })
})

it('leaves no part of a file when it is interrupted while it writes', async () => {
  const long = write(
    'long.csv',
    `id,zip,amount\n${Array.from({ length: 400_000 }, (_, i) => `${i},0${i},${i % 7}`).join('\n')}\n`,
  )
  const target = join(folder, 'interrupted')
  const child = spawn(process.execPath, [BIN, 'check', long, '--suite', suite, '--quarantine', target], {
    env: plainEnvironment(),
    stdio: 'ignore',
  })
  const ended = once(child, 'close')
  const files = (): ReadonlyArray<string> => (existsSync(target) ? readdirSync(target) : [])
  await vi.waitUntil(() => files().some((name) => name.endsWith('.part')), { timeout: 30_000, interval: 2 })
  child.kill('SIGINT')
  expect(await ended).toEqual([130, null])
  expect(files()).not.toContainEqual(expect.stringMatching(/\.part$/))
})

describe('nomaly check --history', () => {
  const store = join(folder, 'results.db')
  const volume = write(
    'volume.yml',
    `name: volume
expectations:
  - { type: expectTableRowCountToMatchHistory, kwargs: { minHistory: 2 } }
  - { type: expectColumnValuesToNotBeNull, kwargs: { column: n } }
`,
  )
  const day = (name: string, rows: number, missing = 0): string =>
    write(name, `n,m\n${Array.from({ length: rows }, (_, i) => `${i < missing ? '' : i},1`).join('\n')}\n`)

  it('judges the volume by earlier runs, lists them and shows the trend', async () => {
    const codes: Array<number | null> = []
    for (const path of [day('mon.csv', 100), day('tue.csv', 101), day('wed.csv', 40, 4)]) {
      const args = ['check', path, '--suite', volume, '--history', store, '--fail-on', 'critical']
      codes.push((await nomaly(args)).code)
    }
    expect(codes).toEqual([0, 0, 1])
    const history = await nomaly(['check', 'history', store, '--format', 'csv'])
    expect(linesOf(history.stdout).map((line) => line.split(',').slice(1, 7).join())).toEqual([
      'dataset,source,rows,met,of,score',
      `volume,${join(folder, 'wed.csv')},40,0,2,45`,
      `volume,${join(folder, 'tue.csv')},101,2,2,100`,
      `volume,${join(folder, 'mon.csv')},100,2,2,100`,
    ])
    const trend = await nomaly(['check', 'trend', store, '--format', 'jsonl'])
    expect(linesOf(trend.stdout).map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { now: 'unmet', column: 'n', runs: 3, met: 2, unexpected_percent: 10, change: 10 },
      { now: 'unmet', expectation: 'expectTableRowCountToMatchHistory', runs: 3, met: 2 },
    ])
    const json = await nomaly(['check', 'trend', store, '--dataset', 'volume', '--format', 'json'])
    expect(JSON.parse(json.stdout)).toMatchObject({ dataset: 'volume', scoreChange: -55 })
  })

  it.each([
    [['history', 'none.db'], /none\.db: there is no such file of results/],
    [['history', 'text.db'], /text\.db: .*not a database/],
    [['trend', 'empty.db'], /no result was kept there yet/],
  ])('ends check %j with 2 and says why', async (args, why) => {
    writeFileSync(join(folder, 'text.db'), 'no database at all, but long enough to be looked at')
    writeFileSync(join(folder, 'empty.db'), '')
    const { code, stdout, stderr } = await nomaly(['check', ...args], { cwd: folder })
    expect(stdout).toBe('')
    expect(linesOf(stderr)).toEqual([expect.stringMatching(why)])
    expect(code).toBe(2)
  })
})
