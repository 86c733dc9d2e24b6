import { describe, expect, it } from 'vitest'

import { moved, rangeIn } from './range.ts'

describe('a stretch of an axis', () => {
  it('moves by a third, to the end and not beyond', () => {
    expect(moved([30, 60], [0, 100], 'later')).toEqual([40, 70])
    expect(moved([30, 60], [0, 100], 'earlier')).toEqual([20, 50])
    expect(moved([65, 95], [0, 100], 'later')).toEqual([70, 100])
    expect(moved([0, 30], [0, 100], 'earlier')).toEqual([0, 30])
  })

  it('halves and doubles about its middle, within the whole', () => {
    expect(moved([20, 60], [0, 100], 'closer')).toEqual([30, 50])
    expect(moved([30, 50], [0, 100], 'wider')).toEqual([20, 60])
    expect(moved([0, 80], [0, 100], 'wider')).toEqual([0, 100])
  })

  it('is read from a URL where it is one', () => {
    expect(rangeIn(new URLSearchParams('from=1&to=2.5'))).toEqual([1, 2.5])
    expect(rangeIn(new URLSearchParams('from=3&to=2'))).toBeUndefined()
    expect(rangeIn(new URLSearchParams(''))).toBeUndefined()
  })
})
