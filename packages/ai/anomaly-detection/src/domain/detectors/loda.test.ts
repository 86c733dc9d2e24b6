import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { loda, type LodaParameters } from './loda.ts'

const defaults: LodaParameters = { nBins: 10, nRandomCuts: 100 }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })
const context = (seed = 1) => ({ random: seededRandom(seed) })

describe('loda', () => {
  it('scores by the share of the rows in the bin that a value falls into', () => {
    // One column: every projection is the column times a weight, its bins [0, 5) with 3 rows and [5, 10] with 1, or mirrored.
    const { state, trainingScores } = loda.fit(column(0, 1, 3, 10), { nBins: 2, nRandomCuts: 7 }, context())
    const [many, one, none] = [-Math.log(3 / 4), -Math.log(1 / 4), -Math.log(1e-12 / 4)]
    const expected = [many, many, many, one]
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 10))
    const fresh = loda.score(state, column(4.9, 5.1, -0.1, 10.1))
    for (const [row, score] of [many, one, none, none].entries()) expect(fresh[row]).toBeCloseTo(score, 10)
  })

  it('scores training rows as new rows the same', () => {
    const random = seededRandom(2)
    const x = { data: Float64Array.from({ length: 9 * 1300 }, random), rows: 1300, columns: 9 }
    const { state, trainingScores } = loda.fit(x, defaults, context())
    expect(loda.score(state, x)).toEqual(trainingScores())
    expect(state.width).toBe(3)
  })

  it('scores 0 where nothing varies, and what is unlike it as outside', () => {
    const { state, trainingScores } = loda.fit(column(0.1, 0.1, 0.1), defaults, context())
    for (const score of trainingScores()) expect(score).toBeCloseTo(0, 10)
    expect(loda.score(state, column(1e6))[0]).toBeCloseTo(Math.log(3) + Math.log(1e12), 9)
  })

  it('knows no unit, however small or large', () => {
    const random = seededRandom(3)
    const x = { data: Float64Array.from({ length: 400 }, random), rows: 100, columns: 4 }
    const expected = loda.fit(x, defaults, context()).trainingScores()
    for (const unit of [2 ** -40, 2 ** -900, 2 ** 900]) {
      const scaled = { ...x, data: x.data.map((value) => value * unit) }
      expect(loda.fit(scaled, defaults, context()).trainingScores()).toEqual(expected)
    }
  })

  detectorLaws(it, 'loda', () => ({
    fit: (x, seed, signal) => loda.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => loda.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`loda against PyOD 3.6.5${referenceNote}`, () => {
  // PyOD's bins are one off, so no agreement is asked for; it is never to be worse.
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw', 'Pima', 'cardio', 'pendigits', 'mammography'])(
    '%s: a mean ROC-AUC of five seeds that is not below',
    (name) => {
      const x = standardized(adbench(name))
      const aucs = [0, 1, 2, 3, 4].map((seed) =>
        rocAuc(loda.fit(x, defaults, context(seed)).trainingScores(), x.labels),
      )
      expect(aucs.reduce((a, b) => a + b) / aucs.length).toBeGreaterThan(pyodFigures(name, 'LODA').auc)
    },
  )
})
