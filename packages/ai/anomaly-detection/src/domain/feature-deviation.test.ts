import { expect, it } from 'vitest'

import { datasetOf } from './dataset-of.ts'
import { columnCentersOf } from './feature-deviation.ts'
import { WORTH_A_BRACKET } from './numeric/bracketed-rank.ts'
import { median } from './numeric/order-statistic.ts'
import { seededRandom } from './numeric/seeded-random.ts'

it.each([101, WORTH_A_BRACKET + 100, WORTH_A_BRACKET + 101])('measures every column of %d rows by itself', (rows) => {
  const random = seededRandom(2)
  const columns = [
    Float64Array.from({ length: rows }, () => random()),
    Float64Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? row : 0)),
    new Float64Array(rows).fill(7),
  ]
  const data = new Float64Array(rows * 3).map((_, i) => columns[i % 3]?.[Math.floor(i / 3)] ?? 0)
  const { medians, spreads } = columnCentersOf(datasetOf({ data, rows, columns: 3 }))
  const mad = (values: Float64Array): number => {
    const center = median(values)
    return median(values.map((value) => Math.abs(value - center)))
  }
  expect([...medians]).toEqual(columns.map(median))
  expect(spreads[0]).toBe(mad(columns[0] as Float64Array) * 1.4826)
  const total = (columns[1] as Float64Array).reduce((sum, value) => sum + value, 0)
  expect(spreads[1]).toBe((total / rows) * 1.2533)
  expect(spreads[2]).toBe(0)
})
