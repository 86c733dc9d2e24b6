import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Matrix } from '../matrix.ts'
import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { iforest } from './iforest.ts'

const defaults = { nEstimators: 100, maxSamples: 256, maxFeatures: 1, bootstrap: false }
const blob = (rows: number, columns: number, seed: number) => {
  const random = seededRandom(seed)
  return { data: Float64Array.from({ length: rows * columns }, () => random() + random() + random()), rows, columns }
}
const fit = (x: Matrix, seed = 1, parameters = {}) =>
  iforest.fit(x, { ...defaults, ...parameters }, { random: seededRandom(seed) })

afterEach(() => vi.unstubAllGlobals())

describe('iforest', () => {
  it('scores 2^(-E / c): two rows are apart after one split of c(2) = 1, so both score 1/2', () => {
    const { trainingScores } = fit({ data: Float64Array.of(1, 2), rows: 2, columns: 1 })
    expect([...trainingScores()]).toEqual([0.5, 0.5])
  })

  it('gives a far row the highest score, and scores in (0, 1]', () => {
    const x = blob(500, 3, 2)
    x.data.set([9, 9, 9], 300)
    const scores = fit(x).trainingScores()
    expect(scores.indexOf(Math.max(...scores))).toBe(100)
    expect(scores[100]).toBeGreaterThan(0.7)
    for (const score of scores) expect(score > 0 && score <= 1).toBe(true)
  })

  it('scores the same with and without WebAssembly, in blocks or one row at a time, in shallow and deep trees', () => {
    for (const maxSamples of [256, 2000]) {
      const x = blob(2100, 4, 3)
      const { state, trainingScores } = fit(x, 1, { maxSamples, nEstimators: 20 })
      const scores = trainingScores()
      vi.stubGlobal('WebAssembly', undefined)
      expect(iforest.score(state, x)).toEqual(scores)
      vi.unstubAllGlobals()
      const row = { data: x.data.slice(4000, 4004), rows: 1, columns: 4 }
      expect(iforest.score(state, row)[0]).toBe(scores[1000])
    }
  })

  it('grows trees on a share of the rows and features when asked', () => {
    const x = blob(200, 4, 4)
    expect(fit(x, 1, { maxSamples: 0.25 }).state.sampleSize).toBe(50)
    expect(fit(x, 1, { maxSamples: 1000 }).state.sampleSize).toBe(200)
    const { roots, features } = fit(x, 1, { maxFeatures: 0.25 }).state
    roots.forEach((root, tree) => {
      const own = features.subarray(root, roots[tree + 1] ?? features.length).filter((feature) => feature >= 0)
      expect(new Set(own).size).toBe(1)
    })
  })

  it('stops when it is told to', () => {
    const signal = AbortSignal.abort()
    expect(() => iforest.fit(blob(10, 1, 1), defaults, { random: seededRandom(1), signal })).toThrow(/cancelled/)
  })
})

describe('the laws', () => {
  detectorLaws(
    it,
    'iforest',
    () => ({
      fit: (x, seed, signal) => iforest.fit(x, defaults, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => iforest.score(state, x, { signal }),
    }),
    { rowOrderInvariant: false },
  )
})

describe.skipIf(!hasReferenceData)(`iforest against PyOD 3.6.5${referenceNote}`, () => {
  it.each([
    'Hepatitis',
    'glass',
    'vertebral',
    'Ionosphere',
    'breastw',
    'Pima',
    'cardio',
    'thyroid',
    'pendigits',
    'mammography',
  ])('%s: mean ROC-AUC of five seeds', (name) => {
    const x = standardized(adbench(name))
    const aucs = [0, 1, 2, 3, 4].map((seed) => rocAuc(fit(x, seed).trainingScores(), x.labels))
    const { auc, aucSd } = pyodFigures(name, 'IForest')
    const mean = aucs.reduce((a, b) => a + b) / aucs.length
    expect(Math.abs(mean - auc)).toBeLessThanOrEqual(Math.max(0.01, 3 * aucSd))
  })
})
