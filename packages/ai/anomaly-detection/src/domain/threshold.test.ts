import { describe, expect, it } from 'vitest'

import { thresholdOf } from './threshold.ts'

const scores = Float64Array.of(5, 1, 2, 3, 4)

describe('thresholdOf', () => {
  it('contamination: the upper quantile', () => {
    // position = 0.9 * 4 = 3.6: between 4 and 5
    expect(thresholdOf(scores, { kind: 'contamination', contamination: 0.1 })).toBeCloseTo(4.6, 14)
  })

  it('mad: median 3, deviations 2 2 1 0 1 with median 1', () => {
    expect(thresholdOf(scores, { kind: 'mad', multiplier: 2 })).toBeCloseTo(3 + 2 * 1.4826, 14)
  })

  it('fixed: as given', () => {
    expect(thresholdOf(scores, { kind: 'fixed', value: 0.6 })).toBe(0.6)
  })

  it.each([
    [{ kind: 'contamination', contamination: 0 }, /contamination is 0; it must be above 0 and at most 0.5/],
    [{ kind: 'contamination', contamination: 0.6 }, /contamination is 0.6/],
    [{ kind: 'mad', multiplier: -1 }, /MAD multiplier is -1/],
    [{ kind: 'fixed', value: Number.NaN }, /threshold is NaN/],
  ] as const)('refuses %o', (policy, message) => {
    expect(() => thresholdOf(scores, policy)).toThrow(message)
  })
})
