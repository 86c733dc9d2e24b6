import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

import { quarantine, type Quarantine } from '../../application/quarantine/quarantine.ts'
import type { Suite } from '../../domain/expectation.ts'
import type { TableFormat } from '../../domain/row-split.ts'
import type { ValidationResult } from '../../domain/validation-result.ts'
import { openDuckdb } from '../duckdb/open-duckdb.ts'
import { memoryEngine } from '../memory/memory-engine.ts'
import { recordsTable } from '../memory/records-table.ts'
import { fileSplitter } from './file-splitter.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-quarantine-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let cases = 0
const fresh = (): string => join(folder, `case-${cases++}`)

interface Split {
  readonly validation: ValidationResult
  readonly quarantine: Quarantine
  readonly good: string
  readonly bad: string
}

async function splitFile(name: string, content: string | Uint8Array, suite: Suite): Promise<Split> {
  const file = join(folder, name)
  writeFileSync(file, content)
  const format = name.split('.').pop() as TableFormat // the tests name their files by these
  const target = fresh()
  const { engine, close } = await openDuckdb({ paths: [file] })
  const result = await quarantine(suite, engine, fileSplitter(engine, { folder: target, format }))
  await close()
  expect(readdirSync(target).sort()).toEqual([`bad.${format}`, `good.${format}`])
  return { ...result, ...texts(target, format) }
}

function texts(target: string, format: string): { readonly good: string; readonly bad: string } {
  return {
    good: readFileSync(join(target, `good.${format}`), 'utf8'),
    bad: readFileSync(join(target, `bad.${format}`), 'utf8'),
  }
}

const orders: Suite = {
  name: 'orders',
  expectations: [
    { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' }, id: 'id-unique' },
    {
      type: 'expectColumnValuesToBeBetween',
      kwargs: { column: 'amount', minValue: 0 },
      id: 'amount',
      severity: 'warning',
    },
    { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'amount', mostly: 0.5 }, id: 'amount-there' },
    { type: 'expectTableRowCountToEqual', kwargs: { value: 4 }, id: 'rows' },
  ],
}
const CSV = 'id;zip;amount;day\n1;00501;5,5;01/02/2024\n2;"a;""b""";-1,0;02/02/2024\n3;;;\n2;"";7,25;31/12/2024\n'

