import { describe, expect, it } from 'vitest'

import { rowsWithin } from './rows-within.ts'

describe('the rows of a stretch', () => {
  const points = { x: [10, 20, 30, 40], row: [0, 500, 1000, 1500] }

  it('reach from the point before it to the one behind it', () => {
    expect(rowsWithin(points, [22, 28], 2000)).toEqual([500, 1001])
    expect(rowsWithin(points, [12, 33], 2000)).toEqual([0, 1501])
  })

  it('are all where it is the whole', () => {
    expect(rowsWithin(points, [0, 100], 2000)).toEqual([0, 1501])
    expect(rowsWithin({ x: [], row: [] }, [0, 1], 2000)).toBeUndefined()
  })

  it('are between the least and the greatest where the axis does not follow the rows', () => {
    expect(rowsWithin({ x: [10, 20, 30], row: [900, 100, 500] }, [18, 32], 2000)).toEqual([100, 901])
  })
})
