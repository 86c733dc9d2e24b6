import { describe, expect, it } from 'vitest'

import { principalPlane } from './principal-plane.ts'

describe('the principal plane', () => {
  it('lays columns that rise together along its first direction', () => {
    const x = [0, 1, 2, 3, 4]
    const points = principalPlane([x, x.map((value) => 10 * value + 7)])
    // both standardise to (value - 2) / sqrt(2); along (1, 1) / sqrt(2) that is value - 2
    expect(points.map(([first]) => Math.abs(first))).toEqual([2, 1, 0, 1, 2].map((size) => expect.closeTo(size, 9)))
    expect(points.map(([, second]) => second)).toEqual(x.map(() => expect.closeTo(0, 9)))
  })

  it('keeps the distances of two columns, whatever their directions', () => {
    const columns = [
      [1, -1, 1, -1, 0, 3],
      [1, 1, -1, -1, 2, 0],
    ]
    const spread = principalPlane(columns).reduce((sum, [a, b]) => sum + a * a + b * b, 0)
    expect(spread).toBeCloseTo(12, 6) // 6 rows of 2 columns of variance 1
  })

  it('takes what is missing for the mean, and needs one column only', () => {
    const points = principalPlane([[1, null, 3]])
    expect(points.map(([first]) => Math.abs(first))).toEqual([1, 0, 1].map((size) => expect.closeTo(size, 9)))
    expect(points.every(([, second]) => second === 0)).toBe(true)
    expect(principalPlane([[5, 5, 5]])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ])
  })
})
