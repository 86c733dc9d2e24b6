import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/abod.json' with { type: 'json' }
import { abod, type AbodParameters } from './abod.ts'

const context = { random: seededRandom(0) }
const defaults: AbodParameters = { nNeighbors: 5 }
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('abod', () => {
  it('takes the variance of the angles, weighted by distance, over all pairs of neighbours', () => {
    // From (0, 0): (1, 0), (0, 2), (-1, 0). Pairs: 0 / (1 * 4) = 0; -1 / (1 * 1) = -1; 0. Mean -1/3, variance 2/9.
    const cross = matrixOf(2, [0, 0, 1, 0, 0, 2, -1, 0])
    const { state, trainingScores } = abod.fit(cross, { nNeighbors: 4 }, context)
    expect(trainingScores()[0]).toBeCloseTo(-2 / 9, 14)
    // From (0, 1), by the same four rows: to (0, 0): (0, -1) of length 1; to (0, 2): (0, 1), 1; to (1, 0) and (-1, 0):
    // (1, -1) and (-1, -1), squared length 2. Pairs: -1; 1/2; 1/2; -1/2; -1/2; 0. Mean -1/6, variance 2/6 - 1/36 = 11/36.
    expect(abod.score(state, matrixOf(2, [0, 1]))[0]).toBeCloseTo(-11 / 36, 14)
  })

  it('gives a row in a heap of duplicates the lowest score there is, where PyOD gives NaN', () => {
    const { state, trainingScores } = abod.fit(matrixOf(1, [3, 3, 3, 3, 3, 4, 5, 7, 10, 14]), defaults, context)
    const scores = trainingScores()
    expect(scores[0]).toBe(Math.min(...scores))
    expect(scores[0]).toBeLessThan(scores[9] ?? 0)
    expect(abod.score(state, matrixOf(1, [3]))[0]).toBe(scores[0])
  })

  it('scores 0 where there is no pair of neighbours at all', () => {
    expect([...abod.fit(matrixOf(1, [1, 4]), defaults, context).trainingScores()]).toEqual([0, 0])
    expect([...abod.fit(matrixOf(2, [1, 4]), defaults, context).trainingScores()]).toEqual([0])
  })

  it('agrees with PyOD row by row', () => {
    const train = matrixOf(golden.columns, golden.train)
    const { state, trainingScores } = abod.fit(train, defaults, context)
    const fresh = abod.score(state, matrixOf(golden.columns, golden.fresh))
    for (const [scores, expected] of [
      [trainingScores(), golden.scores],
      [fresh, golden.freshScores],
    ] as const) {
      expect(scores).toHaveLength(expected.length)
      scores.forEach((score, row) => expect(Math.abs(score / (expected[row] ?? 0) - 1)).toBeLessThan(1e-9))
    }
  })

  detectorLaws(it, 'abod', () => ({
    fit: (x, seed, signal) => abod.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => abod.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`abod against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw', 'Pima', 'cardio', 'thyroid', 'musk'])(
    '%s: the same ROC-AUC, or a better one where PyOD has rows of NaN',
    (name) => {
      const set = standardized(adbench(name))
      const auc = rocAuc(abod.fit(set, defaults, context).trainingScores(), set.labels)
      const { auc: expected, nonFiniteScores } = pyodFigures(name, 'ABOD')
      if (nonFiniteScores === 0) expect(Math.abs(auc - expected)).toBeLessThan(0.002)
      else expect(auc).toBeGreaterThan(expected)
    },
  )
})
