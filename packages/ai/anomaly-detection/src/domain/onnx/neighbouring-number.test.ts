import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { firstDouble, singleAtMost, singleBelow } from './neighbouring-number.ts'

const single = fc.float({ noNaN: true, noDefaultInfinity: true })

describe('singleAtMost', () => {
  it('is the number itself in single precision, and the next lower one where that was rounded up', () => {
    expect(singleAtMost(0.5)).toBe(0.5)
    expect(singleAtMost(0.1)).toBeLessThan(0.1) // 0.1 is 0.10000000149 in single precision
    expect(singleAtMost(0.1)).toBe(Math.fround(0.1) - 2 ** -27)
    expect(singleAtMost(1e300)).toBe(3.402_823_466_385_288_6e38)
    expect(singleAtMost(-1e300)).toBe(-Infinity)
  })

  it('splits all numbers of single precision as the double does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), single, (split, value) => {
        expect(value <= singleAtMost(split)).toBe(value <= split)
      }),
    )
  })
})

describe('singleBelow', () => {
  it('is the next number below', () => {
    fc.assert(
      fc.property(single, (value) => {
        const below = singleBelow(value)
        expect(below).toBeLessThan(value)
        expect(Math.fround((below + value) / 2)).toSatisfy((middle: number) => middle === below || middle === value)
      }),
    )
  })
})

describe('firstDouble', () => {
  it('finds where a condition begins to hold, to the last bit', () => {
    const doubles = fc.double({ noNaN: true, min: -1e300, max: 1e300 })
    fc.assert(
      fc.property(doubles, (from) => {
        expect(firstDouble(-Number.MAX_VALUE, Number.MAX_VALUE, (value) => value >= from)).toBe(from === 0 ? 0 : from)
      }),
    )
  })
})
