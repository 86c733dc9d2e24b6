import { assert, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { configureDetector } from '../../application/catalogue/catalogue.ts'
import type { Matrix } from '../matrix.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { type AdditiveDetector, featureContributions } from './additive-detector.ts'

const ids = ['ecod', 'copod', 'hbos', 'pca', 'mad', 'iqr', 'grubbs', 'gesd', 'dixon'] as const

describe('featureContributions', () => {
  it('gives ECOD its tails by hand', () => {
    // Four rows, and one more: of the first column 3 of 4 values are at least 2, 2 are at most; it leans right, so the larger tail
    // counts: -ln(2/4). The second column has no skew: both tails of its lowest value, -ln(1/4) - ln(4/4).
    const x = { data: Float64Array.of(1, 1, 2, 2, 3, 3, 9, 4), rows: 4, columns: 2 }
    const detector = fitted('ecod', x)
    const [first, second] = featureContributions(detector, { data: Float64Array.of(2, 1), rows: 1, columns: 2 })
    expect(first).toBeCloseTo(-Math.log(2 / 4), 12)
    expect(second).toBeCloseTo(-Math.log(1 / 4), 12)
  })

  it('gives a Mahalanobis distance its parts by hand', () => {
    // One column of mean 0 and variance 1: all of the square is its own.
    const x = { data: Float64Array.of(-1, 1), rows: 2, columns: 1 }
    const detector = fitted('pca', x, { method: 'mahalanobis' })
    const squares = configureDetector('pca', { method: 'mahalanobis' }).fit(x).trainingScores()
    expect([...featureContributions(detector, x)]).toEqual([...squares])
  })

  it('sums to the score in every detector, on training rows and on new ones', () => {
    assert(
      property(
        constantFrom(...ids),
        integer({ min: 1, max: 5 }),
        integer({ min: 0, max: 1e6 }),
        constantFrom('pyod', 'mahalanobis'),
        (id, columns, seed, method) => {
          const x = drawn(40, columns, seed)
          const parameters = id === 'pca' ? { method } : {}
          const one = configureDetector(id, parameters).fit(x)
          const detector = { id: one.id, state: one.state } as AdditiveDetector // a state of the detector that `id` names
          for (const rows of [x, drawn(7, columns, seed + 1, 3)]) {
            const scores = one.score(rows)
            const parts = featureContributions(detector, rows)
            for (let row = 0; row < rows.rows; row++) {
              const sum = parts.subarray(row * columns, (row + 1) * columns).reduce((total, part) => total + part, 0)
              const score = scores[row] ?? 0
              expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(score)))
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('leaves all to the worst feature, the first of equals, where a detector goes by the worst', () => {
    const x = { data: Float64Array.of(1, 1, 2, 2, 3, 3, 4, 4, 90, 90), rows: 5, columns: 2 }
    const detector = fitted('mad', x)
    const parts = featureContributions(detector, { data: Float64Array.of(90, 90, 3, 50), rows: 2, columns: 2 })
    expect(parts[0]).toBeGreaterThan(10)
    expect(parts[1]).toBe(0)
    expect(parts[2]).toBe(0)
    expect(parts[3]).toBeGreaterThan(10)
  })

  it('holds where squares overflow', () => {
    const x = drawn(30, 3, 1)
    const far = { data: Float64Array.of(1e200, 0, 0), rows: 1, columns: 3 }
    const one = configureDetector('pca').fit(x)
    const parts = featureContributions({ id: 'pca', state: one.state } as AdditiveDetector, far) // as fitted
    const [score = 0] = one.score(far)
    expect(parts.reduce((sum, part) => sum + part, 0) / score).toBeCloseTo(1, 9)
  })
})

function fitted(id: AdditiveDetector['id'], x: Matrix, parameters = {}): AdditiveDetector {
  return { id, state: configureDetector(id, parameters).fit(x).state } as AdditiveDetector // a state of the detector that `id` names
}

function drawn(rows: number, columns: number, seed: number, spread = 1): Matrix {
  const random = seededRandom(seed)
  return {
    data: Float64Array.from({ length: rows * columns }, () => Math.round(40 * spread * random()) / 8),
    rows,
    columns,
  }
}
