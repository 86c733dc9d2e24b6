import { describe, expect, it } from 'vitest'

import { agoText, durationText } from './ago-text.ts'

describe('how long ago', () => {
  it.each([
    [-59_999, 'just now'],
    [30_000, 'just now'],
    [-60_000, '1 minute ago'],
    [-3 * 3_600_000 - 1, '3 hours ago'],
    [-2 * 86_400_000, '2 days ago'],
    [90_000, 'in 1 minute'],
  ])('%d ms is %s', (distance, text) => {
    expect(agoText(1e12 + distance, 1e12)).toBe(text)
  })

  it.each([
    [12.4, '12 ms'],
    [2340, '2.3 s'],
    [125_000, '2 min 5 s'],
    [3_720_000, '1 h 2 min'],
  ])('a duration of %d ms is %s', (ms, text) => {
    expect(durationText(ms)).toBe(text)
  })
})
