import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { rankInto } from './rank.ts'

const small = fc.integer({ min: -5, max: 5 })

describe('rankInto', () => {
  it('counts what lies below and what is at most, few values or many', () => {
    fc.assert(
      fc.property(fc.array(small, { maxLength: 60 }), fc.array(small, { maxLength: 200 }), (train, list) => {
        const sorted = Float64Array.from(train).sort()
        const values = Float64Array.from(list)
        const [below, atMost] = [new Uint32Array(values.length), new Uint32Array(values.length)]
        rankInto(sorted, values, below, atMost)
        expect([...below]).toEqual(list.map((value) => train.filter((other) => other < value).length))
        expect([...atMost]).toEqual(list.map((value) => train.filter((other) => other <= value).length))
      }),
    )
  })
})
