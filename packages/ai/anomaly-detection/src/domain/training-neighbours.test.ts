import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import type { Matrix } from './matrix.ts'
import type { Metric } from './neighbours/metric.ts'
import { nearestNeighbours } from './neighbours/nearest-neighbours.ts'
import { neighbourIndexOf } from './neighbours/neighbour-index.ts'
import { seededRandom } from './numeric/seeded-random.ts'
import { neighboursOfRows, trainingNeighbours } from './training-neighbours.ts'

// Few distinct values, so that ties and doubles abound.
const data: fc.Arbitrary<Matrix> = fc
  .record({ rows: fc.integer({ min: 2, max: 60 }), columns: fc.integer({ min: 1, max: 3 }) })
  .chain(({ rows, columns }) =>
    fc
      .array(fc.integer({ min: 0, max: 3 }), { minLength: rows * columns, maxLength: rows * columns })
      .map((values) => ({ data: Float64Array.from(values), rows, columns })),
  )

const metric: fc.Arbitrary<Metric> = fc.constantFrom('euclidean', 'manhattan', 'chebyshev')

describe('the neighbours of some rows', () => {
  it('are those that a search of all rows finds for them, in the same order', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(data, metric, share, share, (train, by, some, place) => {
        const k = Math.max(1, Math.floor(some * (train.rows - 1)))
        const from = Math.floor(place * (train.rows - 1))
        const to = Math.min(train.rows, from + 1 + Math.floor(some * train.rows))
        const all = nearestNeighbours(train, train, k, { metric: by, excludeSelf: true })
        const rows = Int32Array.from({ length: to - from }, (_, at) => from + at)
        const { indices, distances } = neighboursOfRows(train, { k, metric: by }, rows)
        expect([...indices]).toEqual([...all.indices.subarray(from * k, to * k)])
        expect([...distances]).toEqual([...all.distances.subarray(from * k, to * k)])
      }),
    )
  })

  it('do not count a row that has more doubles before it than places', () => {
    const train: Matrix = { data: Float64Array.of(5, 5, 5, 5, 9), rows: 5, columns: 1 }
    expect([...neighboursOfRows(train, { k: 2, metric: 'euclidean' }, Int32Array.of(3, 1)).indices]).toEqual([
      0, 1, 0, 2,
    ])
  })

  it.each(['with', 'without'])('are the same from an index that was made before, %s WebAssembly', (how) => {
    const random = seededRandom(4)
    const rows = 4200
    const train: Matrix = {
      data: Float64Array.from({ length: rows * 3 }, () => Math.round(random() * 40)),
      rows,
      columns: 3,
    }
    const some = Int32Array.from({ length: 900 }, (_, at) => (at * 97) % rows)
    try {
      if (how === 'without') vi.stubGlobal('WebAssembly', undefined)
      const index = neighbourIndexOf(train, rows)
      expect(index).toBeDefined()
      const search = { k: 7, metric: 'manhattan' } as const
      expect(neighboursOfRows(train, search, some, { index })).toEqual(neighboursOfRows(train, search, some))
    } finally {
      vi.unstubAllGlobals()
    }
  })
})

describe('the neighbours that a fit looks up', () => {
  const train: Matrix = { data: Float64Array.of(0, 1, 3), rows: 3, columns: 1 }
  const found = {
    k: 1,
    metric: 'euclidean',
    indices: Int32Array.of(2, 2, 0),
    distances: Float64Array.of(7, 7, 7),
  } as const

  it('are those found before, where they are of the number and metric asked for', () => {
    expect(trainingNeighbours(train, { k: 1, metric: 'euclidean' }, { found })).toBe(found)
  })

  it('are the first of those found before, where more were', () => {
    const more = {
      k: 2,
      metric: 'euclidean' as const,
      indices: Int32Array.of(2, 1, 2, 0, 0, 1),
      distances: Float64Array.of(5, 6, 7, 8, 9, 10),
    }
    const { indices, distances } = trainingNeighbours(train, { k: 1, metric: 'euclidean' }, { found: more })
    expect([...indices, ...distances]).toEqual([2, 2, 0, 5, 7, 9])
  })

  it.each([
    { k: 2, metric: 'euclidean' },
    { k: 1, metric: 'manhattan' },
  ] as const)('are searched for otherwise: %o', (search) => {
    const { indices } = trainingNeighbours(train, search, { found })
    expect([...indices]).toEqual(search.k === 1 ? [1, 0, 1] : [1, 2, 0, 2, 1, 0])
  })
})
