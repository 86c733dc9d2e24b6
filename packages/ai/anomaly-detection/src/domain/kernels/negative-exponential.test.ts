import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { negativeExponential } from './negative-exponential.ts'

describe('negativeExponential', () => {
  it('is e^-x to a relative error of 1e-15, from 1 down to the least normal double', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 708, noNaN: true }), (x) => {
        expect(Math.abs(negativeExponential(x) / Math.exp(-x) - 1)).toBeLessThan(1.5e-15)
      }),
      { numRuns: 2000 },
    )
  })

  it('is 1 at 0 and 0 where e^-x is below every double', () => {
    expect([0, -0, 5e-324].map(negativeExponential)).toEqual([1, 1, 1])
    expect([746, 1e300, Infinity].map(negativeExponential)).toEqual([0, 0, 0])
    expect(negativeExponential(740)).toBeCloseTo(Math.exp(-740), 322)
  })
})
