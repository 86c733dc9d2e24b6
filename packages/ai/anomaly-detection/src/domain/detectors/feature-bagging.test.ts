import { adbench, detectorLaws, hasReferenceData, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import type { Matrix } from '../matrix.ts'
import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/feature-bagging.json' with { type: 'json' }
import { featureBagging, type FeatureBaggingParameters } from './feature-bagging.ts'
import { lof } from './lof.ts'

const defaults: FeatureBaggingParameters = {
  nEstimators: 10,
  maxFeatures: 1,
  bootstrapFeatures: false,
  combination: 'average',
  nNeighbors: 20,
  metric: 'euclidean',
}
const context = (seed = 1) => ({ random: seededRandom(seed) })
const noise = (rows: number, columns: number): Matrix => {
  const random = seededRandom(8)
  return { data: Float64Array.from({ length: rows * columns }, random), rows, columns }
}

describe('feature bagging', () => {
  it('averages, or takes the largest of, the local outlier factors in its subsets', () => {
    const x = noise(60, 5)
    for (const combination of ['average', 'max'] as const) {
      const { state, trainingScores } = featureBagging.fit(x, { ...defaults, nEstimators: 3, combination }, context())
      const each = [0, 1, 2].map((subset) => {
        const features = [...state.features.subarray(state.starts[subset], state.starts[subset + 1])]
        const data = Array.from({ length: 60 }, (_, row) => features.map((feature) => x.data[row * 5 + feature] ?? 0))
        const chosen = { data: Float64Array.from(data.flat()), rows: 60, columns: features.length }
        return lof.fit(chosen, defaults, context()).trainingScores()
      })
      for (const [row, score] of trainingScores().entries()) {
        const three = each.map((scores) => scores[row] ?? Number.NaN)
        const expected = combination === 'max' ? Math.max(...three) : three.reduce((a, b) => a + b) / 3
        expect(score).toBeCloseTo(expected, 12)
      }
    }
  })

  it('is LOF itself where there is a single feature', () => {
    const x = noise(40, 1)
    const scores = featureBagging.fit(x, defaults, context()).trainingScores()
    const expected = lof.fit(x, defaults, context()).trainingScores()
    scores.forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? 0, 12))
  })

  it('draws between half and the asked share of the features, each size as often', () => {
    const x = noise(5, 8)
    const { state } = featureBagging.fit(x, { ...defaults, nEstimators: 900, maxFeatures: 0.75 }, context())
    const sizes = new Map<number, number>()
    for (let subset = 0; subset < 900; subset++) {
      const drawn = state.features.subarray(state.starts[subset], state.starts[subset + 1])
      expect(new Set(drawn).size).toBe(drawn.length)
      sizes.set(drawn.length, (sizes.get(drawn.length) ?? 0) + 1)
    }
    expect([...sizes.keys()].sort((a, b) => a - b)).toEqual([4, 5, 6])
    for (const times of sizes.values()) expect(Math.abs(times - 300)).toBeLessThan(60) // four standard deviations
  })

  it('draws with replacement when asked', () => {
    const { state } = featureBagging.fit(noise(5, 8), { ...defaults, bootstrapFeatures: true }, context())
    const repeats = Array.from({ length: 10 }, (_, subset) => {
      const drawn = state.features.subarray(state.starts[subset], state.starts[subset + 1])
      return drawn.length - new Set(drawn).size
    })
    expect(Math.max(...repeats)).toBeGreaterThan(0)
  })

  detectorLaws(it, 'feature bagging', () => ({
    fit: (x, seed, signal) => featureBagging.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => featureBagging.score(state, x, { signal }),
  }))
})

describe.skipIf(!hasReferenceData)(`feature bagging against PyOD 3.6.5${referenceNote}`, () => {
  it.each(Object.entries(golden.sets))('%s: mean ROC-AUC of five seeds', (name, { auc, deviation }) => {
    const x = standardized(adbench(name))
    const aucs = [0, 1, 2, 3, 4].map((seed) =>
      rocAuc(featureBagging.fit(x, defaults, context(seed)).trainingScores(), x.labels),
    )
    const mean = aucs.reduce((a, b) => a + b) / aucs.length
    expect(Math.abs(mean - auc)).toBeLessThanOrEqual(Math.max(0.01, 3 * deviation))
  })
})
