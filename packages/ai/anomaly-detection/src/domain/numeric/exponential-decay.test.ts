import { expect, it } from 'vitest'

import { DECAYED, exponentialDecay } from './exponential-decay.ts'

it('exponentialDecay is e^-t to a few units in the last place', () => {
  let worst = 0
  for (let t = 0; t < DECAYED; t += 0.000917) worst = Math.max(worst, Math.abs(exponentialDecay(t) / Math.exp(-t) - 1))
  expect(worst).toBeLessThan(1e-15)
  expect(exponentialDecay(0)).toBe(1)
  expect(exponentialDecay(DECAYED - 1e-9) / Math.exp(-DECAYED)).toBeCloseTo(1, 8)
})

it('exponentialDecay has nothing left far out', () => {
  expect([DECAYED, 1e300, Infinity, Number.NaN].map(exponentialDecay)).toEqual([0, 0, 0, 0])
})
