import {
  Bool,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import { expect, it } from 'vitest'

import { profileTable } from '../../application/profile-table.ts'
import { ProfilingError } from '../../domain/errors.ts'
import { arrowTable } from './arrow-table.ts'
import { memoryEngine } from './memory-engine.ts'
import { recordsTable } from './records-table.ts'

it('reads Arrow tables of every simple type, with whole numbers and decimals exact', () => {
  const time = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
  const table = new Table({
    i: vectorFromArray([9_007_199_254_740_993n, -1n, null], new Int64()),
    f: vectorFromArray([Number.NaN, -0, null], new Float64()),
    t: vectorFromArray(['a', 'b', null], new Dictionary(new Utf8(), new Int32())),
    b: vectorFromArray([true, false, null], new Bool()),
    at: vectorFromArray([time, 0, null], new TimestampMicrosecond()),
    day: vectorFromArray([new Date(Date.UTC(2026, 0, 2)), new Date(0), null], new DateDay()),
    d: vectorFromArray(
      [new Uint32Array([12_345, 0, 0, 0]), new Uint32Array([0xffffff9d, 0xffffffff, 0xffffffff, 0xffffffff]), null],
      new Decimal(2, 10),
    ),
  })
  const { rows, columns } = arrowTable(table)
  expect(rows).toBe(3)
  expect(columns.map(({ name, kind, values }) => [name, kind, ...Array.from(values)])).toEqual([
    ['i', 'integer', 9_007_199_254_740_993n, -1, null],
    ['f', 'float', Number.NaN, 0, null],
    ['t', 'text', 'a', 'b', null],
    ['b', 'boolean', true, false, null],
    ['at', 'timestamp', time * 1000, 0, null],
    ['day', 'date', Date.UTC(2026, 0, 2) * 1000, 0, null],
    ['d', 'decimal', '123.45', '-0.99', null],
  ])
})

it('counts nested Arrow columns without looking into them', () => {
  const fields = [new Field('x', new Float64(), true)]
  const table = new Table(new Schema([new Field('s', new Struct(fields), true)]))
  expect(arrowTable(table).columns[0]).toMatchObject({ kind: 'other' })
})

it('takes records as they come: mixtures are text, objects are counted, rows without a member miss it', async () => {
  const engine = memoryEngine(
    recordsTable([
      { m: 1, o: { a: 1 } },
      { m: 'x', when: new Date(0) },
      { m: true, when: new Date(Number.NaN) },
    ]),
  )
  const { columns } = await profileTable({ engine, now: () => 0, refinements: [] })
  expect(columns.map(({ name, type, physicalType, nulls }) => [name, type, physicalType, nulls])).toEqual([
    ['m', 'text', 'mixed', 0],
    ['o', 'unsupported', 'object', 2],
    ['when', 'date', 'Date', 2],
  ])
})

it('refuses rows that are no records and columns of one name', () => {
  expect(() => recordsTable(JSON.parse('[1]'))).toThrow(ProfilingError)
  const column = { name: 'a', kind: 'float', physicalType: '', values: [] } as const
  expect(() => memoryEngine({ rows: 0, columns: [column, column] })).toThrow(/two columns are named "a"/)
})
