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
import { lof, type LofParameters } from './lof.ts'

const context = { random: seededRandom(0) }
const defaults: LofParameters = { nNeighbors: 20, metric: 'euclidean' }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })

describe('lof', () => {
  it("sets the density around the neighbours against a row's own", () => {
    // 0, 1, 3, 10 with k = 2. Neighbours (distance): 0: 1 (1), 3 (3). 1: 0 (1), 3 (2). 3: 1 (2), 0 (3). 10: 3 (7), 1 (9).
    // k-distances 3, 2, 3, 9. Reachability max(distance, k-distance of the neighbour):
    // 0: 2, 3 -> density 2/5. 1: 3, 3 -> 1/3. 3: 2, 3 -> 2/5. 10: 7, 9 -> 1/8.
    // LOF: 0: (1/3 + 2/5) / 2 / (2/5) = 11/12. 1: (2/5 + 2/5) / 2 * 3 = 6/5. 3: 11/12. 10: (2/5 + 1/3) / 2 * 8 = 44/15.
    const x = column(0, 1, 3, 10)
    const { state, trainingScores } = lof.fit(x, { ...defaults, nNeighbors: 2 }, context)
    const expected = [11 / 12, 6 / 5, 11 / 12, 44 / 15]
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 8))
    // A new row at 5: neighbours 3 (2), 1 (4); reachability 3, 4 -> density 2/7; LOF (2/5 + 1/3) / 2 * 7/2 = 77/60.
    expect(lof.score(state, column(5))[0]).toBeCloseTo(77 / 60, 8)
  })

  it('makes do with the rows there are', () => {
    expect([...lof.fit(column(1, 4), defaults, context).trainingScores()]).toEqual([1, 1])
    expect([...lof.fit(column(1), defaults, context).trainingScores()]).toEqual([1])
  })

  it('gives duplicates the score of a cluster, and a row beside a heap of them a high one', () => {
    const scores = lof.fit(column(2, 2, 2, 2, 3), { ...defaults, nNeighbors: 2 }, context).trainingScores()
    expect([...scores.subarray(0, 4)]).toEqual([1, 1, 1, 1])
    expect(scores[4]).toBeCloseTo(1e10 + 1, -2) // density 1 / (1 + 1e-10) against 1e10
  })

  it('does not care where the features lie or, beyond the 1e-10, in which unit', () => {
    const random = seededRandom(1)
    const x = { data: Float64Array.from({ length: 800 }, random), rows: 200, columns: 4 }
    const before = lof.fit(x, defaults, context).trainingScores()
    const moved = lof.fit({ ...x, data: x.data.map((v) => v * 1000 + 5) }, defaults, context).trainingScores()
    moved.forEach((score, row) => expect(score).toBeCloseTo(before[row] ?? 0, 8))
  })

  detectorLaws(it, 'lof', () => ({
    fit: (x, seed, signal) => lof.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => lof.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`lof against PyOD 3.6.5${referenceNote}`, () => {
  // Not breastw: where more than k rows are alike, scores hang on which of them a search happens to take.
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere'])('%s: every row to 1e-9', (name) => {
    const reference = referenceJson(`scores/${name}_lof_k20.json`) as Readonly<Record<string, number[]>>
    for (const [key, x] of [
      ['scores_raw', adbench(name)],
      ['scores_zscore', standardized(adbench(name))],
    ] as const) {
      const scores = lof.fit(x, defaults, context).trainingScores()
      const errors = Array.from(scores, (score, row) => Math.abs(score / (reference[key]?.[row] ?? Number.NaN) - 1))
      expect(Math.max(...errors)).toBeLessThan(1e-9)
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
    const auc = rocAuc(lof.fit(set, defaults, context).trainingScores(), set.labels)
    expect(Math.abs(auc - pyodFigures(name, 'LOF').auc)).toBeLessThan(0.002)
  })
})
