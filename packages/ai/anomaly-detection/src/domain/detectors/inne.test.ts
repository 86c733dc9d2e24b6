import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { inne, type InneParameters } from './inne.ts'

const defaults: InneParameters = { nEstimators: 200, maxSamples: 8 }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })
const context = (seed = 1) => ({ random: seededRandom(seed) })

afterEach(() => vi.unstubAllGlobals())

describe('inne', () => {
  it('scores by the smallest sphere that covers a row', () => {
    // All of 0, 1, 4 are drawn. Squared radii 1 (around 0), 1 (1), 9 (4). Ratios 1 - 1/1 = 0, 0, 1 - 1/9 = 8/9.
    const { state, trainingScores } = inne.fit(column(0, 1, 4), { nEstimators: 3, maxSamples: 8 }, context())
    expect([...state.radii.subarray(0, 3)]).toEqual([1, 1, 9])
    const at4 = 1 - 1 / 9
    trainingScores().forEach((score, row) => expect(score).toBeCloseTo(row === 2 ? at4 : 0, 14))
    // 2 lies on the rim of the sphere around 1; 7 on that around 4; -1.5 and 7.5 in none
    const scores = inne.score(state, column(2, 2.5, 7, -1.5, 7.5))
    for (const [row, expected] of [0, at4, at4, 1, 1].entries()) expect(scores[row]).toBeCloseTo(expected, 14)
  })

  it.each([1, 7, 8, 9, 20])(
    'agrees with the obvious search for sets of %d spheres, without WebAssembly too',
    (maxSamples) => {
      const random = seededRandom(maxSamples)
      const x = { data: Float64Array.from({ length: 900 }, random), rows: 300, columns: 3 }
      const { state, trainingScores } = inne.fit(x, { nEstimators: 5, maxSamples }, context())
      const scores = trainingScores()
      vi.stubGlobal('WebAssembly', undefined)
      expect(inne.score(state, x)).toEqual(scores)
      vi.unstubAllGlobals()
      expect(inne.score(state, { ...x, data: x.data.slice(30, 33), rows: 1 })[0]).toBe(scores[10])
      for (let row = 0; row < 300; row++) {
        let sum = 0
        for (let set = 0; set < 5; set++) {
          let [ratio, least] = [1, Infinity]
          for (let sphere = set * maxSamples; sphere < (set + 1) * maxSamples; sphere++) {
            let square = 0
            for (let j = 0; j < 3; j++)
              square += ((x.data[row * 3 + j] ?? 0) - (state.centers[sphere * 3 + j] ?? 0)) ** 2
            const radius = state.radii[sphere] ?? 0
            if (square <= radius && radius < least) [ratio, least] = [state.ratios[sphere] ?? 0, radius]
          }
          sum += ratio
        }
        expect(scores[row]).toBe(sum / 5)
      }
    },
  )

  it('knows no unit, however small or large', () => {
    const random = seededRandom(3)
    const x = { data: Float64Array.from({ length: 400 }, random), rows: 100, columns: 4 }
    const expected = inne.fit(x, defaults, context()).trainingScores()
    for (const unit of [2 ** -60, 2 ** -900, 2 ** 900]) {
      const scaled = { ...x, data: x.data.map((value) => value * unit) }
      expect(inne.fit(scaled, defaults, context()).trainingScores()).toEqual(expected)
    }
  })

  it('draws a share of the rows when asked, never more than there are', () => {
    expect(inne.fit(column(1, 2, 3, 4), { ...defaults, maxSamples: 0.5 }, context()).state.sampleSize).toBe(2)
    expect(inne.fit(column(1, 2, 3, 4), defaults, context()).state.sampleSize).toBe(4)
    expect([...inne.fit(column(7), defaults, context()).trainingScores()]).toEqual([0])
  })

  detectorLaws(
    it,
    'inne',
    () => ({
      fit: (x, seed, signal) => inne.fit(x, defaults, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => inne.score(state, x, { signal }),
    }),
    { rowOrderInvariant: false },
  )
})

describe.skipIf(!hasReferenceData)(`inne against PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'Ionosphere', 'breastw', 'Pima', 'cardio', 'mammography'])(
    '%s: mean ROC-AUC of five seeds',
    { timeout: 60_000 },
    (name) => {
      const x = standardized(adbench(name))
      const aucs = [0, 1, 2, 3, 4].map((seed) =>
        rocAuc(inne.fit(x, defaults, context(seed)).trainingScores(), x.labels),
      )
      const { auc, aucSd } = pyodFigures(name, 'INNE')
      const mean = aucs.reduce((a, b) => a + b) / aucs.length
      expect(Math.abs(mean - auc)).toBeLessThanOrEqual(Math.max(0.01, 3 * aucSd))
    },
  )
})
