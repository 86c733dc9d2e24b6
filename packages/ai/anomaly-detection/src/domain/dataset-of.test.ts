import { describe, expect, it } from 'vitest'

import { datasetFromColumns, datasetFromRecords, datasetFromRows, datasetOf } from './dataset-of.ts'
import { AnomalyDetectionError } from './errors.ts'

function errorOf(work: () => unknown): AnomalyDetectionError {
  try {
    work()
  } catch (error) {
    if (AnomalyDetectionError.is(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('a data set', () => {
  it('is the same from rows, records and columns', () => {
    const rows = datasetFromRows(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      { features: ['a', 'b'] },
    )
    const records = datasetFromRecords([
      { a: 1, b: 2 },
      { b: 4, a: 3 },
      { a: 5, b: 6 },
    ])
    const columns = datasetFromColumns({ a: [1, 3, 5], b: Float64Array.of(2, 4, 6) })
    expect(rows).toEqual({ data: Float64Array.of(1, 2, 3, 4, 5, 6), rows: 3, columns: 2, features: ['a', 'b'] })
    expect(records).toEqual(rows)
    expect(columns).toEqual(rows)
  })

  it('takes chosen columns in the chosen order', () => {
    expect(datasetFromRecords([{ a: 1, b: 2, c: 3 }], { features: ['c', 'a'] }).data).toEqual(Float64Array.of(3, 1))
  })

  it('names its columns where nobody did', () => {
    expect(datasetFromRows([[1, 2]]).features).toEqual(['column_1', 'column_2'])
  })

  it.each([
    ['no row', () => datasetFromRows([]), 'empty-dataset', {}],
    ['no column', () => datasetFromRows([[], []]), 'empty-dataset', { rows: 2, columns: 0 }],
    ['a ragged row', () => datasetFromRows([[1, 2], [3]]), 'ragged-row', { row: 1, found: 1, expected: 2 }],
    [
      'NaN',
      () =>
        datasetFromRows([
          [1, 2],
          [3, Number.NaN],
        ]),
      'missing-value',
      { row: 1, column: 1 },
    ],
    ['null', () => datasetFromRecords([{ a: 1 }, { a: null }]), 'missing-value', { row: 1, column: 0, feature: 'a' }],
    ['a missing key', () => datasetFromRecords([{ a: 1 }, {}]), 'missing-value', { row: 1, column: 0 }],
    ['infinity', () => datasetFromRows([[1], [-Infinity]]), 'non-finite', { row: 1, column: 0 }],
    ['an unknown column', () => datasetFromRecords([{ a: 1 }], { features: ['b'] }), 'unknown-column', { column: 'b' }],
    ['columns of two lengths', () => datasetFromColumns({ a: [1], b: [1, 2] }), 'shape-mismatch', { column: 'b' }],
    ['too few names', () => datasetFromRows([[1, 2]], { features: ['a'] }), 'shape-mismatch', { features: 1 }],
    [
      'a wrong shape',
      () => datasetOf({ data: new Float64Array(5), rows: 2, columns: 2 }),
      'shape-mismatch',
      { values: 5 },
    ],
  ])('refuses %s, and says where', (_, work, code, details) => {
    const error = errorOf(work)
    expect(error.code).toBe(`anomaly-detection/${code}`)
    expect(error.details).toMatchObject(details)
  })

  it('refuses text where a number should be, without showing it', () => {
    const records = [{ secret: 'tok_123' }] as unknown as Array<Record<string, number>>
    const error = errorOf(() => datasetFromRecords(records))
    expect(error.code).toBe('anomaly-detection/non-finite')
    expect(error.message).not.toContain('tok_123')
  })
})

describe('missing values', () => {
  const rows = [
    [1, 10],
    [null, 20],
    [3, 30],
    [100, undefined],
  ]

  it('drop: leaves such rows out and remembers where the others stood', () => {
    const dataset = datasetFromRows(rows, { missing: 'drop' })
    expect(dataset.data).toEqual(Float64Array.of(1, 10, 3, 30))
    expect(dataset.sourceRows).toEqual(Int32Array.of(0, 2))
  })

  it('median: fills in the median of what is there', () => {
    // column 1: 1, 3, 100 has median 3; column 2: 10, 20, 30 has median 20
    expect(datasetFromRows(rows, { missing: 'median' }).data).toEqual(Float64Array.of(1, 10, 3, 20, 3, 30, 100, 20))
  })

  it('leaves the source alone', () => {
    const data = Float64Array.of(1, Number.NaN)
    datasetOf({ data, rows: 2, columns: 1 }, { missing: 'median' })
    expect(data).toEqual(Float64Array.of(1, Number.NaN))
  })

  it('refuses an infinity under every policy', () => {
    for (const missing of ['reject', 'drop', 'median'] as const) {
      const error = errorOf(() => datasetFromRows([[null], [Infinity]], { missing }))
      expect(error.details).toMatchObject({ row: 1, column: 0 })
      expect(error.code).toBe('anomaly-detection/non-finite')
    }
  })

  it('refuses to drop every row, or to take the median of nothing', () => {
    expect(errorOf(() => datasetFromRows([[null, 1]], { missing: 'drop' })).code).toBe(
      'anomaly-detection/empty-dataset',
    )
    expect(errorOf(() => datasetFromRows([[null, 1]], { missing: 'median' })).code).toBe(
      'anomaly-detection/missing-value',
    )
  })
})
