import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import type { Matrix } from '../matrix.ts'
import { hasWasm } from '../wasm/instantiate.ts'
import { bruteForceSearch } from './brute-force-search.ts'
import type { Metric } from './metric.ts'
import { nearestNeighbours } from './nearest-neighbours.ts'
import type { Search } from './search.ts'
import { treeSearch } from './tree-search.ts'
import { wasmSearchFor } from './wasm-search.ts'

const metrics: ReadonlyArray<Metric> = ['euclidean', 'manhattan', 'chebyshev']

function matrixOf(rows: ReadonlyArray<ReadonlyArray<number>>): Matrix {
  return { data: Float64Array.from(rows.flat()), rows: rows.length, columns: rows[0]?.length ?? 0 }
}

function randomMatrix(rows: number, columns: number): Matrix {
  let seed = 1 + rows
  const next = (): number => (seed = (seed * 48271) % 2147483647) / 2147483647
  return { data: Float64Array.from({ length: rows * columns }, next), rows, columns }
}

/** The obvious version: every pair, a full sort. Distances are reduced ones. */
function obvious({ train, query, k, metric, excludeSelf }: Search): { indices: number[]; distances: number[] } {
  const indices: number[] = []
  const distances: number[] = []
  for (let row = 0; row < query.rows; row++) {
    const all = Array.from({ length: train.rows }, (_, index) => {
      let reduced = 0
      for (let feature = 0; feature < train.columns; feature++) {
        const a = train.data[index * train.columns + feature] ?? 0
        const difference = Math.abs(a - (query.data[row * train.columns + feature] ?? 0))
        if (metric === 'euclidean') reduced += difference * difference
        else if (metric === 'manhattan') reduced += difference
        else reduced = Math.max(reduced, difference)
      }
      return { index, reduced }
    })
    const nearest = all
      .filter(({ index }) => !(excludeSelf && index === row))
      .sort((a, b) => a.reduced - b.reduced || a.index - b.index)
      .slice(0, k)
    indices.push(...nearest.map(({ index }) => index))
    distances.push(...nearest.map(({ reduced }) => reduced))
  }
  return { indices, distances }
}

const plain = (found: { indices: Int32Array; distances: Float64Array }) => ({
  indices: [...found.indices],
  distances: [...found.distances],
})

// Few distinct values make ties and duplicates common; the continuous ones make boxes matter.
const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -100, max: 100, noNaN: true }))
const search: fc.Arbitrary<Search> = fc
  .record({ columns: fc.integer({ min: 1, max: 14 }), n: fc.integer({ min: 1, max: 300 }), constant: fc.boolean() })
  .chain(({ columns, n, constant }) =>
    fc.record({
      train: fc.array(value, { minLength: n * columns, maxLength: n * columns, size: 'max' }).map((values) => ({
        data: Float64Array.from(values, (v, at) => (constant && at % columns === 0 ? 7 : v)),
        rows: n,
        columns,
      })),
      queries: fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 9 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      metric: fc.constantFrom(...metrics),
      self: fc.boolean(),
    }),
  )
  .map(({ train, queries, share, metric, self }) => {
    const excludeSelf = self && train.rows > 1
    const most = Math.min(excludeSelf ? train.rows - 1 : train.rows, 40)
    const k = Math.max(1, Math.ceil(share * most))
    return { train, query: excludeSelf ? train : matrixOf(queries), k, metric, excludeSelf }
  })