describe('rows of files', () => {
  it('are written letter for letter, with the reasons of the bad ones', async () => {
    const { good, bad, quarantine: told } = await splitFile('orders.csv', CSV.replaceAll(',', '.'), orders)
    expect(good).toBe('id;zip;amount;day\n1;00501;5.5;01/02/2024\n')
    expect(bad).toBe(
      'id;zip;amount;day;failed_expectations;failed_columns\n' +
        '2;"a;""b""";-1.0;02/02/2024;"id-unique; amount";"id; amount"\n' +
        '3;;;;amount-there;amount\n' +
        '2;"";7.25;31/12/2024;id-unique;id\n',
    )
    expect(told).toEqual({
      suite: 'orders',
      source: join(folder, 'orders.csv'),
      rows: 4,
      good: 1,
      bad: 3,
      expectations: [
        { id: 'id-unique', type: 'expectColumnValuesToBeUnique', severity: 'critical', column: 'id', rows: 2 },
        { id: 'amount', type: 'expectColumnValuesToBeBetween', severity: 'warning', column: 'amount', rows: 1 },
        { id: 'amount-there', type: 'expectColumnValuesToNotBeNull', severity: 'critical', column: 'amount', rows: 1 },
      ],
      notOfRows: ['rows'],
    })
  })

  it('of JSON lines and JSON keep their own text', async () => {
    const lines = ['{"id": 1,  "amount": 1.50, "deep": {"a": [1, 2]}}', '{"id":1,"amount":-2}', '{"id":3,"amount":1e2}']
    const suite = { name: 's', expectations: orders.expectations.slice(0, 2) }
    const jsonl = await splitFile('rows.jsonl', `${lines.join('\n')}\n`, suite)
    expect(jsonl.good).toBe(`${lines[2]}\n`)
    expect(jsonl.bad.split('\n')).toEqual([
      '{"id": 1,  "amount": 1.50, "deep": {"a": [1, 2]},"failed_expectations":["id-unique"],"failed_columns":["id"]}',
      '{"id":1,"amount":-2,"failed_expectations":["id-unique","amount"],"failed_columns":["id","amount"]}',
      '',
    ])
    const json = await splitFile('rows.json', `[\n${lines.join(',\n  ')}\n]`, suite)
    expect(JSON.parse(json.good)).toEqual([{ id: 3, amount: 100 }])
    expect(JSON.parse(json.bad)).toMatchObject([{ deep: { a: [1, 2] } }, { failed_columns: ['id', 'amount'] }])
  })

  it('of Parquet keep their types', async () => {
    const source = join(folder, 'typed.parquet')
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    await connection.run(
      `COPY (SELECT * FROM (VALUES (1::DECIMAL(10,2), [1], DATE '2024-01-01', 5), (-1, NULL, NULL, NULL)) AS t(amount, list, day, n)) TO '${source}' (FORMAT parquet)`,
    )
    const { quarantine: told } = await splitFile('typed.parquet', readFileSync(source), {
      name: 's',
      expectations: [{ type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 }, id: 'a' }],
    })
    expect([told.good, told.bad]).toEqual([1, 1])
    const target = join(folder, `case-${cases - 1}`)
    const read = async (file: string): Promise<ReadonlyArray<unknown>> =>
      (await connection.runAndReadAll(`SELECT typeof(amount) AS t, * FROM '${join(target, file)}'`)).getRowsJson()
    expect(await read('good.parquet')).toEqual([['DECIMAL(12,2)', '1.00', [1], '2024-01-01', 5]])
    expect(await read('bad.parquet')).toEqual([['DECIMAL(12,2)', '-1.00', null, null, null, 'a', 'amount']])
  })

  it.each([
    [
      'without a header',
      'plain.csv',
      '1,5,2024-01-01\n-2,6,2024-01-02\n',
      '1,5,2024-01-01\n',
      /^-2,6,2024-01-02,first,column0$/m,
    ],
    [
      'of texts alone',
      'texts.csv',
      'column0,b\nann,berlin\n,rome\n',
      'column0,b\nann,berlin\n',
      /^,rome,first,column0$/m,
    ],
    [
      'with lines within cells',
      'lines.csv',
      'column0,b\n1,"a\nb"\n,"x ""y"""\n',
      'column0,b\n1,"a\nb"\n',
      /^,"x ""y""",first/m,
    ],
    ['without a row', 'none.csv', 'column0,b\n', 'column0,b\n', /^column0,b,failed_expectations,failed_columns\n$/],
    ['in tabs', 'tabs.tsv', 'column0\tb\n01\tx y\n\tz\n', 'column0\tb\n01\tx y\n', /^\tz\tfirst\tcolumn0$/m],
    ['in an empty array', 'none.json', '[]', '[\n]\n', /^\[\n\]\n$/],
    [
      'of JSON with holes',
      'holes.jsonl',
      '{"column0":1.50}\n{}\n',
      '{"column0":1.50}\n',
      /^\{"failed_expectations":\["first"\]/,
    ],
  ] as const)('%s are written as they were', async (_, name, content, good, bad) => {
    const first =
      name === 'plain.csv'
        ? { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'column0', minValue: 0 }, id: 'first' }
        : { type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'column0' }, id: 'first' }
    const expectations = name === 'none.json' ? [] : [first]
    const written = await splitFile(name, content, { name: 's', expectations })
    expect(written.good).toBe(good)
    expect(written.bad).toMatch(bad)
  })

  it('have reasons under names that no column has', async () => {
    const { bad } = await splitFile('again.csv', 'failed_expectations,n\nx,-1\n', {
      name: 's',
      expectations: [{ type: 'expectColumnValuesToBeBetween', kwargs: { column: 'n', minValue: 0 }, id: 'n' }],
    })
    expect(bad).toBe('failed_expectations,n,failed_expectations_,failed_columns\nx,-1,n,n\n')
  })
})

describe('in memory', () => {
  const table = recordsTable([
    { id: 9_007_199_254_740_993n, name: 'a,"b"', at: new Date(0), ratio: Number.NaN },
    { id: 2n, name: '', at: null, ratio: 0.5 },
  ])
  const suite: Suite = {
    name: 's',
    expectations: [{ type: 'expectColumnValuesToNotBeNull', kwargs: { column: 'at' }, id: 'at' }],
  }
  it.each([
    [
      'csv',
      'id,name,at,ratio\n9007199254740993,"a,""b""",1970-01-01T00:00:00.000Z,NaN\n',
      'id,name,at,ratio,failed_expectations,failed_columns\n2,"",,0.5,at,at\n',
    ],
    [
      'jsonl',
      '{"id":9007199254740993,"name":"a,\\"b\\"","at":"1970-01-01T00:00:00.000Z","ratio":"NaN"}\n',
      '{"id":2,"name":"","at":null,"ratio":0.5,"failed_expectations":["at"],"failed_columns":["at"]}\n',
    ],
  ] as const)('rows are written as %s', async (format, good, bad) => {
    const engine = memoryEngine(table)
    const target = fresh()
    await quarantine(suite, engine, fileSplitter(engine, { folder: target, format }))
    expect(texts(target, format)).toEqual({ good, bad })
  })

  it('rows are written as Parquet that DuckDB reads', async () => {
    const engine = memoryEngine(table)
    const target = fresh()
    await quarantine(suite, engine, fileSplitter(engine, { folder: target, format: 'parquet' }))
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const rows = await connection.runAndReadAll(
      `SELECT id, name, ratio, failed_columns FROM '${join(target, 'bad.parquet')}'`,
    )
    expect(rows.getRowsJson()).toEqual([['2', '', 0.5, 'at']])
  })
})

