import { describe, expect, it } from 'vitest'

import { sorted } from './sorted.ts'

describe('sorted rows', () => {
  it('order numbers by size, words by the numbers in them, and put what is missing last either way', () => {
    const by = (key: number | string | null): number | string | null => key
    expect(sorted([10, null, 9, -1], by, false)).toEqual([-1, 9, 10, null])
    expect(sorted([10, null, 9, -1], by, true)).toEqual([10, 9, -1, null])
    expect(sorted(['run 10', 'run 9'], by, false)).toEqual(['run 9', 'run 10'])
  })

  it('keep the order of equal ones', () => {
    const rows = [
      { at: 1, name: 'a' },
      { at: 1, name: 'b' },
    ]
    expect(sorted(rows, ({ at }) => at, true)).toEqual(rows)
  })
})