describe('nearestNeighbours', () => {
  it('finds the neighbours a drawing shows', () => {
    // Points on a line at 0, 1, 3, 7. From 1: 0 is 1 away, 3 is 2 away. From 7: 3 is 4 away, 1 is 6 away.
    const line = matrixOf([[0], [1], [3], [7]])
    const found = nearestNeighbours(line, line, 2, { metric: 'euclidean', excludeSelf: true })
    expect(plain(found)).toEqual({ indices: [1, 2, 0, 2, 1, 0, 2, 1], distances: [1, 3, 1, 2, 2, 3, 4, 6] })
  })

  it('measures by the metric asked for', () => {
    const origin = matrixOf([[0, 0]])
    const distanceBy = (metric: Metric) =>
      nearestNeighbours(origin, matrixOf([[3, -4]]), 1, { metric, excludeSelf: false }).distances[0]
    expect(metrics.map(distanceBy)).toEqual([5, 7, 4])
  })

  it('agrees with the obvious version to the bit, by every pair and by tree', () => {
    fc.assert(
      fc.property(search, (asked) => {
        const expected = obvious(asked)
        expect(plain(bruteForceSearch(asked))).toEqual(expected)
        expect(plain(treeSearch(asked))).toEqual(expected)
      }),
      { numRuns: 150 },
    )
  })

  it.runIf(hasWasm())('agrees to the bit in WebAssembly, by every pair and by tree', () => {
    const large = search.filter(({ train, query }) => query.rows >= 8 && query.rows * train.rows >= 20_000)
    fc.assert(
      fc.property(large, (asked) => {
        const expected = plain(bruteForceSearch(asked))
        const kernel = wasmSearchFor(asked)
        if (kernel === undefined) throw new Error('the kernel must take this search')
        expect(plain(kernel.everyPair(asked))).toEqual(expected)
        expect(plain(kernel.byTree(asked))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it.runIf(hasWasm()).each(metrics)(
    'agrees to the bit in WebAssembly over batches, chunks, levels and wide rows (%s)',
    (metric) => {
      for (const columns of [9, 12, 13, 40]) {
        const rows = 2003
        const train = randomMatrix(rows, columns)
        const query = randomMatrix(300, columns)
        for (const [excludeSelf, k] of [
          [true, 7],
          [false, 1],
        ] as const) {
          const asked: Search = { train, query: excludeSelf ? train : query, k, metric, excludeSelf }
          const expected = plain(bruteForceSearch(asked))
          const kernel = wasmSearchFor(asked)
          expect(kernel && plain(kernel.everyPair(asked))).toEqual(expected)
          expect(kernel && plain(kernel.byTree(asked))).toEqual(expected)
        }
      }
    },
  )

  it.runIf(hasWasm()).each([
    ['far from zero', (x: number) => x + 1e7],
    ['with single values far out', (x: number, at: number) => (at % 997 === 0 ? x * 1e10 : x)],
    [
      'with distances that single precision cannot tell apart',
      (x: number, at: number) => (at % 101 === 0 ? 1000 : at % 103 === 0 ? -1000 : 500 + x * 2 ** -10),
    ],
    ['too small for single precision', (x: number) => x * 1e-15],
    ['too large for single precision', (x: number) => x * 1e25],
    ['on a grid, with many ties', (x: number) => Math.round(x * 4)],
  ])('leaves out nothing by single precision: values %s', (_, change) => {
    for (const columns of [3, 17, 37]) {
      const { data, rows } = randomMatrix(1500, columns)
      const train = { data: data.map(change), rows, columns }
      const query = { data: randomMatrix(400, columns).data.map(change), rows: 400, columns }
      const asked: Search = { train, query, k: 9, metric: 'euclidean', excludeSelf: false }
      const expected = plain(bruteForceSearch(asked))
      const kernel = wasmSearchFor(asked)
      expect(kernel && plain(kernel.everyPair(asked))).toEqual(expected)
      expect(kernel && plain(kernel.byTree(asked))).toEqual(expected)
    }
  })

  it('does without WebAssembly where there is none, and finds the same', () => {
    const train = randomMatrix(4200, 3)
    const options = { metric: 'euclidean', excludeSelf: true } as const
    const found = nearestNeighbours(train, train, 4, options)
    try {
      vi.stubGlobal('WebAssembly', undefined)
      expect(wasmSearchFor({ train, query: train, k: 4, ...options })).toBeUndefined()
      expect(plain(nearestNeighbours(train, train, 4, options))).toEqual(plain(found))
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('agrees over several batches, chunks and levels', () => {
    const columns = 40
    const rows = 3000
    const train = randomMatrix(rows, columns)
    const asked: Search = { train, query: train, k: 7, metric: 'euclidean', excludeSelf: true }
    expect(plain(treeSearch(asked))).toEqual(plain(bruteForceSearch(asked)))
  })

  it('gives the lower row first where all are alike', () => {
    const same = matrixOf(Array.from({ length: 5000 }, () => [1, 2]))
    const found = nearestNeighbours(same, same, 3, { metric: 'euclidean', excludeSelf: true })
    expect([...found.indices.subarray(0, 6)]).toEqual([1, 2, 3, 0, 2, 3])
    expect([...found.indices.subarray(14997)]).toEqual([0, 1, 2])
    expect(found.distances.every((distance) => distance === 0)).toBe(true)
  })

  it.each(metrics)('keeps the order of values whose squares overflow or vanish (%s)', (metric) => {
    for (const unit of [1e300, 1e-310, 5e-324]) {
      const line = matrixOf([[0], [unit], [3 * unit], [7 * unit]])
      const found = nearestNeighbours(line, line, 2, { metric, excludeSelf: true })
      expect([...found.indices]).toEqual([1, 2, 0, 2, 1, 0, 2, 1])
      for (const [at, steps] of [1, 3, 1, 2, 2, 3, 4, 6].entries()) {
        expect(Math.abs((found.distances[at] ?? 0) - steps * unit)).toBeLessThanOrEqual(1e-15 * steps * unit)
      }
    }
  })

  it('gives the largest double for a distance past it', () => {
    const ends = matrixOf([[-Number.MAX_VALUE], [Number.MAX_VALUE]])
    const found = nearestNeighbours(ends, ends, 1, { metric: 'euclidean', excludeSelf: true })
    expect([...found.distances]).toEqual([Number.MAX_VALUE, Number.MAX_VALUE])
  })

  it('answers a query alike whatever stands beside it', () => {
    const train = matrixOf(Array.from({ length: 20 }, (_, i) => [i * 1e-20, i]))
    const alone = nearestNeighbours(train, matrixOf([[0, 3]]), 4, { metric: 'euclidean', excludeSelf: false })
    const beside = matrixOf([
      [1e300, 0],
      [0, 3],
      [-1e200, 5],
    ])
    const found = nearestNeighbours(train, beside, 4, { metric: 'euclidean', excludeSelf: false })
    expect([...found.distances.subarray(4, 8)]).toEqual([...alone.distances])
    expect([...found.indices.subarray(4, 8)]).toEqual([...alone.indices])
    expect([found.distances[0], found.distances[8]]).toEqual([1e300, 1e200])
  })

  it('leaves its input alone', () => {
    const train = matrixOf([[1e300], [2], [5]])
    nearestNeighbours(train, train, 1, { metric: 'euclidean', excludeSelf: true })
    expect([...train.data]).toEqual([1e300, 2, 5])
  })

  it.each([
    ['more neighbours than there are', 3, 'anomaly-detection/invalid-parameters'],
    ['a fraction of a neighbour', 0.5, 'anomaly-detection/invalid-parameters'],
  ])('refuses %s', (_, k, code) => {
    const train = matrixOf([[1], [2], [3]])
    expect(() => nearestNeighbours(train, train, k, { metric: 'euclidean', excludeSelf: true })).toThrow(
      expect.objectContaining({ code }),
    )
  })

  it('refuses queries of another width', () => {
    expect(() =>
      nearestNeighbours(matrixOf([[1]]), matrixOf([[1, 2]]), 1, { metric: 'euclidean', excludeSelf: false }),
    ).toThrow(expect.objectContaining({ code: 'anomaly-detection/shape-mismatch' }))
  })

  it('stops when told to, in either search', () => {
    const train = matrixOf([[1], [2]])
    const asked: Search = {
      train,
      query: train,
      k: 1,
      metric: 'euclidean',
      excludeSelf: true,
      signal: AbortSignal.abort(),
    }
    const cancelled = expect.objectContaining({ code: 'anomaly-detection/cancelled' })
    const many = randomMatrix(200, 2)
    const larger = { ...asked, train: many, query: many }
    const kernel = wasmSearchFor(larger)
    if (hasWasm()) {
      expect(() => kernel?.byTree(larger)).toThrow(cancelled)
      expect(() => kernel?.everyPair(larger)).toThrow(cancelled)
    }
    expect(() => treeSearch(asked)).toThrow(cancelled)
    expect(() => bruteForceSearch(asked)).toThrow(cancelled)
  })
})
