import { expect, it } from 'vitest'

import { batchedTable } from './batched-table.ts'

it('puts batches together, and finds whole numbers and times', async () => {
  const table = await batchedTable([
    {
      rows: 2,
      columns: [
        { name: 'n', values: Float64Array.of(1, Number.NaN) },
        { name: 'day', values: ['2024-01-01', null] },
        { name: 'at', values: ['2024-01-01 00:00:01.5', '2024-01-01T01:00:00+01:00'] },
        { name: 'no', values: ['2024-02-31', '2024-01-01'] },
      ],
    },
    {
      rows: 1,
      columns: [
        { name: 'n', values: Float64Array.of(3) },
        { name: 'late', values: ['x'] },
      ],
    },
  ])
  const second = Date.UTC(2024, 0, 1) * 1000
  expect(table.rows).toBe(3)
  expect(table.columns.map(({ name, kind, values }) => [name, kind, Array.from(values)])).toEqual([
    ['n', 'integer', [1, null, 3]],
    ['day', 'date', [second, null, null]],
    ['at', 'timestamp', [second + 1_500_000, second, null]],
    ['no', 'text', ['2024-02-31', '2024-01-01', null]],
    ['late', 'text', [null, null, 'x']],
  ])
})
