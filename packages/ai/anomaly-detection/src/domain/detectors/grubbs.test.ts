import { detectorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { grubbs } from './grubbs.ts'

const context = { random: seededRandom(0) }
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('grubbs', () => {
  it('counts deviations from the mean in standard deviations', () => {
    // 1, 2, 3, 6: mean 3, squares 4 + 1 + 0 + 9 = 14, s = sqrt(14 / 3)
    const { state, trainingScores } = grubbs.fit(matrixOf(1, [1, 2, 3, 6]), {}, context)
    const expected = [2, 1, 0, 3].map((off) => off / Math.sqrt(14 / 3))
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 14))
    expect(grubbs.score(state, matrixOf(1, [-4]))[0]).toBeCloseTo(7 / Math.sqrt(14 / 3), 14)
  })

  it('gives the statistic of the NIST handbook, 1.3.5.17.1: Tietjen and Moore (1972)', () => {
    const masses = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57]
    const scores = grubbs.fit(matrixOf(1, masses), {}, context).trainingScores()
    expect(scores[7]).toBeCloseTo(2.468765, 6) // above the critical value 2.126645 (alpha 0.05)
  })

  it("takes the worst of a row's columns, and 0 where one is constant", () => {
    const { state, trainingScores } = grubbs.fit(matrixOf(2, [1, 0.1, 2, 0.1, 3, 0.1, 6, 0.1]), {}, context)
    expect(trainingScores()[3]).toBeCloseTo(3 / Math.sqrt(14 / 3), 14)
    expect([...grubbs.score(state, matrixOf(2, [3, 0.1, 3, 0.2]))]).toEqual([0, Number.MAX_VALUE])
  })

  detectorLaws(it, 'grubbs', () => ({
    fit: (x, seed, signal) => grubbs.fit(x, {}, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => grubbs.score(state, x, { signal }),
  }))
})
