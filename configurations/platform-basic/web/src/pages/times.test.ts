import { describe, expect, it } from 'vitest'

import { isoTime, timesOf } from './times.ts'

describe('times of a column', () => {
  it.each([
    ['2014-04-01 00:05:00', Date.UTC(2014, 3, 1, 0, 5)],
    ['2014-04-01', Date.UTC(2014, 3, 1)],
    ['2014-04-01T02:00:00.25+02:00', Date.UTC(2014, 3, 1) + 250],
    ['2014-03-31T19:00-0500', Date.UTC(2014, 3, 1)],
  ])('%s is read as UTC where it says no zone', (text, time) => {
    expect(isoTime(text)).toBe(time)
  })

  it('are no times where they are words', () => {
    expect(isoTime('north')).toBeNaN()
    expect(isoTime('12')).toBeNaN()
  })

  it('are numbers in the unit that the largest tells', () => {
    expect(timesOf([1_400_000_000, null])).toEqual([1.4e12, Number.NaN])
    expect(timesOf([1.4e12])).toEqual([1.4e12])
    expect(timesOf(['1400000000'])).toEqual([1.4e12])
    expect(timesOf([1.4e18])).toEqual([1.4e12])
    expect(timesOf(['2014-04-01', null, 'x'])).toEqual([Date.UTC(2014, 3, 1), Number.NaN, Number.NaN])
  })
})
