import { adbench, detectorLaws, hasReferenceData, referenceNote, standardized } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../metrics/roc-auc.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { autoEncoder } from './auto-encoder.ts'

const defaults = { hiddenNeuronList: null, epochNum: 10, batchSize: 32, lr: 0.001, weightDecay: 1e-5, trim: 0.1 }

describe('autoEncoder', () => {
  it('scores the distance between a standardized row and what the network makes of it', () => {
    // mean 1, deviation 2: 7 becomes 3; the network doubles its input: |3 - 6| = 3; 1 becomes 0 and stays
    const one = Float64Array.of(1)
    const state = {
      columns: 1,
      sizes: [1, 1, 1],
      weights: Float64Array.of(1, 0, 2, 0),
      factors: one,
      means: one,
      deviations: Float64Array.of(2),
    }
    const scores = autoEncoder.score(state, { data: Float64Array.of(7, 1), rows: 2, columns: 1 })
    expect([...scores]).toEqual([3, 0])
  })

  it('finds a row that breaks a relation which each column alone obeys', () => {
    const random = seededRandom(8)
    const rows = Array.from({ length: 600 }, () => {
      const [u, v] = [2 * random() - 1, 2 * random() - 1]
      return [u, v, u * v]
    })
    rows.push([0.8, 0.8, -0.6]) // the product is 0.64
    const x = { data: Float64Array.from(rows.flat()), rows: rows.length, columns: 3 }
    const parameters = { ...defaults, hiddenNeuronList: [32, 2], epochNum: 100, lr: 0.01 }
    const scores = autoEncoder.fit(x, parameters, { random: seededRandom(1) }).trainingScores()
    const above = scores.filter((score) => score > (scores[600] ?? 0)).length
    expect(above).toBeLessThan(6)
  })
})

describe('the laws', () => {
  detectorLaws(
    it,
    'auto_encoder',
    () => ({
      fit: (x, seed, signal) => autoEncoder.fit(x, defaults, { random: seededRandom(seed), signal }),
      score: (state, x, signal) => autoEncoder.score(state, x, { signal }),
    }),
    { rowOrderInvariant: false },
  )
})

describe.skipIf(!hasReferenceData)(`auto_encoder on ADBench${referenceNote}`, () => {
  it.each([
    ['breastw', 0.9],
    ['thyroid', 0.9],
    ['cardio', 0.7],
  ])('%s: ranks far better than chance', (name, least) => {
    const x = standardized(adbench(name))
    const aucs = [0, 1, 2].map((seed) =>
      rocAuc(autoEncoder.fit(x, defaults, { random: seededRandom(seed) }).trainingScores(), x.labels),
    )
    expect(aucs.reduce((a, b) => a + b) / aucs.length).toBeGreaterThan(least)
  })
})
