import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/sod.json' with { type: 'json' }
import { sod, type SodParameters } from './sod.ts'

const context = { random: seededRandom(0) }
const defaults: SodParameters = { nNeighbors: 20, refSet: 10, alpha: 0.8 }
const matrixOf = (columns: number, values: ReadonlyArray<number>) => ({
  data: Float64Array.from(values),
  rows: values.length / columns,
  columns,
})

describe('sod', () => {
  it('measures the distance from the reference rows where these vary little', () => {
    // All three rows are each other's neighbours: the others are the reference. Of (0, 0) and (4, 1): means 2, 1/2,
    // variances 4, 1/4, their mean 17/8; times 0.8 is 1.7: only the second counts. (1, 9) is 8.5 off there.
    const { state, trainingScores } = sod.fit(matrixOf(2, [0, 0, 4, 1, 1, 9]), { ...defaults, nNeighbors: 2 }, context)
    // (0, 0): of (4, 1), (1, 9): variances 9/4, 16: the first, 2.5 off. (4, 1): of (0, 0), (1, 9): 1/4, 81/4: 3.5 off.
    expect([...trainingScores()]).toEqual([2.5, 3.5, 8.5])
    // A new row (1, 5): nearest are (1, 9), squared 16, and (4, 1), 25. (0, 0) names
    // both, the other two name one of them: (0, 0) is a reference row, and each of 32 lots draws one more.
    // With (4, 1): variances 4, 1/4, off by 4.5 in the second. With (1, 9): 1/4, 81/4, off by 0.5 in the first.
    const [mean = 0] = sod.score(state, matrixOf(2, [1, 5]))
    expect(mean).toBeGreaterThan(0.5)
    expect(mean).toBeLessThan(4.5)
    expect((32 * (mean - 0.5)) / 4).toBeCloseTo(Math.round((32 * (mean - 0.5)) / 4), 9)
  })

  it('scores 0 where there is no dimension to choose', () => {
    expect([...sod.fit(matrixOf(1, [1, 2, 4, 99]), defaults, context).trainingScores()]).toEqual([0, 0, 0, 0])
    expect([...sod.fit(matrixOf(2, [1, 2]), defaults, context).trainingScores()]).toEqual([0])
  })

  it.each(['20,10,0.8', '8,5,0.9'] as const)(
    'agrees with PyOD where no tie of shared neighbours is cut (%s)',
    (key) => {
      const [nNeighbors = 0, refSet = 0, alpha = 0] = key.split(',').map(Number)
      const train = matrixOf(golden.columns, golden.train)
      const actual = sod.fit(train, { nNeighbors, refSet, alpha }, context).trainingScores()
      const { scores, clear } = golden.cases[key]
      expect(actual).toHaveLength(scores.length)
      for (const [row, score] of actual.entries()) {
        if (clear[row] === true) expect(Math.abs(score - (scores[row] ?? Number.NaN))).toBeLessThan(1e-9)
      }
      expect(clear.filter(Boolean).length).toBeGreaterThan(20)
    },
  )

  detectorLaws(it, 'sod', () => ({
    fit: (x, seed, signal) => sod.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => sod.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`sod against PyOD 3.6.5${referenceNote}`, () => {
  // The sets of some size: on small ones PyOD's order of ties decides.
  it.each(['glass', 'breastw', 'Pima', 'cardio', 'thyroid', 'musk'])('%s: the same ROC-AUC, ties apart', (name) => {
    const set = standardized(adbench(name))
    const auc = rocAuc(sod.fit(set, defaults, context).trainingScores(), set.labels)
    expect(Math.abs(auc - pyodFigures(name, 'SOD').auc)).toBeLessThan(0.015)
  })
})
