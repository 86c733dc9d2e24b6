import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { cblof, type CblofParameters } from './cblof.ts'

const defaults: CblofParameters = { nClusters: 8, alpha: 0.9, beta: 5, useWeights: false }
const column = (...values: number[]) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })
const context = (seed = 1) => ({ random: seededRandom(seed) })

describe('cblof', () => {
  // Three clusters: 0 1 2 (3 rows, center 1), 20 22 (2 rows, center 21), 50 (1 row).
  const rows = column(0, 1, 2, 20, 22, 50)

  it('measures small clusters by the nearest large one', () => {
    // alpha 0.8 of 6 rows is 4.8: the first two clusters, 5 rows, are large, so 50 is 29 from 21
    const { state, trainingScores } = cblof.fit(rows, { ...defaults, nClusters: 3, alpha: 0.8 }, context())
    expect([...state.sizes]).toEqual([3, 2, 1])
    expect([...trainingScores()]).toEqual([1, 0, 1, 1, 1, 29])
    expect([...cblof.score(state, column(9, 13, 45))]).toEqual([8, 8, 24])
  })

  it('multiplies by the size of the own cluster with useWeights', () => {
    const parameters = { ...defaults, nClusters: 3, alpha: 0.8, useWeights: true }
    expect([...cblof.fit(rows, parameters, context()).trainingScores()]).toEqual([3, 0, 3, 2, 2, 29])
  })

  it('takes the first cut that satisfies alpha and beta, then alpha, then beta, then calls all clusters large', () => {
    const large = (alpha: number, beta: number, x = rows) =>
      cblof.fit(x, { ...defaults, nClusters: 3, alpha, beta }, context()).state.large
    expect(large(0.4, 2)).toBe(2) // both alpha (3 of 2.4 rows, and 5) and beta (2 / 1) at the second
    expect(large(0.4, 3)).toBe(1) // alpha alone
    expect(large(0.9, 2)).toBe(2) // beta alone: 5 of 5.4 rows
    expect(large(0.9, 5)).toBe(3)
  })

  it('leaves clusters without rows out', () => {
    const { state, trainingScores } = cblof.fit(column(4, 4, 4, 4), defaults, context())
    expect([...trainingScores()]).toEqual([0, 0, 0, 0])
    expect(state.sizes.every((size) => size > 0)).toBe(true)
    expect([...cblof.score(state, column(7))]).toEqual([3])
  })

  detectorLaws(
    it,
    'cblof',
    () => ({
      fit: (x, seed, signal) => cblof.fit(x, defaults, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => cblof.score(state, x, { signal }),
    }),
    { rowOrderInvariant: false },
  )
})

describe.skipIf(!hasReferenceData)(`cblof against PyOD 3.6.5${referenceNote}`, () => {
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
  ])('%s: mean ROC-AUC of five seeds', { timeout: 60_000 }, (name) => {
    const x = standardized(adbench(name))
    const aucs = [0, 1, 2, 3, 4].map((seed) => rocAuc(cblof.fit(x, defaults, context(seed)).trainingScores(), x.labels))
    const { auc, aucSd } = pyodFigures(name, 'CBLOF')
    const mean = aucs.reduce((a, b) => a + b) / aucs.length
    expect(Math.abs(mean - auc)).toBeLessThanOrEqual(Math.max(0.01, 3 * aucSd))
  })
})
