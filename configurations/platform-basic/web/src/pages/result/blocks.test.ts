import { describe, expect, it } from 'vitest'

import { blocksOf } from './blocks.ts'

describe('the rows to look at', () => {
  it('are all where they are few', () => {
    expect(blocksOf(10, 60, 50, 5)).toEqual([{ start: 10, limit: 50 }])
    expect(blocksOf(5, 5, 50, 5)).toEqual([])
  })

  it('are spread from the first to the last where they are many', () => {
    expect(blocksOf(0, 100, 30, 10)).toEqual([
      { start: 0, limit: 10 },
      { start: 45, limit: 10 },
      { start: 90, limit: 10 },
    ])
    const blocks = blocksOf(0, 10_000_000, 50_000, 1000)
    expect(blocks.reduce((sum, { limit }) => sum + limit, 0)).toBe(50_000)
    expect(blocks.at(-1)).toEqual({ start: 9_999_000, limit: 1000 })
    expect(blocks.every(({ start }, at) => at === 0 || start >= (blocks[at - 1]?.start ?? 0) + 1000)).toBe(true)
  })
})
