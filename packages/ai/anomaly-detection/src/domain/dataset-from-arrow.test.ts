import { expect, it } from 'vitest'

import { type ArrowTableLike, datasetFromArrow } from './dataset-from-arrow.ts'

// Of the form that apache-arrow gives; tools/conformance reads real tables.
function table(
  columns: Readonly<Record<string, readonly [type: string, values: ReadonlyArray<unknown>]>>,
): ArrowTableLike {
  const entries = Object.entries(columns)
  return {
    numRows: entries[0]?.[1][1].length ?? 0,
    schema: {
      fields: entries.map(([name, [type]]) => ({ name, type: { toString: () => type, scale: 2 } })),
    },
    getChildAt: (index) => ({ get: (row) => entries[index]?.[1][1][row] }),
  }
}

it('reads whole numbers, floats, booleans and decimals', () => {
  const decimal = (hundredths: number) => Uint32Array.of(hundredths >>> 0, hundredths < 0 ? 0xffffffff : 0)
  const { data, features } = datasetFromArrow(
    table({
      a: ['Int64', [1n, -2n]],
      b: ['Float64', [0.5, 3]],
      c: ['Bool', [true, false]],
      d: ['Decimal[10e+2]', [decimal(1225), decimal(-7)]],
    }),
  )
  expect([[...data], features]).toEqual([
    [1, 0.5, 1, 12.25, -2, 3, 0, -0.07],
    ['a', 'b', 'c', 'd'],
  ])
})

it('takes the columns that are named, and treats nulls as missing', () => {
  const source = table({ a: ['Int32', [1, null]], s: ['Utf8', ['x', 'y']], b: ['Float64', [5, 6]] })
  expect([...datasetFromArrow(source, { features: ['b', 'a'], missing: 'median' }).data]).toEqual([5, 1, 6, 1])
  expect(() => datasetFromArrow(source, { features: ['a'] })).toThrow(
    expect.objectContaining({ code: 'anomaly-detection/missing-value' }),
  )
  expect(() => datasetFromArrow(source)).toThrow(/column 's' is Utf8/)
  expect(() => datasetFromArrow(source, { features: ['bb'] })).toThrow(
    expect.objectContaining({ code: 'anomaly-detection/unknown-column' }),
  )
  expect(() => datasetFromArrow(table({ a: ['Int32', []] }))).toThrow(
    expect.objectContaining({ code: 'anomaly-detection/empty-dataset' }),
  )
})
