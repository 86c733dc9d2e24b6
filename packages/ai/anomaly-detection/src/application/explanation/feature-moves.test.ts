import { describe, expect, it } from 'vitest'

import { datasetFromColumns } from '../../domain/dataset-of.ts'
import type { Dataset } from '../../domain/dataset.ts'
import { normalizationOf, normalize } from '../../domain/normalization.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import type { ExplainedDetector } from './explained-detector.ts'
import { featureMovesOf } from './feature-moves.ts'

describe('featureMovesOf', () => {
  it.each(['ecod', 'copod', 'hbos'])('knows the scores of a moved row of %s, and the lowest of them', (id) => {
    const dataset = drawn(50)
    for (const isScaled of [false, true]) {
      const detector = explained(id, dataset, isScaled)
      const row = dataset.data.slice(0, 2)
      const { scoreMoves, lowestScore, breakpointsOf } = featureMovesOf(detector)(row)
      const values = Float64Array.from({ length: 400 }, (_, i) => -3 + i / 20)
      const points = breakpointsOf?.(1) ?? new Float64Array(0)
      const scores = scoreMoves?.(1, values) ?? new Float64Array(0)
      for (const [i, value] of values.entries()) {
        const whole = scoreOf(detector, row.with(1, value))
        expect(scores[i]).toBeCloseTo(whole, 9)
      }
      const least = Math.min(...scores, ...(scoreMoves?.(1, points) ?? []))
      expect(lowestScore?.(1)).toBeLessThanOrEqual(least)
      expect(lowestScore?.(1)).toBeCloseTo(least, 9)
    }
  })

  it('names every value at which a forest changes its mind, in the units of the data', () => {
    const dataset = drawn(50)
    for (const isScaled of [false, true]) {
      const detector = explained('iforest', dataset, isScaled)
      const row = dataset.data.slice(0, 2)
      const points = [...(featureMovesOf(detector)(row).breakpointsOf?.(0) ?? [])]
      expect(points.length).toBeGreaterThan(20)
      for (let value = -1; value < 12; value += 0.05) {
        const next = value + 0.05
        const isBetween = points.some((point) => point >= value && point <= next)
        if (!isBetween) expect(scoreOf(detector, row.with(0, next))).toBe(scoreOf(detector, row.with(0, value)))
      }
    }
  })

  it('knows nothing of others', () => {
    const dataset = drawn(30)
    expect(featureMovesOf(explained('gmm', dataset, false))(dataset.data.slice(0, 2))).toEqual({})
    expect(featureMovesOf(explained('pca', dataset, false))(dataset.data.slice(0, 2))).toEqual({})
  })
})

function drawn(rows: number): Dataset {
  const random = seededRandom(8)
  const values = () => Array.from({ length: rows }, () => Math.round(40 * random() * random()) / 4)
  return datasetFromColumns({ a: values(), b: values() })
}

function explained(id: string, dataset: Dataset, isScaled: boolean): ExplainedDetector {
  const normalization = isScaled ? normalizationOf(dataset, 'z-score') : undefined
  const fitted = configureDetector(id).fit(normalization ? normalize(dataset, normalization) : dataset, { seed: 1 })
  return { fitted, normalization, score: (x) => Promise.resolve(fitted.score(x)), signal: undefined }
}

function scoreOf({ fitted, normalization }: ExplainedDetector, row: Float64Array): number {
  const { center, scale } = normalization ?? {}
  const data = row.map((value, column) => (value - (center?.[column] ?? 0)) / (scale?.[column] ?? 1))
  return fitted.score({ data, rows: 1, columns: row.length })[0] ?? 0
}
