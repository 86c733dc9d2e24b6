import {
  adbench,
  detectorLaws,
  hasReferenceData,
  pyodFigures,
  referenceJson,
  referenceNote,
  standardized,
} from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { knn, type KnnMethod, type KnnParameters } from './knn.ts'

const context = { random: seededRandom(0) }
const defaults: KnnParameters = { nNeighbors: 5, method: 'largest', metric: 'euclidean' }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })
const methods: ReadonlyArray<KnnMethod> = ['largest', 'mean', 'median']

describe('knn', () => {
  // 0, 1, 3, 7, 15. Distances to the 4 others: 0: 1 3 7 15. 1: 1 2 6 14. 3: 2 3 4 12. 7: 4 6 7 8. 15: 8 12 14 15.
  const line = column(0, 1, 3, 7, 15)

  it.each([
    ['largest', [7, 6, 4, 7, 14]],
    ['mean', [11 / 3, 3, 3, 17 / 3, 34 / 3]],
    ['median', [3, 2, 3, 6, 12]],
  ] as const)('takes the %s of the distances to 3 neighbours', (method, expected) => {
    const scores = knn.fit(line, { ...defaults, nNeighbors: 3, method }, context).trainingScores()
    scores.forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 14))
  })

  it('takes the mean of the middle two for the median of an even number', () => {
    const scores = knn.fit(line, { ...defaults, nNeighbors: 2, method: 'median' }, context).trainingScores()
    expect([...scores]).toEqual([2, 1.5, 2.5, 5, 10])
  })

  it('counts a duplicate as a neighbour, and itself only when scored again', () => {
    const { state, trainingScores } = knn.fit(column(4, 4, 9), { ...defaults, nNeighbors: 2 }, context)
    expect([...trainingScores()]).toEqual([5, 5, 5])
    expect([...knn.score(state, column(4, 9, 10))]).toEqual([0, 5, 6]) // 0 0 | 0 5 | 1 6
  })

  it.each(methods)('makes do with the rows there are (%s)', (method) => {
    const parameters = { ...defaults, method }
    expect([...knn.fit(column(1, 4), parameters, context).trainingScores()]).toEqual([3, 3])
    const alone = knn.fit(column(1), parameters, context)
    expect([...alone.trainingScores()]).toEqual([0])
    expect([...knn.score(alone.state, column(1, -2))]).toEqual([0, 3])
  })

  it('keeps what it learned when the caller reuses the input', () => {
    const x = column(0, 1, 3, 7, 15)
    const { state, trainingScores } = knn.fit(x, defaults, context)
    x.data.fill(0)
    expect([...trainingScores()]).toEqual([15, 14, 12, 8, 15])
    expect([...knn.score(state, column(15))]).toEqual([14])
  })

  it('is as far as the features are scaled, and indifferent to their place', () => {
    const random = seededRandom(1)
    const x = { data: Float64Array.from({ length: 800 }, random), rows: 200, columns: 4 }
    const before = knn.fit(x, defaults, context).trainingScores()
    const scaled = knn.fit({ ...x, data: x.data.map((v) => v * 1024) }, defaults, context).trainingScores()
    expect(scaled).toEqual(before.map((score) => score * 1024))
    const moved = knn.fit({ ...x, data: x.data.map((v) => v + 5) }, defaults, context).trainingScores()
    moved.forEach((score, row) => expect(score).toBeCloseTo(before[row] ?? 0, 12))
  })

  for (const method of methods) {
    detectorLaws(it, `knn (${method})`, () => ({
      fit: (x, seed, signal) => knn.fit(x, { ...defaults, method }, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => knn.score(state, x, { signal }),
    }))
  }
})

describe.skipIf(!hasReferenceData)(`knn against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw'])('%s: every row to 1e-9', (name) => {
    for (const method of ['largest', 'mean'] as const) {
      const reference = referenceJson(`scores/${name}_knn_${method}_k5.json`) as Readonly<Record<string, number[]>>
      for (const [key, x] of [
        ['scores_raw', adbench(name)],
        ['scores_zscore', standardized(adbench(name))],
      ] as const) {
        const scores = knn.fit(x, { ...defaults, method }, context).trainingScores()
        for (const [row, score] of scores.entries()) {
          const expected = reference[key]?.[row] ?? Number.NaN
          expect(Math.abs(score - expected)).toBeLessThanOrEqual(1e-9 * expected)
        }
      }
    }
  })

  it.each([
    'Hepatitis',
    'glass',
    'vertebral',
    'Ionosphere',
    'breastw',
    'Pima',
    'cardio',
    'InternetAds',
    'musk',
    'thyroid',
    'satimage-2',
    'pendigits',
  ])('%s: the same ROC-AUC', { timeout: 60_000 }, (name) => {
    const set = standardized(adbench(name))
    const auc = rocAuc(knn.fit(set, defaults, context).trainingScores(), set.labels)
    expect(Math.abs(auc - pyodFigures(name, 'KNN').auc)).toBeLessThan(0.002)
  })
})
