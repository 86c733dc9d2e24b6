import { expect, test } from 'vitest'

import { median } from './median.ts'

test('is the middle value, or the mean of the two in the middle', () => {
  expect(median([10, 9, 2])).toBe(9)
  expect(median([4, 1, 10, 2])).toBe(3) // (2 + 4) / 2
  expect(median([7])).toBe(7)
})

test('leaves its argument alone and refuses nothing to take the middle of', () => {
  const values = [3, 1, 2]
  median(values)
  expect(values).toEqual([3, 1, 2])
  expect(() => median([])).toThrow(RangeError)
})
