import type { OutputRecords } from '@nomaly/ai-anomaly-detection/cli'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { csvLines } from './csv-lines.ts'
import { jsonArray, jsonLines } from './json-lines.ts'
import { decimalsOf, tableNumber } from './table-number.ts'

const columns = [
  { name: 'n', kind: 'number' },
  { name: 'text', kind: 'text' },
] as const
const recordsOf = (rows: ReadonlyArray<ReadonlyArray<unknown>>): OutputRecords => ({ columns, rows })

describe('csvLines', () => {
  it('quotes what would not read back, and leaves a missing value empty', () => {
    const rows = [
      [1, 'a,b'],
      [2, 'say "x"'],
      [3, 'two\nlines'],
      [4, ' blank'],
      [undefined, null],
    ]
    expect([...csvLines(recordsOf(rows))].join('')).toBe(
      'n,text\n1,"a,b"\n2,"say ""x"""\n3,"two\nlines"\n4," blank"\n,\n',
    )
  })

  it('writes numbers that read back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const [, line = ''] = csvLines(recordsOf([[value, '']]))
        expect(Number(line.split(',')[0])).toBe(value === 0 ? 0 : value)
      }),
    )
  })

  it('writes a cell of its own kind by its text', () => {
    const records = { columns: [{ name: 'x', kind: 'text', text: JSON.stringify }] as const, rows: [[{ a: 1 }]] }
    expect([...csvLines(records)][1]).toBe('"{""a"":1}"\n')
  })
})

describe('jsonArray and jsonLines', () => {
  it('read back as the same records, cells of their own kind as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.oneof(fc.string(), fc.array(fc.integer())))), (rows) => {
        const records = rows.map(([n, text]) => ({ n, text }))
        expect(JSON.parse([...jsonArray(recordsOf(rows))].join(''))).toEqual(records)
        expect([...jsonLines(recordsOf(rows))].map((line) => JSON.parse(line))).toEqual(records)
      }),
    )
  })

  it('have null for a missing value', () => {
    expect([...jsonLines(recordsOf([[undefined, Number.NaN]]))]).toEqual(['{"n":null,"text":null}\n'])
  })
})

describe('numbers in a table', () => {
  it.each([
    [[0.8769, 0.5], 4],
    [[1, 0.25], 4],
    [[12.3], 3],
    [[1234.5], 1],
    [[123_456], 0],
    [[0.0123], 5],
    [[0], 0],
    [[Number.NaN, Infinity], 0],
  ])('%j have %i decimals', (values, decimals) => {
    expect(decimalsOf(values)).toBe(decimals)
  })

  it('are written with an exponent where decimals would hide them', () => {
    expect([tableNumber(1.5e-7, 4), tableNumber(2.5e12, 0), tableNumber(0, 2)]).toEqual([
      '1.500e-7',
      '2.500e+12',
      '0.00',
    ])
  })
})
