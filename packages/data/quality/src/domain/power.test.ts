import { expect, it } from 'vitest'

import { powerOf } from './power.ts'

it('concludes from 59 good rows of 59 that 95 % are good, not from 58', () => {
  // 0.95 ** 58 = 0.0510 and 0.95 ** 59 = 0.0485.
  expect(powerOf(59, 0, 0.95)).toEqual({ sufficient: true, rows: 59, needed: 59 })
  expect(powerOf(58, 0, 0.95)).toEqual({ sufficient: false, rows: 58, needed: 59 })
})

it('concludes that too few are good: P(X >= 3) of 10 at 5 % is 0.0115', () => {
  expect(powerOf(10, 3, 0.95).sufficient).toBe(true)
  // P(X >= 1) = 1 - 0.95 ** 10 = 0.40 and P(X <= 1) = 0.91: neither side
  expect(powerOf(10, 1, 0.95)).toEqual({ sufficient: false, rows: 10, needed: expect.any(Number) })
})

it('needs no power for all or nothing, and says so when no number of rows would do', () => {
  expect(powerOf(1, 0, 1).sufficient).toBe(true)
  expect(powerOf(100, 10, 0.9).needed).toBeNull()
  expect(powerOf(0, 0, 0.9)).toEqual({ sufficient: false, rows: 0, needed: 29 })
  // Large tables keep their precision: 1,000 bad of 1,000,000 against 0.2 %.
  expect(powerOf(1_000_000, 1000, 0.998).sufficient).toBe(true)
})
