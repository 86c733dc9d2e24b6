import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, describe, expect, it, vi } from 'vitest'

import { linesOf, nomaly, scratch } from './spawn-nomaly.ts'

vi.setConfig({ testTimeout: 60_000 })
const { folder, write, remove } = scratch()
afterAll(remove)

const file = write('orders.csv', 'id,amount,status\n1,5,paid\n2,-1,paid\n3,,open\n3,20,opne\n')
const suite = write(
  'suite.yml',
  `name: orders
expectations:
  - type: expectTableRowCountToEqual
    kwargs: { value: 4 }
  - type: expectColumnValuesToBeBetween
    kwargs: { column: amount, minValue: 0 }
    severity: warning
`,
)
const lost = write(
  'lost.json',
  JSON.stringify({
    name: 'lost',
    expectations: [{ type: 'expectColumnValuesToBeUnique', kwargs: { column: 'idd' }, severity: 'info' }],
  }),
)
const RECORDS = [
  'outcome,severity,expectation,column,unexpected,finding,examples',
  'met,critical,expectTableRowCountToEqual,,,observed 4,',
  'unmet,warning,expectColumnValuesToBeBetween,amount,1,1 unexpected (33.3 %),-1',
]

describe('nomaly check', () => {
  it.each(['duckdb', 'memory'])(
    'prints a record an expectation by %s, and ends with 0 unless told to fail',
    async (engine) => {
      const { code, stdout } = await nomaly(['check', file, '--suite', suite, '--engine', engine])
      expect(linesOf(stdout)).toEqual(RECORDS)
      expect(code).toBe(0)
    },
  )

  it('fails on the severity that was asked for, and worse ones', async () => {
    const codes = await Promise.all(
      ['critical', 'warning', 'info'].map(async (severity) => {
        const { code, stderr } = await nomaly(['check', file, '--suite', suite, '--fail-on', severity])
        expect(stderr).toBe('orders: 1 of 2 expectations are met; 4 rows by duckdb; score 83.3\n')
        return code
      }),
    )
    expect(codes).toEqual([0, 1, 1])
  })

  it.each(['duckdb', 'memory'])('compares with other tables by %s', async (engine) => {
    const compared = write(
      'compared.yml',
      `name: compared
expectations:
  - { type: expectColumnValuesToExistInOtherTable, kwargs: { columnList: [status], otherTable: states, otherColumnList: [name] } }
  - { type: expectTableRowCountToEqualOtherTable, kwargs: { otherTableName: kept } }
  - { type: expectAggregatesToMatchOtherTable, kwargs: { otherTable: kept, compare: [{ aggregate: sum, column: amount }] } }
  - { type: expectTableRowCountToEqualOtherTable, kwargs: { otherTableName: keptt } }
`,
    )
    const states = write('states.jsonl', '{"name":"paid"}\n{"name":"open"}\n')
    const tables = ['--table', `states=${states}`, '--table', `kept=${file}`]
    const { code, stdout, stderr } = await nomaly(['check', file, '--suite', compared, ...tables, '--engine', engine])
    expect(linesOf(stdout).map((line) => line.split(',')[0])).toEqual(['outcome', 'unmet', 'met', 'met', 'error'])
    expect(linesOf(stdout)[1]).toMatch(/,1,1 unexpected \(25 %\),.*opne/)
    expect(stderr).toMatch(/"keptt" was given; there are: states, kept/)
    expect(code).toBe(4)
  })

  it('tells failing rows by their keys as JSON, from globs and the standard input', async () => {
    const flags = ['--suite', suite, '--format', 'json', '--result-format', 'COMPLETE', '--keys', 'id']
    const glob = await nomaly(['check', join(folder, 'ord*.csv'), ...flags])
    const piped = await nomaly(['check', '-', ...flags], { stdin: readFileSync(file) })
    for (const [{ stdout }, engine] of [
      [glob, 'duckdb'],
      [piped, 'memory'],
    ] as const) {
      expect(JSON.parse(stdout)).toMatchObject({
        engine,
        rows: 4,
        success: false,
        results: [{ success: true }, { result: { unexpectedIndexList: [{ id: 2, amount: -1 }] } }],
      })
    }
  })

  it('writes JUnit and annotations', async () => {
    const report = join(folder, 'report.xml')
    const { code, stdout } = await nomaly(['check', file, '--suite', suite, '-o', report])
    expect([code, stdout]).toEqual([0, ''])
    expect(readFileSync(report, 'utf8')).toContain('<testsuite name="orders" tests="2" failures="1" errors="0"')
    const annotated = await nomaly(['check', 'orders.csv', '--suite', 'suite.yml', '--format', 'github'], {
      cwd: folder,
    })
    expect(annotated.stdout).toBe(
      '::warning file=suite.yml,title=expectColumnValuesToBeBetween::orders.csv, amount: 1 unexpected (33.3 %25); examples: -1\n',
    )
  })

  it('ends with 4 when an expectation could not be evaluated, with 1 where that is to fail', async () => {
    const { code, stdout, stderr } = await nomaly(['check', file, '--suite', lost, '--fail-on', 'critical'])
    expect(linesOf(stdout)[1]).toMatch(/^error,info,expectColumnValuesToBeUnique,idd,,/)
    expect(stderr).toMatch(/could not be evaluated: expectColumnValuesToBeUnique: .*"idd"/)
    expect(code).toBe(4)
    expect((await nomaly(['check', file, '--suite', lost, '--fail-on', 'info'])).code).toBe(1)
  })

  it.each([
    [[file], 2, /--suite/],
    [[file, '--suite', 'none.yml'], 2, /none\.yml: no such file/],
    [[file, '--suite', file], 2, /orders\.csv: .*the suite: /],
    [['nowhere.csv', '--suite', suite], 3, /nowhere\.csv/],
    [[file, '--suite', suite, '--keys', 'idd'], 2, /"idd"/],
    [[file, '--suite', suite, '--table', 't'], 2, /--table is of a database/],
    [[file, '--suite', suite, '--table', 'c=nowhere.csv'], 3, /nowhere\.csv/],
    [[file, '--suite', suite, '--table', 'c='], 2, /--table c=: give name=FILE/],
    [[file, '--suite', suite, '--table', 'c=a', '--table', 'c=b'], 2, /two tables of this name/],
    [[file, '--suite', suite, '--fail-on', 'much'], 2, /critical, warning, info/],
    [['postgres://me:hidden@127.0.0.1:1/db', '--table', 't', '--suite', suite], 3, /^(?!.*hidden).*127\.0\.0\.1/],
  ])('ends %j with %i and says why', async (args, expected, message) => {
    const { code, stdout, stderr } = await nomaly(['check', ...args], { cwd: folder })
    expect(stdout).toBe('')
    expect(linesOf(stderr)).toEqual([expect.stringMatching(message)])
    expect(code).toBe(expected)
  })
})
