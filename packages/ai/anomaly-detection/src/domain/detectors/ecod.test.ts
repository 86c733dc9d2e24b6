import { adbench, detectorLaws, hasReferenceData, referenceJson, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { ecod } from './ecod.ts'

const context = { random: seededRandom(0) }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })

describe('ecod', () => {
  it('takes the further tail of each value', () => {
    // 1, 2, 3, 10 lean right. Left tails 1/4 2/4 3/4 4/4, right tails 4/4 3/4 2/4 1/4; the larger of -ln of both
    const { trainingScores } = ecod.fit(column(1, 2, 3, 10), {}, context)
    const expected = [Math.log(4), Math.log(2), Math.log(2), Math.log(4)]
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 14))
  })

  it('adds both tails where a feature has no skew, and lets equal values share them', () => {
    // -1, 0, 0, 1: the zeros have 3 values at most and 3 at least: 2 * -ln(3/4)
    const scores = ecod.fit(column(-1, 0, 0, 1), {}, context).trainingScores()
    expect(scores[1]).toBeCloseTo(2 * Math.log(4 / 3), 14)
    expect(scores[2]).toBe(scores[1])
    expect(scores[0]).toBeCloseTo(Math.log(4), 14) // ln 4 + ln 1
  })

  it('ranks new rows in the training rows alone; one beyond them all counts as 1 in n + 1', () => {
    const { state } = ecod.fit(column(1, 2, 3, 10), {}, context)
    const scores = ecod.score(state, column(2, 11, -5))
    expect(scores[0]).toBeCloseTo(Math.log(2), 14)
    expect(scores[1]).toBeCloseTo(Math.log(5), 14)
    expect(scores[2]).toBeCloseTo(Math.log(5), 14)
  })

  it('scores training rows as new rows the same', () => {
    const x = { data: Float64Array.from({ length: 600 }, seededRandom(5)), rows: 200, columns: 3 }
    const { state, trainingScores } = ecod.fit(x, {}, context)
    expect(ecod.score(state, x)).toEqual(trainingScores())
  })

  it('gives a constant feature no say', () => {
    expect(ecod.fit(column(4, 4, 4), {}, context).trainingScores()).toEqual(new Float64Array(3))
  })
})

describe('the laws', () => {
  detectorLaws(it, 'ecod', () => ({
    fit: (x, seed, signal) => ecod.fit(x, {}, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => ecod.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`ecod against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw'])('%s: every row to 1e-9', (name) => {
    const reference = referenceJson(`scores/${name}_ecod.json`) as Readonly<Record<string, number[]>>
    for (const [key, x] of [
      ['scores_raw', adbench(name)],
      ['scores_zscore', standardized(adbench(name))],
    ] as const) {
      const scores = ecod.fit(x, {}, context).trainingScores()
      const errors = Array.from(scores, (score, row) => Math.abs(score / (reference[key]?.[row] ?? Number.NaN) - 1))
      expect(Math.max(...errors)).toBeLessThan(1e-9)
    }
  })
})
