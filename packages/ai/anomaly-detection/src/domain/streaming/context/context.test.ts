import { expect, it } from 'vitest'

import { DailyProfile } from './daily-profile.ts'
import { SeenRange } from './seen-range.ts'

const HOUR_MS = 3_600_000

it('judges by the same part of the day: worked by hand', () => {
  const profile = new DailyProfile(1, 24)
  for (const value of [1, 3, 1, 3, 1, 3, 2]) profile.learn(Float64Array.of(value), 5 * HOUR_MS)
  expect(profile.deviation(Float64Array.of(9), 5 * HOUR_MS)).toBeNaN() // seven samples are too few
  profile.learn(Float64Array.of(2), 5 * HOUR_MS + 1)
  // mean 2, variance 6 / 8
  expect(profile.deviation(Float64Array.of(4), 5 * HOUR_MS)).toBeCloseTo(2 / Math.sqrt(0.75), 12)
  expect(profile.deviation(Float64Array.of(4), 29.9 * HOUR_MS)).toBeCloseTo(2 / Math.sqrt(0.75), 12)
  expect(profile.deviation(Float64Array.of(4), 6 * HOUR_MS)).toBeNaN()
  expect(profile.deviation(Float64Array.of(4), -19 * HOUR_MS)).toBeCloseTo(2 / Math.sqrt(0.75), 12)
  expect(profile.deviation(Float64Array.of(4), Number.NaN)).toBeNaN()
  expect(profile.usual(0, 5 * HOUR_MS)).toBe(2)
  expect(profile.usual(0, 6 * HOUR_MS)).toBeNaN()
})

it('has a bound for constants, and leaves out what is not known', () => {
  const profile = new DailyProfile(2, 1)
  for (let i = 0; i < 10; i++) profile.learn(Float64Array.of(7, Number.NaN), 0)
  expect(profile.deviation(Float64Array.of(7, 5), 0)).toBe(0)
  expect(profile.deviation(Float64Array.of(8, 5), 0)).toBe(100)
  expect(profile.deviation(Float64Array.of(Number.NaN, 5), 0)).toBeNaN()
  const constant = new DailyProfile(1, 1)
  for (let i = 0; i < 10; i++) constant.learn(Float64Array.of(0), 0)
  expect(constant.deviation(Float64Array.of(1e-9), 0)).toBe(100)
})

it('calls news what lies beyond the range by more than the tolerance', () => {
  const range = new SeenRange(2, 0.1)
  expect(range.isBeyond(Float64Array.of(1, 1))).toBe(false)
  range.learn(Float64Array.of(0, 5))
  expect(range.isBeyond(Float64Array.of(9, 9))).toBe(false) // one number has no width
  range.learn(Float64Array.of(10, Number.NaN))
  expect(range.isBeyond(Float64Array.of(11, 99))).toBe(false)
  expect(range.isBeyond(Float64Array.of(11.1, 5))).toBe(true)
  expect(range.isBeyond(Float64Array.of(-1.1, 5))).toBe(true)
  expect(range.isBeyond(Float64Array.of(Number.NaN, 5))).toBe(false)
  expect(new SeenRange(2, 0.1, JSON.parse(JSON.stringify(range))).toJSON()).toEqual({ low: [0, 5], high: [10, 5] })
  expect(new SeenRange(1, 0.1).toJSON()).toEqual({ low: [null], high: [null] })
})
