import fc from 'fast-check'
import { expect, it } from 'vitest'

import { descendingOrder } from './descending-order.ts'

it('is the order of a plain sort, whatever the numbers', () => {
  const scores = fc.array(fc.oneof(fc.double(), fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity)))
  fc.assert(
    fc.property(scores, (given) => {
      const plain = [...given.keys()].sort((a, b) => {
        const [x, y] = [given[a] as number, given[b] as number]
        if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b
        return (x < y ? 1 : x > y ? -1 : 0) || a - b
      })
      expect([...descendingOrder(Float64Array.from(given))]).toEqual(plain)
    }),
  )
})
