import { expect, test } from 'vitest'

import { growthExponent } from './exponent.ts'

test.each([0.5, 1, 2])('finds the power %d again', (power) => {
  const points = [10, 30, 70, 200].map((rows) => ({ rows, seconds: 3 * rows ** power }))
  expect(growthExponent(points)).toBeCloseTo(power, 12)
})