it('splits random tables alike in memory and in DuckDB: every row once, counts that add up', async () => {
  const cell = fc.oneof(fc.constant(null), fc.integer({ min: -3, max: 3 }))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ a: cell, b: cell }), { maxLength: 12 }), async (random) => {
      const rows = [...random, { a: 0, b: 1 }] // a column without a value has no type in a file
      const suite: Suite = {
        name: 's',
        expectations: [
          { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'a', minValue: 0 }, id: 'range' },
          { type: 'expectCompoundColumnsToBeUnique', kwargs: { columnList: ['a', 'b'] }, id: 'pairs' },
          { type: 'expectColumnValuesToBeIncreasing', kwargs: { column: 'b', mostly: 0.5 }, id: 'order' },
          { type: 'expectRowsToSatisfy', kwargs: { condition: 'a <> b' }, id: 'differ' },
        ],
      }
      const content = rows.map((row, i) => JSON.stringify({ i, ...row })).join('\n')
      const duck = await splitFile('random.jsonl', `${content}\n`, suite)
      const engine = memoryEngine(recordsTable(rows.map((row, i) => ({ i, ...row }))))
      const target = fresh()
      const memory = await quarantine(suite, engine, fileSplitter(engine, { folder: target, format: 'jsonl' }))
      const parse = (text: string): ReadonlyArray<Record<string, unknown>> =>
        text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]))
      const [good, bad] = [parse(duck.good), parse(duck.bad)]
      expect(parse(texts(target, 'jsonl').good)).toEqual(good)
      expect(parse(texts(target, 'jsonl').bad)).toEqual(bad)
      expect({ ...memory.quarantine, source: '' }).toEqual({ ...duck.quarantine, source: '' })
      expect([...good, ...bad].map(({ i }) => Number(i)).sort((a, b) => a - b)).toEqual(rows.map((_, i) => i))
      for (const { id, rows: count } of duck.quarantine.expectations) {
        const failing = bad.filter((row) => (row['failed_expectations'] as ReadonlyArray<string>).includes(id))
        expect([id, failing.length]).toEqual([id, count])
      }
    }),
    { numRuns: 15, seed: 20261121 },
  )
})

it('writes nothing where an expectation could not be evaluated, and leaves what was there', async () => {
  const engine = memoryEngine(recordsTable([{ a: 1 }]))
  const target = fresh()
  const splitter = fileSplitter(engine, { folder: target, format: 'csv' })
  await expect(
    quarantine(
      { name: 's', expectations: [{ type: 'expectColumnValuesToBeNull', kwargs: { column: 'b' } }] },
      engine,
      splitter,
    ),
  ).rejects.toMatchObject({ code: 'quality/unsupported' })
  expect(existsSync(target)).toBe(false)
})

it('leaves no half-written file where it fails', async () => {
  const target = fresh()
  const nested = memoryEngine(recordsTable([{ a: { b: 1 } }]))
  const splitter = fileSplitter(nested, { folder: target, format: 'csv' })
  await expect(splitter([])).rejects.toMatchObject({ code: 'quality/unsupported' })
  const blocked = join(folder, 'file')
  writeFileSync(blocked, '')
  await expect(fileSplitter(nested, { folder: blocked, format: 'csv' })([])).rejects.toMatchObject({
    code: 'quality/storage-failed',
  })
  const engine = memoryEngine(recordsTable([{ a: 1 }]))
  const stopped = fileSplitter(engine, { folder: target, format: 'csv' })([], { signal: AbortSignal.abort() })
  await expect(stopped).rejects.toMatchObject({ code: 'quality/cancelled' })
  expect(readdirSync(target)).toEqual([])
})
