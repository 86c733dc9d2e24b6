import { describe, expect, it } from 'vitest'

import { checkNames, selectColumns } from './column-selection.ts'

describe('selectColumns', () => {
  it('answers all, or the wanted ones in the order of the file', () => {
    expect(selectColumns('f.csv', ['a', 'b', 'c'], undefined)).toEqual([0, 1, 2])
    expect(selectColumns('f.csv', ['a', 'b', 'c'], ['c', 'a', 'c'])).toEqual([0, 2])
  })

  it('names the near and the available columns', () => {
    expect(() => selectColumns('f.csv', ['Price', 'volume'], ['prise'])).toThrow(
      expect.objectContaining({
        code: 'files/unknown-column',
        message: 'f.csv: there is no column "prise", did you mean "Price"? the columns are "Price", "volume"',
        details: { path: 'f.csv', column: 'prise', near: ['Price'], available: ['Price', 'volume'] },
      }),
    )
  })

  it('does not list hundreds of columns', () => {
    const names = Array.from({ length: 100 }, (_, index) => `sensor_number_${index}`)
    expect(() => selectColumns('f.csv', names, ['x'])).toThrow(
      /there is no column "x"; the columns are .* and 88 more$/,
    )
  })
})

describe('checkNames', () => {
  it('names both positions of a name that comes twice', () => {
    expect(() => checkNames('f.csv', ['a', 'b', 'a'], 1)).toThrow(
      expect.objectContaining({
        code: 'files/duplicate-column',
        message: 'f.csv: line 1, column 3 "a": the name is taken by column 1; every column needs a name of its own',
        details: { path: 'f.csv', line: 1, column: 'a', columnIndex: 2, firstColumnIndex: 0 },
      }),
    )
  })

  it('refuses a column without a name', () => {
    expect(() => checkNames('f.csv', ['', 'b'], 1)).toThrow(
      expect.objectContaining({
        code: 'files/blank-column',
        message: expect.stringContaining('f.csv: line 1, column 1: the column has no name'),
        details: { path: 'f.csv', line: 1, columnIndex: 0 },
      }),
    )
  })
})
