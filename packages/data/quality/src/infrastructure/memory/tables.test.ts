import { Decimal, Float64, Int64, Table, TimestampMicrosecond, Utf8, vectorFromArray } from 'apache-arrow'
import { expect, it } from 'vitest'

import { arrowTable } from './arrow-table.ts'
import { batchedTable } from './batched-table.ts'
import { recordsTable } from './records-table.ts'

it('reads Arrow tables with whole numbers and decimals exact', () => {
  const time = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
  const { rows, columns } = arrowTable(
    new Table({
      i: vectorFromArray([9_007_199_254_740_993n, -1n, null], new Int64()),
      f: vectorFromArray([Number.NaN, -0, null], new Float64()),
      t: vectorFromArray(['a', 'b', null], new Utf8()),
      at: vectorFromArray([time, 0, null], new TimestampMicrosecond()),
      d: vectorFromArray([new Uint32Array([12_345, 0, 0, 0]), null, null], new Decimal(2, 10)),
    }),
  )
  expect(rows).toBe(3)
  expect(columns.map(({ name, kind, values }) => [name, kind, ...Array.from(values)])).toEqual([
    ['i', 'integer', 9_007_199_254_740_993n, -1, null],
    ['f', 'float', Number.NaN, 0, null],
    ['t', 'text', 'a', 'b', null],
    ['at', 'timestamp', time * 1000, 0, null],
    ['d', 'decimal', '123.45', null, null],
  ])
})

it('reads batches of columns; a number that is missing is NaN there', async () => {
  const { columns } = await batchedTable([
    {
      rows: 2,
      columns: [
        { name: 'n', values: Float64Array.of(1, Number.NaN) },
        { name: 'd', values: ['2024-01-31', null] },
      ],
    },
    {
      rows: 1,
      columns: [
        { name: 'n', values: Float64Array.of(3) },
        { name: 'd', values: ['2024-02-29'] },
      ],
    },
  ])
  expect(columns.map(({ name, kind, values }) => [name, kind, ...Array.from(values)])).toEqual([
    ['n', 'integer', 1, null, 3],
    ['d', 'date', Date.UTC(2024, 0, 31) * 1000, null, Date.UTC(2024, 1, 29) * 1000],
  ])
})

it('takes records as they come: a mixture is text, NaN is no null', () => {
  const { columns } = recordsTable([{ a: 1, b: 2.5 }, { a: 'x', b: Number.NaN }, { b: null }])
  expect(columns.map(({ kind, values }) => [kind, ...Array.from(values)])).toEqual([
    ['text', '1', 'x', null],
    ['float', 2.5, Number.NaN, null],
  ])
  expect(() => recordsTable([[] as never])).toThrow(/row 0/)
})
