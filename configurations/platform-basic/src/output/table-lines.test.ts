import type { OutputRecords } from '@nomaly/ai-anomaly-detection/cli'
import { describe, expect, it } from 'vitest'

import { tableLines } from './table-lines.ts'

const records: OutputRecords = {
  columns: [
    { name: 'row', kind: 'integer' },
    { name: 'score', kind: 'number' },
    { name: 'stands_out', kind: 'text' },
  ],
  rows: [
    [7, 12.345678, 'humidity=1'],
    [1234, 0.5, 'temperature=2 and more'],
  ],
}
const drawn = (width: number, of = records): ReadonlyArray<string> =>
  [...tableLines(of, { width, heading: (text) => text })].map((line) => line.slice(0, -1))

describe('tableLines', () => {
  it('puts numbers to the right with as many decimals as the largest needs, and text to the left', () => {
    expect(drawn(Infinity)).toEqual([
      ' row   score  stands_out',
      '   7  12.346  humidity=1',
      '1234   0.500  temperature=2 and more',
    ])
  })

  it('cuts the widest text to fit, never a number', () => {
    // 4 + 2 + 6 + 2 leave 11 of 25 characters
    expect(drawn(25)[2]).toBe('1234   0.500  temperatur…')
    expect(drawn(5)[2]).toBe('1234   0.500  tempera…')
  })

  it('counts characters as a reader does', () => {
    const columns = [
      { name: 'name', kind: 'text' },
      { name: 'n', kind: 'integer' },
    ] as const
    expect(
      drawn(Infinity, {
        columns,
        rows: [
          ['e\u0301te\u0301', 1],
          ['ab', 2],
        ],
      }),
    ).toEqual(['name  n', 'e\u0301te\u0301   1', 'ab    2'])
  })

  it('shows no character that could steer a terminal', () => {
    const columns = [{ name: 'name', kind: 'text' }] as const
    expect(drawn(Infinity, { columns, rows: [['\u001B[2Jgone']] })[1]).toBe('�[2Jgone')
  })

  it('writes what comes after the measured rows as it comes', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => [i, i, i === 900 ? 'much longer than all before' : 'short'])
    const lines = drawn(Infinity, { ...records, rows })

    expect(lines).toHaveLength(1001)
    expect(lines[901]).toBe('900  900.00  much longer than all before')
    expect(drawn(30, { ...records, rows })[901]).toBe('900  900.00  much long…')
  })

  it('shows a single record as a line a field, in full', () => {
    expect(drawn(10, { ...records, rows: records.rows, layout: 'fields' }).slice(0, 3)).toEqual([
      'row         7',
      'score       12.346',
      'stands_out  humidity=1',
    ])
  })
})
