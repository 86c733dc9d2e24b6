import { detectorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/mad.json' with { type: 'json' }
import { mad } from './mad.ts'

const context = { random: seededRandom(0) }
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('mad', () => {
  it('counts deviations from the median in MADs', () => {
    // 1, 2, 4, 7, 20: median 4, deviations 3, 2, 0, 3, 16, their median 3.
    const { state, trainingScores } = mad.fit(matrixOf(1, [1, 2, 4, 7, 20]), {}, context)
    const expected = [3, 2, 0, 3, 16].map((off) => (0.6745 * off) / 3)
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 14))
    expect(mad.score(state, matrixOf(1, [-2]))[0]).toBeCloseTo(0.6745 * 2, 14)
  })

  it("takes the worst of a row's columns", () => {
    const { trainingScores } = mad.fit(matrixOf(2, [1, 0, 2, 0.1, 4, 0.2, 7, 9, 20, 0.3]), {}, context)
    // second column: median 0.2, deviations 0.2, 0.1, 0, 8.8, 0.1, their median 0.1
    expect(trainingScores()[3]).toBeCloseTo(0.6745 * 88, 10)
    expect(trainingScores()[4]).toBeCloseTo((0.6745 * 16) / 3, 14)
  })

  it('scores 0 at the value that most rows have, and the most there is elsewhere', () => {
    expect([...mad.fit(matrixOf(1, [5, 5, 5, 6]), {}, context).trainingScores()]).toEqual([0, 0, 0, Number.MAX_VALUE])
  })

  it('agrees with PyOD row by row in one column', () => {
    const { state, trainingScores } = mad.fit(matrixOf(1, golden.train), {}, context)
    for (const [scores, expected] of [
      [trainingScores(), golden.scores],
      [mad.score(state, matrixOf(1, golden.fresh)), golden.freshScores],
    ] as const) {
      expect(scores).toHaveLength(expected.length)
      scores.forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? Number.NaN, 12))
    }
  })

  detectorLaws(it, 'mad', () => ({
    fit: (x, seed, signal) => mad.fit(x, {}, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => mad.score(state, x, { signal }),
  }))
})
