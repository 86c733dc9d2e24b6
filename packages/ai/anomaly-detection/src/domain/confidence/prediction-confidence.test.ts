import { describe, expect, it } from 'vitest'

import golden from '../combination/__fixtures__/combination.json' with { type: 'json' } // pyod 3.6.5: see make_golden.py
import { predictionConfidence } from './prediction-confidence.ts'

const training = Float64Array.from(golden.train[0] ?? [])
const scores = Float64Array.from(golden.new[0] ?? [])

describe('predictionConfidence', () => {
  it.each(Object.entries(golden.confidence))("agrees with PyOD's at a contamination of %s", (share, expected) => {
    const actual = predictionConfidence(training, scores, Number(share))
    for (const [row, value] of expected.entries()) expect(actual[row]).toBeCloseTo(value, 10)
  })

  it('agrees with a value worked by hand', () => {
    // n = 2, one anomaly expected, cut at 1.5. A score of 3 has 2 of 2 at most it: p = (1 + 2) / (2 + 2) = 3/4, and
    // P(both of two below) = p^2 = 9/16. A score of 0: p = 1/4, P = 1/16, as a normal row 15/16.
    expect([...predictionConfidence(Float64Array.of(1, 2), Float64Array.of(3, 0), 0.5)]).toEqual([
      expect.closeTo(9 / 16, 12) as number,
      expect.closeTo(15 / 16, 12) as number,
    ])
  })

  it('is low at the border and high far from it', () => {
    const many = Float64Array.from({ length: 1000 }, (_, i) => i)
    const [low = 0, border = 0, high = 0] = predictionConfidence(many, Float64Array.of(10, 899, 999), 0.1)
    expect(Math.min(low, high)).toBeGreaterThan(0.99)
    expect(border).toBeLessThan(0.65)
  })

  it.each([0, 0.6, Number.NaN])('refuses a contamination of %s', (contamination) => {
    expect(() => predictionConfidence(training, scores, contamination)).toThrow(/contamination is .*at most 0\.5/)
  })

  it('refuses to judge by no training scores', () => {
    expect(() => predictionConfidence(new Float64Array(), scores, 0.1)).toThrow(/no training scores/)
  })
})
