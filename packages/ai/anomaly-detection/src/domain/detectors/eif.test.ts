import { adbench, detectorLaws, hasReferenceData, pyodFigures, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import type { Matrix } from '../matrix.ts'
import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { standardNormal } from '../numeric/standard-normal.ts'
import { eif, type EifParameters } from './eif.ts'

const defaults: EifParameters = { nEstimators: 100, maxSamples: 256, extensionLevel: null }
const fit = (x: Matrix, seed = 1, parameters: Partial<EifParameters> = {}) =>
  eif.fit(x, { ...defaults, ...parameters }, { random: seededRandom(seed) })

/** Two round clusters, at (-5, 5) and (5, -5). */
function clusters(rows: number): Matrix {
  const normal = standardNormal(seededRandom(5))
  const data = Float64Array.from({ length: rows * 2 }, (_, at) => normal() + (at % 4 === 0 || at % 4 === 3 ? -5 : 5))
  return { data, rows, columns: 2 }
}

describe('eif', () => {
  it('scores 2^(-E / c): two rows are apart after one split of c(2) = 1, or left together at depth 1 + c(2)', () => {
    // In one dimension a split point lies between the two rows, whatever the direction: path 1, score 1/2.
    const { trainingScores } = fit({ data: Float64Array.of(1, 2), rows: 2, columns: 1 })
    expect([...trainingScores()]).toEqual([0.5, 0.5])
  })

  it('spans as many features as asked, all by default', () => {
    const x = { data: Float64Array.from({ length: 800 }, seededRandom(2)), rows: 200, columns: 4 }
    for (const [extensionLevel, slots] of [
      [0, 1],
      [2, 3],
      [9, 4],
      [null, 4],
    ] as const) {
      const { state } = fit(x, 1, { extensionLevel, nEstimators: 3 })
      expect(state.weights).toHaveLength(state.offsets.length * slots)
      for (let split = 0; split < state.offsets.length; split++) {
        expect(new Set(state.features.subarray(split * slots, (split + 1) * slots)).size).toBe(slots)
      }
    }
  })

  it('leaves out features that are constant in a node', () => {
    const data = Float64Array.from({ length: 300 }, (_, at) => (at % 3 === 1 ? 7 : Math.sin(at)))
    const { state } = fit({ data, rows: 100, columns: 3 }, 1, { nEstimators: 5 })
    state.features.forEach((feature, at) => {
      if (feature === 1) expect(state.weights[at]).toBe(0)
    })
  })

  it('sees no phantom clusters where the shadows of two clusters cross', () => {
    const x = clusters(1000)
    const phantoms = { data: Float64Array.of(-5, -5, 5, 5), rows: 2, columns: 2 }
    const above = (parameters: Partial<EifParameters>) => {
      const { state, trainingScores } = fit(x, 3, parameters)
      const scores = trainingScores()
      const lower = [...eif.score(state, phantoms)].map((score) => scores.filter((one) => one < score).length)
      return Math.min(...lower) / x.rows
    }
    expect(above({})).toBeGreaterThan(0.97) // of the rows score lower than a phantom
    expect(above({})).toBeGreaterThan(above({ extensionLevel: 0 }))
  })

  detectorLaws(
    it,
    'eif',
    () => ({
      fit: (x, seed, signal) => eif.fit(x, defaults, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => eif.score(state, x, { signal }),
    }),
    { rowOrderInvariant: false }, // a seed draws rows by their place
  )
})

describe.skipIf(!hasReferenceData)(`eif against the isolation forest of PyOD 3.6.5${referenceNote}`, () => {
  it.each(['Hepatitis', 'glass', 'vertebral', 'Ionosphere', 'breastw', 'Pima', 'cardio', 'thyroid'])(
    '%s: at extension level 0 the mean ROC-AUC of five seeds',
    (name) => {
      const x = standardized(adbench(name))
      const aucs = [0, 1, 2, 3, 4].map((seed) => rocAuc(fit(x, seed, { extensionLevel: 0 }).trainingScores(), x.labels))
      const { auc, aucSd } = pyodFigures(name, 'IForest')
      const mean = aucs.reduce((a, b) => a + b) / aucs.length
      expect(Math.abs(mean - auc)).toBeLessThanOrEqual(Math.max(0.01, 3 * aucSd))
    },
  )
})
