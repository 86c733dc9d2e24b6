import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { median, quantile, selectInPlace } from './order-statistic.ts'

const doubles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 })

describe('quantile', () => {
  it('interpolates as numpy does', () => {
    // position = 0.9 * 3 = 2.7: between 3 and 10, 3 + 0.7 * 7 = 7.9
    expect(quantile(Float64Array.of(10, 1, 3, 2), 0.9)).toBeCloseTo(7.9, 14)
    expect(quantile(Float64Array.of(10, 1, 3, 2), 0)).toBe(1)
    expect(quantile(Float64Array.of(10, 1, 3, 2), 1)).toBe(10)
  })

  it('leaves its input alone', () => {
    const values = Float64Array.of(3, 1, 2)
    quantile(values, 0.3)
    expect(values).toEqual(Float64Array.of(3, 1, 2))
  })
})

describe('median', () => {
  it('is the middle, or the mean of the two middles', () => {
    expect(median(Float64Array.of(5, 1, 3))).toBe(3)
    expect(median(Float64Array.of(5, 1, 3, 4))).toBe(3.5)
    expect(median(Float64Array.of(7))).toBe(7)
  })
})

describe('selectInPlace', () => {
  it('agrees with sorting, and parts the values around k', () => {
    fc.assert(
      fc.property(doubles, fc.nat(), (list, pick) => {
        const k = pick % list.length
        const values = Float64Array.from(list, (value) => value + 0)
        const sorted = values.toSorted()
        expect(selectInPlace(values, k)).toBe(sorted[k])
        expect(Math.max(-Infinity, ...values.subarray(0, k))).toBeLessThanOrEqual(sorted[k] ?? 0)
        expect(Math.min(Infinity, ...values.subarray(k))).toBeGreaterThanOrEqual(sorted[k] ?? 0)
      }),
    )
  })
})
