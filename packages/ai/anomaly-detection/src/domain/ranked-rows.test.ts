import fc from 'fast-check'
import { expect, it } from 'vitest'

import { countAbove, rankedRows } from './ranked-rows.ts'

it('ranks as a sort of all rows above the threshold does, cut to the limit', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 200 })
  fc.assert(
    fc.property(scores, fc.integer({ min: -1, max: 12 }), fc.nat(40), (list, threshold, limit) => {
      const sorted = list
        .map((score, row) => ({ score, row }))
        .filter(({ score }) => score > threshold)
        .sort((a, b) => b.score - a.score || a.row - b.row)
        .map(({ row }) => row)
      expect([...rankedRows(Float64Array.from(list), threshold)]).toEqual(sorted)
      expect([...rankedRows(Float64Array.from(list), threshold, limit)]).toEqual(sorted.slice(0, limit))
      expect(countAbove(Float64Array.from(list), threshold)).toBe(sorted.length)
    }),
  )
})
