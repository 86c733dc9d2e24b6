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
import { kde, type KdeParameters } from './kde.ts'

const defaults: KdeParameters = { bandwidth: 1 }
const context = { random: seededRandom(0) }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })

describe('kde', () => {
  it('is minus the logarithm of the mean of the kernels', () => {
    // 0, 2, 2 with bandwidth 2, in bandwidths 0, 1, 1: sums 1 + 2 e^-1/2, and e^-1/2 + 2; over 3 * 2 * sqrt(2 pi)
    const { state, trainingScores } = kde.fit(column(0, 2, 2), { bandwidth: 2 }, context)
    const part = Math.log(6 * Math.sqrt(2 * Math.PI))
    const ends = part - Math.log(2 + Math.exp(-0.5))
    for (const [row, expected] of [part - Math.log(1 + 2 * Math.exp(-0.5)), ends, ends].entries()) {
      expect(trainingScores()[row]).toBeCloseTo(expected, 13)
    }
    // -2: in bandwidths 1 from one row, 2 from two
    expect(kde.score(state, column(-2))[0]).toBeCloseTo(part - Math.log(Math.exp(-0.5) + 2 * Math.exp(-2)), 13)
  })

  it('stays exact where the density underflows', () => {
    // 100 bandwidths away: e^-5000 is no double
    const { state } = kde.fit(column(0, 0), defaults, context)
    expect(kde.score(state, column(100))[0]).toBeCloseTo(5000 + 0.5 * Math.log(2 * Math.PI), 9)
    expect([...kde.score(state, column(1e200))]).toEqual([Number.MAX_VALUE])
  })

  it.each([1, 8, 70, 300])('scores %d training rows as new rows, to rounding', (rows) => {
    const random = seededRandom(rows)
    const x = { data: Float64Array.from({ length: rows * 3 }, () => 6 * random()), rows, columns: 3 }
    const { state, trainingScores } = kde.fit(x, defaults, context)
    const again = kde.score(state, x)
    trainingScores().forEach((score, row) => expect(Math.abs(score / (again[row] ?? 0) - 1)).toBeLessThan(1e-13))
  })

  it('puts lonely rows in order whose densities rounding makes equal', () => {
    // Squared distances to the nearest: 100, 100, 400, 1600; e^-50 is lost beside the own term of 1.
    const [first = 0, second, third = 0, last = 0] = kde.fit(column(0, 10, 30, 70), defaults, context).trainingScores()
    const equal = Math.log(4) + 0.5 * Math.log(2 * Math.PI) // 4 rows, own terms of 1
    expect(second).toBe(first)
    expect(third).toBeGreaterThan(first)
    expect(last).toBeGreaterThan(third)
    expect(first).toBeCloseTo(equal, 14)
    expect(Math.abs(last / equal - 1)).toBeLessThan(1e-10)
  })

  detectorLaws(it, 'kde', () => ({
    fit: (x, seed, signal) => kde.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => kde.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`kde against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw'])('%s: every row to 1e-9', (name) => {
    const reference = referenceJson(`scores/${name}_kde_h1.json`) as Readonly<Record<string, number[]>>
    for (const [key, x] of [
      ['scores_raw', adbench(name)],
      ['scores_zscore', standardized(adbench(name))],
    ] as const) {
      const scores = kde.fit(x, defaults, context).trainingScores()
      const errors = Array.from(scores, (score, row) => Math.abs(score / (reference[key]?.[row] ?? 0) - 1))
      expect(errors).toHaveLength(x.rows)
      expect(Math.max(...errors)).toBeLessThan(1e-9)
    }
  })

  it.each(['Pima', 'cardio', 'thyroid', 'musk'])('%s: the same ROC-AUC', { timeout: 60_000 }, (name) => {
    const set = standardized(adbench(name))
    const auc = rocAuc(kde.fit(set, defaults, context).trainingScores(), set.labels)
    expect(Math.abs(auc - pyodFigures(name, 'KDE').auc)).toBeLessThan(0.002)
  })
})
