import { expect, it } from 'vitest'

import { DEFAULT_RETRY_SCHEDULE, retryDelayMs } from './retry-schedule.ts'

it('waits 1, 3, 9, ... seconds, at most an hour, and ends after the last attempt', () => {
  const waits = Array.from({ length: 12 }, (_, i) => retryDelayMs(i + 1, DEFAULT_RETRY_SCHEDULE, 0))
  // 3^7 = 2187 s is below the hour, 3^8 = 6561 s is not
  const seconds = [1, 3, 9, 27, 81, 243, 729, 2187, 3600, 3600, 3600]
  expect(waits).toEqual([...seconds.map((s) => s * 1000), undefined])
})

it('adds at most a quarter', () => {
  expect(retryDelayMs(1, DEFAULT_RETRY_SCHEDULE, 0.5)).toBe(1125)
})
