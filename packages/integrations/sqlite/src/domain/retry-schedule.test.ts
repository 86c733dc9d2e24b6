import { expect, it } from 'vitest'

import { DELIVERY_SCHEDULE, JOB_SCHEDULE, retryDelayMs } from './retry-schedule.ts'

it('waits longer each time, at most an hour, and ends after the last attempt', () => {
  const waits = Array.from({ length: 12 }, (_, i) => retryDelayMs(i + 1, DELIVERY_SCHEDULE, 0))
  // 3^7 = 2187 s is below the hour, 3^8 = 6561 s is not
  const seconds = [1, 3, 9, 27, 81, 243, 729, 2187, 3600, 3600, 3600]
  expect(waits).toEqual([...seconds.map((s) => s * 1000), undefined])
})

it('adds at most a quarter', () => {
  // 5 s, then 4 x 5 s
  expect([0, 0.5].map((random) => retryDelayMs(2, JOB_SCHEDULE, random))).toEqual([20_000, 22_500])
  expect(retryDelayMs(3, JOB_SCHEDULE, 0)).toBeUndefined()
})
