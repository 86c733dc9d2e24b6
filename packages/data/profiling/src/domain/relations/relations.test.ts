import { expect, it } from 'vitest'

import type { TableSample } from '../cell.ts'
import { codedColumns } from './coded-columns.ts'
import { functionalDependencies } from './functional-dependencies.ts'
import { wideKeys } from './wide-keys.ts'

const sampleOf = (columns: Readonly<Record<string, ReadonlyArray<string | number | null>>>): TableSample => {
  const lists = Object.entries(columns)
  return {
    rows: lists[0]?.[1].length ?? 0,
    complete: true,
    columns: lists.map(([name, values]) => ({
      name,
      kind: typeof values[0] === 'number' ? 'integer' : 'text',
      values,
    })),
  }
}

it('finds sets of columns that tell rows apart, and none with a column too many', () => {
  const coded = codedColumns(
    sampleOf({
      shop: ['a', 'a', 'b', 'b', 'a', 'b'],
      day: [1, 2, 1, 2, 3, 3],
      till: [1, 1, 1, 2, 2, 2],
      gone: ['x', null, 'y', 'z', 'u', 'v'],
    }),
  )
  expect(wideKeys(coded, 6)).toEqual([['day', 'shop']])
})

it('needs three columns where two do not do', () => {
  const rows = Array.from({ length: 8 }, (_, i) => [i & 1, (i >> 1) & 1, i >> 2])
  const [a, b, c] = [0, 1, 2].map((i) => rows.map((row) => row[i] ?? 0))
  expect(wideKeys(codedColumns(sampleOf({ a: a ?? [], b: b ?? [], c: c ?? [] })), 8)).toEqual([['a', 'b', 'c']])
})

it('finds what a column fixes, with the share of rows that break it', () => {
  const zip = Array.from({ length: 200 }, (_, i) => i % 20)
  const city = zip.map((code, i) => (i === 7 ? 'elsewhere' : `city ${Math.floor(code / 4)}`))
  const found = functionalDependencies(codedColumns(sampleOf({ zip, city, constant: zip.map(() => 'x') })), 200, 0.01)
  // One of 200 rows has to go; the city does not fix the postcode.
  expect(found).toEqual([{ determinant: ['zip'], dependent: 'city', error: 1 / 200, rows: 200 }])
})

it('does not take a rare value for a dependency', () => {
  const key = Array.from({ length: 300 }, (_, i) => i % 30)
  const flag = key.map((_, i) => (i === 5 ? 'yes' : 'no')) // 299 of 300 are `no` whatever the key
  expect(functionalDependencies(codedColumns(sampleOf({ key, flag })), 300, 0.01)).toEqual([])
})
