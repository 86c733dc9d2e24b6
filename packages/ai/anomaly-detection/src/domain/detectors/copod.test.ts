import { adbench, detectorLaws, hasReferenceData, referenceJson, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { copod } from './copod.ts'

const context = { random: seededRandom(0) }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })

describe('copod', () => {
  it('takes the tail on the skewed side, or the mean of both where that is more', () => {
    // 1, 2, 3, 10 lean right. Left tails 1/4 2/4 3/4 4/4, right tails 4/4 3/4 2/4 1/4.
    // 1: max(0, ln 4 / 2); 2: max(ln 4/3, (ln 2 + ln 4/3) / 2); 3: max(ln 2, ...); 10: max(ln 4, ln 4 / 2)
    const { trainingScores } = copod.fit(column(1, 2, 3, 10), {}, context)
    const expected = [Math.log(4) / 2, (Math.log(2) + Math.log(4 / 3)) / 2, Math.log(2), Math.log(4)]
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 14))
  })

  it('adds both tails where a feature has no skew', () => {
    const scores = copod.fit(column(-1, 0, 0, 1), {}, context).trainingScores()
    expect(scores[1]).toBeCloseTo(2 * Math.log(4 / 3), 14)
  })

  it('scores training rows as new rows the same', () => {
    const x = { data: Float64Array.from({ length: 600 }, seededRandom(5)), rows: 200, columns: 3 }
    const { state, trainingScores } = copod.fit(x, {}, context)
    expect(copod.score(state, x)).toEqual(trainingScores())
  })
})

describe('the laws', () => {
  detectorLaws(it, 'copod', () => ({
    fit: (x, seed, signal) => copod.fit(x, {}, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => copod.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`copod against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw'])('%s: every row to 1e-9', (name) => {
    const reference = referenceJson(`scores/${name}_copod.json`) as Readonly<Record<string, number[]>>
    for (const [key, x] of [
      ['scores_raw', adbench(name)],
      ['scores_zscore', standardized(adbench(name))],
    ] as const) {
      const scores = copod.fit(x, {}, context).trainingScores()
      const errors = Array.from(scores, (score, row) => Math.abs(score / (reference[key]?.[row] ?? Number.NaN) - 1))
      expect(Math.max(...errors)).toBeLessThan(1e-9)
    }
  })
})
