import { detectorLaws } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { gesd, type GesdParameters } from './gesd.ts'

const context = { random: seededRandom(0) }
const defaults: GesdParameters = { maxOutliers: 0.1 }
const column = (values: ReadonlyArray<number>) => ({ data: Float64Array.from(values), rows: values.length, columns: 1 })

// Rosner (1983), as the NIST handbook gives it, 1.3.5.17.3.
const rosner = [
  -0.25, 0.68, 0.94, 1.15, 1.2, 1.26, 1.26, 1.34, 1.38, 1.43, 1.49, 1.49, 1.55, 1.56, 1.58, 1.65, 1.69, 1.7, 1.76, 1.77,
  1.81, 1.91, 1.94, 1.96, 1.99, 2.06, 2.09, 2.1, 2.14, 2.15, 2.23, 2.24, 2.26, 2.35, 2.37, 2.4, 2.47, 2.54, 2.62, 2.64,
  2.9, 2.92, 2.92, 2.93, 3.21, 3.26, 3.3, 3.59, 3.68, 4.3, 4.64, 5.34, 5.42, 6.01,
]

/** The obvious version: takes off the farthest value and begins anew; each score is the largest from its step on. */
function obvious(values: ReadonlyArray<number>, most: number): Map<number, number> {
  const left = [...values]
  const scores = new Map<number, number>()
  const steps: { value: number; statistic: number }[] = []
  for (let step = 0; ; step++) {
    const mean = left.reduce((a, b) => a + b) / left.length
    const s = Math.sqrt(left.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (left.length - 1))
    const statistics = left.map((value) => Math.abs(value - mean) / s)
    const largest = Math.max(...statistics)
    if (step === most) {
      left.forEach((value, at) => scores.set(value, statistics[at] ?? Number.NaN))
      steps.forEach(({ value }, at) => {
        scores.set(value, Math.max(largest, ...steps.slice(at).map(({ statistic }) => statistic)))
      })
      return scores
    }
    const farthest = statistics.indexOf(largest)
    steps.push({ value: left[farthest] ?? Number.NaN, statistic: largest })
    left.splice(farthest, 1)
  }
}

describe('gesd', () => {
  it("gives Rosner's example the statistics of the NIST handbook", () => {
    // R_1 to R_10: 3.118, 2.942, 3.179, 2.810, 2.815, 2.848, 2.279, 2.310, 2.101, 2.067; each takes the largest from its own on.
    // The third alone is above its critical value, 3.144 (alpha 0.05): three outliers.
    const scores = gesd.fit(column(rosner), { maxOutliers: 10 }, context).trainingScores()
    const of = (value: number) => scores[rosner.indexOf(value)]
    for (const outlier of [6.01, 5.42, 5.34]) expect(of(outlier)).toBeCloseTo(3.179, 3)
    for (const next of [4.64, -0.25, 4.3]) expect(of(next)).toBeCloseTo(2.848, 3)
    for (const after of [3.68, 3.59]) expect(of(after)).toBeCloseTo(2.31, 3)
  })

  it('agrees with the obvious version, whatever the size of the outliers', () => {
    const random = seededRandom(6)
    for (let turn = 0; turn < 50; turn++) {
      const values = Array.from({ length: 30 }, () => (random() - 0.5) * (random() < 0.1 ? 10 ** (random() * 12) : 1))
      const expected = obvious(values, 8)
      const scores = gesd.fit(column(values), { maxOutliers: 8 }, context).trainingScores()
      for (const [row, score] of scores.entries()) {
        expect(Math.abs(score / (expected.get(values[row] ?? 0) ?? Number.NaN) - 1)).toBeLessThan(1e-9)
      }
    }
  })

  it('does not let two outliers hide each other', () => {
    const calm = Array.from({ length: 40 }, (_, at) => Math.sin(at))
    const scores = gesd.fit(column([...calm, 50, 50]), defaults, context).trainingScores()
    expect(scores[40]).toBe(scores[41])
    expect(scores[40]).toBeGreaterThan(6) // Grubbs' statistic of either is 4.4
  })

  it('scores 0 where all values are one, and new values by what stays', () => {
    const { state, trainingScores } = gesd.fit(column([5, 5, 5, 5, 5, 9]), { maxOutliers: 1 }, context)
    expect([...trainingScores().subarray(0, 5)]).toEqual([0, 0, 0, 0, 0])
    expect(trainingScores()[5]).toBeCloseTo(5 / Math.sqrt(6), 12) // (n - 1) / sqrt(n), the most there can be
    expect([...gesd.score(state, column([5, 6]))]).toEqual([0, Number.MAX_VALUE])
  })

  detectorLaws(it, 'gesd', () => ({
    fit: (x, seed, signal) => gesd.fit(x, defaults, { random: seededRandom(seed), signal }),
    score: (state, x, signal) => gesd.score(state, x, { signal }),
  }))
})
