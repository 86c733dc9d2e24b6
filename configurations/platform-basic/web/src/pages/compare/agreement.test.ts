import { describe, expect, it } from 'vitest'

import { cutsOf } from './cuts.ts'
import { overlapOf } from './overlap.ts'
import { rankCorrelation } from './rank-correlation.ts'

describe('how two results agree', () => {
  it('is told by the rows that are in one, the other, or both', () => {
    expect(overlapOf([3, 1, 9], [9, 4, 3])).toEqual({ onlyA: [1], onlyB: [4], both: [3, 9], jaccard: 0.5 })
    expect(overlapOf([], [])).toMatchObject({ both: [], jaccard: 1 })
  })

  it('is told by the correlation of ranks, whatever the scale', () => {
    expect(rankCorrelation([1, 2, 3], [10, 100, 1000])).toBe(1)
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBe(-1)
    // ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4 about 2.5: 4.5 / sqrt(4.5 * 5)
    expect(rankCorrelation([1, 2, 2, 7], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 12)
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeUndefined()
    expect(rankCorrelation([], [])).toBeUndefined()
  })

  it('is told at each share of the rows', () => {
    const a = Array.from({ length: 200 }, (_, at) => at)
    const b = a.map((score) => (score === 199 ? -1 : score))
    const cuts = cutsOf(a, b)
    expect(cuts.map(({ share, rows, both }) => [share, rows, both])).toEqual([
      [0.005, 1, 0],
      [0.01, 2, 1],
      [0.02, 4, 3],
      [0.05, 10, 9],
      [0.1, 20, 19],
    ])
    expect(cuts[1]).toMatchObject({ scoreA: 198, scoreB: 197 })
  })
})
