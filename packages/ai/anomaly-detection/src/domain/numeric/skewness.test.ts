import { describe, expect, it } from 'vitest'

import { skewnessSign } from './skewness.ts'

describe('skewnessSign', () => {
  it('tells a long right tail from a long left one', () => {
    expect(skewnessSign(Float64Array.of(1, 2, 3, 10))).toBe(1)
    expect(skewnessSign(Float64Array.of(-1, -2, -3, -10))).toBe(-1)
    expect(skewnessSign(Float64Array.of(-1, 0, 1))).toBe(0)
  })

  it('is 0 for values that are constant up to rounding', () => {
    expect(skewnessSign(Float64Array.of(0.1, 0.1, 0.1))).toBe(0)
    expect(skewnessSign(Float64Array.of(1e300, 1e300))).toBe(0)
  })

  it('keeps its sign where the cubes would overflow or vanish', () => {
    expect(skewnessSign(Float64Array.of(1e300, 2e300, 9e300))).toBe(1)
    expect(skewnessSign(Float64Array.of(1e-300, 2e-300, 9e-300))).toBe(1)
  })
})
