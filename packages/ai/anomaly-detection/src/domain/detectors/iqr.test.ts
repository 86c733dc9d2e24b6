import { detectorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { iqr } from './iqr.ts'

const context = { random: seededRandom(0) }
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('iqr', () => {
  it('counts the distance past the nearer quartile in interquartile ranges', () => {
    // 0, 2, 4, 6, 18: quartiles 2 and 6, range 4. Past the nearer: 2, 0, -2, 0, 12.
    const { state, trainingScores } = iqr.fit(matrixOf(1, [0, 2, 4, 6, 18]), {}, context)
    expect([...trainingScores()]).toEqual([0.5, 0, -0.5, 0, 3])
    expect([...iqr.score(state, matrixOf(1, [12, -4]))]).toEqual([1.5, 1.5]) // the inner fences
  })

  it('interpolates quartiles as numpy does', () => {
    // numpy.percentile([1, 2, 4, 8, 16, 32], [25, 75]) is [2.5, 14]
    const { state } = iqr.fit(matrixOf(1, [32, 1, 16, 2, 8, 4]), {}, context)
    expect([...state.lows, ...state.highs]).toEqual([2.5, 14])
  })

  it("takes the worst of a row's columns", () => {
    const { trainingScores } = iqr.fit(matrixOf(2, [0, 6, 2, 4, 4, 2, 6, 0, 18, 18]), {}, context)
    expect([...trainingScores()]).toEqual([0.5, 0, 0, 0.5, 3])
  })

  it('scores 0 at the value that most rows have, and the most there is elsewhere', () => {
    const scores = iqr.fit(matrixOf(1, [5, 5, 5, 5, 6]), {}, context).trainingScores()
    expect([...scores]).toEqual([0, 0, 0, 0, Number.MAX_VALUE])
  })

  detectorLaws(it, 'iqr', () => ({
    fit: (x, seed, signal) => iqr.fit(x, {}, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => iqr.score(state, x, { signal }),
  }))
})
