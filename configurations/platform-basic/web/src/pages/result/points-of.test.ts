import { describe, expect, it } from 'vitest'

import { rowPoints, seriesPoints, strangest } from './points-of.ts'

describe('points that are drawn', () => {
  const sampled = { row: [0, 1, 2, 3], score: [1, 9, null, 2], isWhole: true }

  it('are those of one series in the order of time, with their band and the anomalies that were left out', () => {
    const series = {
      time: [300, 100, 50, 200],
      value: [30, 10, 5, null],
      entity: [0, 0, 1, 0],
      expected: [31, 11, 6, null],
      lower: [29, 9, 4, null],
      upper: [33, 13, 8, null],
    }
    const more = [
      { row: 1, score: 9, anomaly: true, time: 100 },
      { row: 70, score: 8, anomaly: true, time: 250, value: 99 },
    ]
    expect(seriesPoints({ ...sampled, series }, sampled, { entity: 0, threshold: 3, more })).toEqual({
      x: [100, 200, 250, 300],
      row: [1, 3, 70, 0],
      value: [10, null, 99, 30],
      isOdd: [true, false, true, false],
      band: { expected: [11, null, null, 31], lower: [9, null, null, 29], upper: [13, null, null, 33] },
    })
  })

  it('are values row by row where they are there, else scores', () => {
    const columns = { start: 0, lists: new Map([['a', [5, 6, 7, 8]]]) }
    const all = { name: 'a', threshold: 3, more: [] }
    expect(rowPoints(sampled, { ...all, columns })).toEqual({
      x: [1, 2, 3, 4],
      row: [0, 1, 2, 3],
      value: [5, 6, 7, 8],
      isOdd: [false, true, false, false],
    })
    expect(rowPoints(sampled, { ...all, columns: undefined }).value).toEqual([1, 9, null, 2])
  })

  it('are of the series whose anomaly stands out most', () => {
    const entity = { key: 'a', rows: 9, anomalies: 1, highest: 8, threshold: 4 }
    expect(strangest([entity, { ...entity, threshold: 2 }, { ...entity, highest: null }])).toBe(1)
    expect(strangest([])).toBe(0)
  })
})
