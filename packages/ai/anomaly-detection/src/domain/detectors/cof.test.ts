import { detectorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/cof.json' with { type: 'json' }
import { cof, type CofParameters } from './cof.ts'

const context = { random: seededRandom(0) }
const defaults: CofParameters = { nNeighbors: 20 }
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('cof', () => {
  it("sets the length of a row's chain against those of its neighbours", () => {
    // 0, 1, 3, 10 with k = 2: link weights 2/3 and 1/3. Neighbours in order, links to the nearest member before:
    // 0: 1 (1), 3 (2): 2/3 + 2/3 = 4/3. 1: 0 (1), 3 (2): 4/3. 3: 1 (2), 0 (1): 5/3. 10: 3 (7), 1 (2): 16/3.
    // COF: 0: 4/3 / ((4/3 + 5/3) / 2) = 8/9. 1: 4/3 / ((4/3 + 5/3) / 2) = 8/9. 3: 5/3 / (4/3) = 5/4.
    // 10: 16/3 / ((5/3 + 4/3) / 2) = 32/9.
    const { state, trainingScores } = cof.fit(matrixOf(1, [0, 1, 3, 10]), { nNeighbors: 2 }, context)
    const expected = [8 / 9, 8 / 9, 5 / 4, 32 / 9]
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 14))
    // A new row at 5: 3 (2), 1 (2): chain 2; against (5/3 + 4/3) / 2.
    expect(cof.score(state, matrixOf(1, [5]))[0]).toBeCloseTo(4 / 3, 14)
  })

  it('makes do with the rows there are', () => {
    expect([...cof.fit(matrixOf(1, [1, 4]), defaults, context).trainingScores()]).toEqual([1, 1])
    expect([...cof.fit(matrixOf(1, [1]), defaults, context).trainingScores()]).toEqual([1])
  })

  it('scores 0 in a heap of duplicates, and the most there is where all neighbours lie in one', () => {
    const scores = cof.fit(matrixOf(1, [2, 2, 2, 2, 3]), { nNeighbors: 2 }, context).trainingScores()
    expect([...scores]).toEqual([0, 0, 0, 0, Number.MAX_VALUE])
  })

  it.each(['5', '20'] as const)('agrees with PyOD row by row (%s neighbours)', (k) => {
    const train = matrixOf(golden.columns, golden.train)
    const scores = cof.fit(train, { nNeighbors: Number(k) }, context).trainingScores()
    const expected = golden.scores[k]
    expect(scores).toHaveLength(expected.length)
    scores.forEach((score, row) => expect(Math.abs(score / (expected[row] ?? 0) - 1)).toBeLessThan(1e-9))
  })

  detectorLaws(it, 'cof', () => ({
    fit: (x, seed, signal) => cof.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => cof.score(state, x, { signal }),
  }))
})
