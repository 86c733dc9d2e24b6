import { expect, it } from 'vitest'

import { alarmPrecision } from './alarm-precision.ts'

it("is the share of true alarms with Wilson's interval", () => {
  // 0.9 of 10: middle 0.9 + 3.8415 / 20, reach 1.96 sqrt(0.09 / 10 + 3.8415 / 400), both over 1.38415
  const { precision, interval } = alarmPrecision(9, 1, 2)
  expect(precision).toBe(0.9)
  expect(interval?.[0]).toBeCloseTo(0.5958499732047614, 12)
  expect(interval?.[1]).toBeCloseTo(0.9821237869049271, 12)
  expect(alarmPrecision(0, 0, 1)).toEqual({
    reviewed: 0,
    trueAlarms: 0,
    falseAlarms: 0,
    missed: 1,
    precision: null,
    interval: null,
  })
  expect(alarmPrecision(3, 0, 0).interval?.[1]).toBeCloseTo(1, 12)
  expect(alarmPrecision(0, 3, 0).interval?.[0]).toBeCloseTo(0, 12)
})
