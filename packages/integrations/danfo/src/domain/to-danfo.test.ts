import fc from 'fast-check'
import { expect, it } from 'vitest'

import { rowsFromDanfo } from './rows-from-danfo.ts'
import { toDanfo } from './to-danfo.ts'

// What danfojs-node's constructor does with plain arrays, so that this runs without it; tools/conformance runs the real one.
const dfd = {
  DataFrame: class {
    readonly values: ReadonlyArray<ReadonlyArray<unknown>>
    readonly columns: ReadonlyArray<string>
    readonly dtypes: ReadonlyArray<string>
    readonly shape: ReadonlyArray<number>
    constructor(
      values: ReadonlyArray<ReadonlyArray<unknown>>,
      options: { readonly columns: ReadonlyArray<string>; readonly dtypes: ReadonlyArray<string> },
    ) {
      this.values = values
      this.columns = options.columns
      this.dtypes = options.dtypes
      this.shape = [values.length, options.columns.length]
    }
    get getColumnData(): ReadonlyArray<ReadonlyArray<unknown>> {
      return this.columns.map((_, i) => this.values.map((row) => row[i]))
    }
  },
}

it('gives each column a dtype that holds for all its values, and missing values in the form of its kind', () => {
  const frame = toDanfo(dfd, [
    { id: 1, big: 2 ** 31, share: 0.5, name: 'a', ok: true, at: new Date(0), some: 1 },
    { id: 2, big: 1, share: null, ok: false, at: new Date(86_400_000), some: 'x' },
    { id: 3, big: 1, share: 1, name: 'c', ok: null, at: null, some: 3n },
  ])
  expect(Object.fromEntries(frame.columns.map((name, i) => [name, frame.dtypes[i]]))).toEqual({
    id: 'int32',
    big: 'float32',
    share: 'float32',
    name: 'string',
    ok: 'boolean',
    at: 'string',
    some: 'string',
  })
  expect(frame.values).toEqual([
    [1, 2 ** 31, 0.5, 'a', true, '1970-01-01T00:00:00.000Z', '1'],
    [2, 1, Number.NaN, null, false, '1970-01-02T00:00:00.000Z', 'x'],
    [3, 1, 1, 'c', null, null, '3'],
  ])
})

it('takes a matrix, with names or without', () => {
  const matrix = { data: Float64Array.of(1, Number.NaN, 3, 4), rows: 2, columns: 2 }
  expect(toDanfo(dfd, matrix).columns).toEqual(['column_1', 'column_2'])
  const frame = toDanfo(dfd, { ...matrix, features: ['a', 'b'] })
  expect([frame.columns, frame.values]).toEqual([
    ['a', 'b'],
    [
      [1, Number.NaN],
      [3, 4],
    ],
  ])
  expect(() => toDanfo(dfd, { ...matrix, rows: 3 })).toThrow(/3 rows of 2 columns need 6 values/)
})

it('refuses, rounds or writes out what no double equals, as asked', () => {
  const rows = [{ id: 2n ** 53n + 1n }, { id: 7n }, { id: null }]
  expect(() => toDanfo(dfd, rows)).toThrow(/row 0, column 'id'.*large: 'text' or 'number'/)
  expect(toDanfo(dfd, rows, { large: 'text' }).values).toEqual([['9007199254740993'], ['7'], [null]])
  expect(toDanfo(dfd, rows, { large: 'number' }).values).toEqual([[2 ** 53], [7], [Number.NaN]])
  expect(toDanfo(dfd, [{ id: 7n }]).dtypes).toEqual(['int32'])
})

it.each([
  [[1, 2], 'danfo/not-a-table', /row 0 is no record/],
  ['text', 'danfo/not-a-table', /give records, an Apache Arrow table or a matrix/],
  [[{ a: 1 }, { a: [1] }], 'danfo/unsupported-value', /row 1, column 'a' holds Array/],
  [{ data: new Float64Array(2), rows: 1, columns: 2, features: ['x', 'x'] }, 'danfo/duplicate-column', /named 'x'/],
])('refuses %j', (source, code, message) => {
  const make = (): unknown => toDanfo(dfd, source as never)
  expect(make).toThrow(expect.objectContaining({ code }))
  expect(make).toThrow(message)
})

it('comes back as it went, but for NaN, which is missing, and times, which are texts', () => {
  const cell = fc.oneof(fc.double({ noNaN: true }), fc.string(), fc.boolean(), fc.constant(null))
  // One kind a column: a mixture becomes text.
  const columns = fc.uniqueArray(fc.tuple(fc.string(), fc.constantFrom('number', 'string', 'boolean')), {
    selector: ([name]) => name,
    minLength: 1,
    maxLength: 5,
  })
  const table = columns.chain((named) =>
    fc.array(
      fc
        .tuple(...named.map(([, kind]) => cell.map((value) => (typeof value === kind ? value : null))))
        .map((values) => Object.fromEntries(named.map(([name], i) => [name, values[i] ?? null]))),
      { minLength: 1, maxLength: 8 },
    ),
  )
  fc.assert(
    fc.property(table, (rows) => {
      expect(rowsFromDanfo(toDanfo(dfd, rows))).toEqual(rows)
    }),
  )
})
