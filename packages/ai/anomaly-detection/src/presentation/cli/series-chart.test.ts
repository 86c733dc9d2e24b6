import { describe, expect, it } from 'vitest'

import { parseDuration, parsePeriod } from './flag-values.ts'
import { seriesChart } from './series-chart.ts'
import { durationText } from './series-notes.ts'

const drawn = (values: ArrayLike<number>, marked: ReadonlyArray<number>, width = 41): ReadonlyArray<string> => {
  const marks = new Uint8Array(values.length)
  for (const at of marked) marks[at] = 1
  const chart = { title: 'load', values: Float64Array.from(values), marks, from: 'start', to: 'end' }
  return seriesChart(chart, width, (text) => `<${text}>`)
}

describe('the picture of a series', () => {
  it('has a title, six lines of dots between the largest and the least value, marks and times', () => {
    const values = Array.from({ length: 400 }, (_, t) => (t >= 200 && t < 210 ? 100 : Math.sin(t / 9)))
    const lines = drawn(values, [203, 204])

    expect(lines).toHaveLength(9)
    expect(lines[0]).toBe('load')
    expect(lines[1]).toMatch(/^100 +[\u2800-\u28FF]+$/)
    expect(lines[6]).toMatch(/^ +-1 [\u2800-\u28FF ]+$/)
    expect(lines[7]).toMatch(/^ +<▲+>$/)
    expect(lines[8]).toMatch(/^ +start +end$/)
    const bump = lines[1]?.search(/[\u2801-\u28FF]/) ?? 0
    expect(Math.abs((lines[7]?.indexOf('<') ?? 0) - bump)).toBeLessThanOrEqual(1)
    for (const line of lines) expect(line.replaceAll(/[<>]/g, '').length).toBeLessThanOrEqual(41)
  })

  it('draws few points, constant ones, and leaves out what is missing', () => {
    expect(drawn([1, 2, 3], [])[7]?.trim()).toBe('')
    expect(drawn(new Float64Array(50).fill(4), [])[4]).toMatch(/[\u2801-\u28FF]{30}/)
    const gap = drawn(
      Array.from({ length: 90 }, (_, t) => (t > 30 && t < 60 ? Number.NaN : t % 7)),
      [],
    )
    expect(gap[3]).toMatch(/[\u2801-\u28FF] {6,}[\u2801-\u28FF]/)
    expect(drawn([Number.NaN, Number.NaN], [])).toHaveLength(9)
    const chart = { title: 'a\u001B[2J', values: Float64Array.of(1, 2), marks: new Uint8Array(2), from: '', to: '' }
    expect(seriesChart(chart, 40, String)[0]).toBe('a�[2J')
  })
})

describe('flags of time series', () => {
  it('are read', () => {
    expect([parsePeriod('auto'), parsePeriod('24')]).toEqual(['auto', 24])
    expect(['30s', '5m', '1.5h', '1d', '250ms'].map(parseDuration)).toEqual([
      30_000, 300_000, 5_400_000, 86_400_000, 250,
    ])
    expect([30_000, 300_000, 5_400_000, 250].map(durationText)).toEqual(['30 s', '5 min', '1.5 h', '250 ms'])
  })

  it.each(['0', '2.5', 'day', ''])('refuse a period of %j', (text) => {
    expect(() => parsePeriod(text)).toThrow(/whole number from 1/)
  })

  it.each(['5', '0m', 'm', '5 years', ''])('refuse a step of %j', (text) => {
    expect(() => parseDuration(text)).toThrow(/such as 30s/)
  })
})
