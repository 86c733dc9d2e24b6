import { expect, it } from 'vitest'

import { sparkline } from './sparkline.ts'

it('draws each bin against the greatest, and joins bins where there are too many', () => {
  expect(sparkline([0, 1, 4, 8], 10)).toBe(' ▁▄█')
  expect(sparkline([1, 1, 2, 2, 0, 0], 3)).toBe('▄█ ')
  expect(sparkline([1, 1_000_000], 2)).toBe('▁█')
  expect(sparkline([], 8)).toBe('')
})
