import { detectorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { dixon } from './dixon.ts'

const context = { random: seededRandom(0) }
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('dixon', () => {
  it('is the gap before an extreme value as a share of the range', () => {
    // 0.167, 0.177, 0.181, 0.181, 0.182, 0.183, 0.184, 0.186, 0.187, 0.189: Q of the least 0.010 / 0.022.
    const values = [0.189, 0.167, 0.187, 0.183, 0.186, 0.182, 0.181, 0.184, 0.181, 0.177]
    const scores = dixon.fit(matrixOf(1, values), {}, context).trainingScores()
    expect(scores[1]).toBeCloseTo(10 / 22, 12)
    expect(scores[9]).toBeCloseTo(4 / 12, 12) // 0.177, without the least: 0.004 / 0.012
    expect(scores[0]).toBeCloseTo(2 / 19, 12) // the largest: 0.002 / 0.022 is less than 0.002 / 0.019 of 0.186 before it
    expect([scores[5], scores[3]]).toEqual([0, 0]) // the middle two
  })

  it('does not let two alike hide each other', () => {
    // 1, 2, 3, 4, 10, 10: at the first 10 the gap is 6 of 9; the second stands no nearer.
    const scores = dixon.fit(matrixOf(1, [1, 2, 3, 4, 10, 10]), {}, context).trainingScores()
    expect([...scores.subarray(4)]).toEqual([6 / 9, 6 / 9])
  })

  it('puts new values in their place', () => {
    const { state } = dixon.fit(matrixOf(1, [0, 1, 2, 3, 4]), {}, context)
    // 8: 4 / 8; -12: 12 / 16; 2.5: above the middle value 2 by 0.5 of 2.5; 3: as the row 3, 1 / 3; 2: the middle
    expect([...dixon.score(state, matrixOf(1, [8, -12, 2.5, 3, 2]))]).toEqual([0.5, 0.75, 0.2, 1 / 3, 0])
  })

  it("takes the worst of a row's columns; a constant one has 0 and, elsewhere, 1", () => {
    const { state, trainingScores } = dixon.fit(matrixOf(2, [0, 7, 1, 7, 2, 7, 3, 7, 9, 7]), {}, context)
    expect(trainingScores()[4]).toBe(6 / 9)
    expect([...dixon.score(state, matrixOf(2, [2, 7, 2, 8]))]).toEqual([0, 1])
  })

  detectorLaws(it, 'dixon', () => ({
    fit: (x, seed, signal) => dixon.fit(x, {}, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => dixon.score(state, x, { signal }),
  }))
})
