import { adbench, detectorLaws, hasReferenceData, referenceJson, referenceNote, standardized } from '@nomaly/tool-laws'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { hbos } from './hbos.ts'

const context = { random: seededRandom(0) }
const defaults = { nBins: 10, alpha: 0.1, tol: 0.5 }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })

describe('hbos', () => {
  const train = column(0, 1, 1, 4)

  it('scores by the density of the bin, an inner edge by the bin to its left', () => {
    // two bins of width 2: [0, 2) holds three of four, [2, 4] one; densities 3/8 and 1/8
    const { state, trainingScores } = hbos.fit(train, { ...defaults, nBins: 2 }, context)
    const [left, right] = [-Math.log2(3 / 8 + 0.1), -Math.log2(1 / 8 + 0.1)]
    expect([...trainingScores()]).toEqual([left, left, left, right])
    expect([...hbos.score(state, column(2))]).toEqual([left])
  })

  it('lets a value just outside count to the end bin, and one further out to the thinnest', () => {
    const { state } = hbos.fit(column(0, 4, 4, 4), { ...defaults, nBins: 2 }, context)
    const [thin, full] = [-Math.log2(1 / 8 + 0.1), -Math.log2(3 / 8 + 0.1)]
    // width 2, tol 0.5: up to 1 outside
    expect([...hbos.score(state, column(5, 5.5, -1, -1.5))]).toEqual([full, thin, thin, thin])
  })

  it('spans a constant feature by one unit', () => {
    // ten bins of width 0.1; all rows in the one that holds 7: density 10
    const scores = hbos.fit(column(7, 7), defaults, context).trainingScores()
    for (const score of scores) expect(score).toBeCloseTo(-Math.log2(0.1), 12) // 7 is an edge: scored by the empty bin on its left
  })

  it.each([2, 10, 256, 300])('bins and scores by %d bins the same without WebAssembly, to the last bit', (nBins) => {
    const random = seededRandom(nBins)
    const kinds: ReadonlyArray<() => number> = [
      () => random() - 0.5,
      () => Math.round(random() * 40) - 20, // many values on edges
      () => 7,
      () => 1e16 + Math.round(random() * 50), // edges that round to each other
      () => (random() < 0.5 ? -1.7e308 : 1.7e308), // a range past the largest double
      () => random() * 5e-322,
      () => (random() < 0.01 ? 1e9 : random()),
    ]
    for (const columns of [1, 4, kinds.length]) {
      const matrix = (rows: number, stretch: number) => ({
        data: Float64Array.from({ length: rows * columns }, (_, at) => {
          const value = kinds[at % columns]?.() ?? 0
          return Math.abs(value) < 1e300 ? value * stretch : value
        }),
        rows,
        columns,
      })
      const [known, fresh] = [matrix(5003, 1), matrix(5100, 1.2)]
      const run = () => {
        const { state, trainingScores } = hbos.fit(known, { ...defaults, nBins }, context)
        return [state, trainingScores(), hbos.score(state, fresh), hbos.score(state, known)]
      }
      const found = run()
      try {
        vi.stubGlobal('WebAssembly', undefined)
        expect(run()).toEqual(found)
      } finally {
        vi.unstubAllGlobals()
      }
    }
  })

  it('counts as numpy does: every value in the one bin whose edges hold it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 80 }), (values) => {
        const { state } = hbos.fit(column(...values), defaults, context)
        const width = (state.edges[1] ?? 0) - (state.edges[0] ?? 0)
        const counts = Array.from(state.binScores, (score, bin) => {
          const exact = (state.edges[bin + 1] ?? 0) - (state.edges[bin] ?? 0)
          return Math.round((2 ** -score - defaults.alpha) * values.length * exact)
        })
        expect(width).toBeGreaterThan(0)
        const expected = counts.map(
          (_, bin) =>
            values.filter(
              (v) =>
                v >= (state.edges[bin] ?? 0) &&
                (bin === 9 ? v <= (state.edges[10] ?? 0) : v < (state.edges[bin + 1] ?? 0)),
            ).length,
        )
        expect(counts).toEqual(expected)
      }),
    )
  })

  it('stays finite where ranges overflow, vanish or cannot be divided', () => {
    for (const values of [
      [-1.7e308, 1.7e308, 0],
      [0, 5e-324],
      [1e300, 1e300],
      [1, 1 + 2 ** -52],
    ]) {
      const { state, trainingScores } = hbos.fit(column(...values), defaults, context)
      expect(trainingScores().every(Number.isFinite)).toBe(true)
      expect(hbos.score(state, column(-1.7e308, 0, 1.7e308)).every(Number.isFinite)).toBe(true)
    }
  })
})

describe('the laws', () => {
  detectorLaws(it, 'hbos', () => ({
    fit: (x, seed, signal) => hbos.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => hbos.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`hbos against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw'])('%s: every row to 1e-9', (name) => {
    const reference = referenceJson(`scores/${name}_hbos_b10.json`) as Readonly<Record<string, number[]>>
    for (const [key, x] of [
      ['scores_raw', adbench(name)],
      ['scores_zscore', standardized(adbench(name))],
    ] as const) {
      const scores = hbos.fit(x, defaults, context).trainingScores()
      const errors = Array.from(scores, (score, row) => {
        const expected = reference[key]?.[row] ?? Number.NaN
        return Math.abs(score - expected) / Math.max(1, Math.abs(expected))
      })
      expect(Math.max(...errors)).toBeLessThan(1e-9)
    }
  })
})
