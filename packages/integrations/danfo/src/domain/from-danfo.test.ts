import { describe, expect, it } from 'vitest'

import { columnsFromDanfo } from './columns-from-danfo.ts'
import type { DanfoFrameLike } from './frame-like.ts'
import { matrixFromDanfo } from './matrix-from-danfo.ts'
import { rowsFromDanfo } from './rows-from-danfo.ts'

const frame: DanfoFrameLike = {
  columns: ['id', 'ok', 'day', 'value', '2', '1'],
  dtypes: ['int32', 'float32', 'string', 'int32', 'string', 'string'],
  shape: [3, 6],
  values: [
    [1, true, '2024-02-29', 1, 'a', null],
    [2, Number.NaN, '2024-03-01T12:30', 2.5, undefined, null],
    [3, false, null, Number.NaN, 'b', null],
  ],
}

it('looks up what a column holds instead of believing its dtype', () => {
  expect(columnsFromDanfo(frame).map(({ name, kind, values }) => [name, kind, values])).toEqual([
    ['id', 'integer', [1, 2, 3]],
    ['ok', 'boolean', [true, null, false]],
    ['day', 'text', ['2024-02-29', '2024-03-01T12:30', null]],
    ['value', 'number', [1, 2.5, null]],
    ['2', 'text', ['a', null, 'b']],
    ['1', 'empty', [null, null, null]],
  ])
})

it('reads times where it is asked to, UTC where none is named', () => {
  const rows = rowsFromDanfo(frame, { columns: ['day'], dates: ['day'] })
  expect(rows).toEqual([
    { day: new Date('2024-02-29T00:00:00Z') },
    { day: new Date('2024-03-01T12:30:00Z') },
    { day: null },
  ])
  expect(() => rowsFromDanfo(frame, { dates: ['2'] })).toThrow(/row 0, column '2' is no time/)
  const noDay = { columns: ['d'], dtypes: ['string'], shape: [1, 1], values: [['2023-02-29']] }
  expect(() => rowsFromDanfo(noDay, { dates: ['d'] })).toThrow(/no time/)
})

it('makes a matrix of what is numeric, and names what is not', () => {
  expect(matrixFromDanfo(frame, { columns: ['value', 'ok'] })).toEqual({
    data: Float64Array.of(1, 1, 2.5, Number.NaN, Number.NaN, 0),
    rows: 3,
    columns: 2,
    features: ['value', 'ok'],
  })
  expect(() => matrixFromDanfo(frame)).toThrow(/column 'day' holds texts: choose others with columns/)
})

it('reads columns by the getter where there is one', () => {
  let reads = 0
  const counted = {
    columns: ['a', 'b'],
    dtypes: ['int32', 'int32'],
    shape: [1, 2],
    get values(): never {
      throw new Error('not needed')
    },
    get getColumnData() {
      reads += 1
      return [[1], [2]]
    },
  }
  expect(rowsFromDanfo(counted)).toEqual([{ a: 1, b: 2 }])
  expect(reads).toBe(1)
})

it('has no rows where the frame has none', () => {
  const empty = { columns: ['a'], dtypes: ['string'], shape: [0, 1], values: [] }
  expect([rowsFromDanfo(empty), matrixFromDanfo(empty)]).toEqual([
    [],
    { data: new Float64Array(0), rows: 0, columns: 1, features: ['a'] },
  ])
})

describe('bad input', () => {
  it.each([
    [undefined, /a DataFrame of danfojs was to be given, not undefined/],
    [[[1]], /not Array/],
    [{ columns: ['a'], dtypes: [], shape: [2, 1], values: [[1]] }, /2 rows of 1 columns, but its values have not/],
  ])('refuses %j', (found, message) => {
    expect(() => rowsFromDanfo(found as never)).toThrow(message)
    expect(() => rowsFromDanfo(found as never)).toThrow(expect.objectContaining({ code: 'danfo/not-a-frame' }))
  })

  it('names the columns there are', () => {
    expect(() => columnsFromDanfo(frame, { columns: ['idd'] })).toThrow(/no column 'idd'; it has 'id', 'ok'/)
    expect(() => columnsFromDanfo(frame, { large: 'maybe' as never })).toThrow(/large: 'refuse', 'number' or 'text'/)
  })

  it('says what cannot go through, without the value', () => {
    const odd = { columns: ['a'], dtypes: ['string'], shape: [1, 1], values: [[{ secret: 1 }]] }
    expect(() => rowsFromDanfo(odd)).toThrow("row 0, column 'a' holds Object")
    const big = { columns: ['a'], dtypes: ['int32'], shape: [1, 1], values: [[2n ** 60n]] }
    expect(() => rowsFromDanfo(big)).toThrow(expect.objectContaining({ code: 'danfo/inexact-number' }))
    expect(rowsFromDanfo(big, { large: 'text' })).toEqual([{ a: '1152921504606846976' }])
  })
})
