import { describe, expect, it } from 'vitest'

import type { Table, TableColumn } from './ports/table-reader.ts'
import { readDataset } from './read-dataset.ts'

// Two batches of two rows each, the first row on line 2 of its source.
function tableOf(columns: Record<string, ReadonlyArray<number | string | null>>): Table {
  const kindOf = (values: ReadonlyArray<unknown>) =>
    values.some((value) => typeof value === 'string') ? 'text' : 'number'
  const batch = (from: number) => ({
    rows: 2,
    lineOf: (row: number) => 2 + from + row,
    columns: Object.entries(columns).map(([name, values]): TableColumn => {
      const part = values.slice(from, from + 2)
      return kindOf(values) === 'text'
        ? { kind: 'text', name, values: part as Array<string | null> }
        : {
            kind: 'number',
            name,
            values: Float64Array.from(part, (value) => (value === null ? Number.NaN : Number(value))),
          }
    }),
  })
  return {
    columns: Object.entries(columns).map(([name, values]) => ({ name, kind: kindOf(values) })),
    batches: (async function* () {
      yield batch(0)
      yield batch(2)
    })(),
  }
}

const sensors = { a: [1, 2, 3, 4], colour: ['red', 'blue', 'red', 'green'], b: [5, 6, 7, 8], label: [0, 0, 1, 0] }

describe('readDataset', () => {
  it('closes a table that it refuses before it reads a row', async () => {
    let closed = 0
    const table = { ...tableOf({ a: [1, 2, 3, 4], t: ['x', 'y', 'z', 'x'] }), close: async () => void closed++ }
    await expect(readDataset(table, { columns: ['b'] })).rejects.toThrow('b')
    await expect(readDataset(table, { columns: ['t'] })).rejects.toThrow('no column with numbers')
    expect(closed).toBe(2)
  })

  it('takes the number columns, keeps the label apart, and says what it left out', async () => {
    const { dataset, labels, ignored, sourceRows } = await readDataset(tableOf(sensors), { label: 'label' })
    expect(dataset).toMatchObject({ rows: 4, columns: 2, features: ['a', 'b'] })
    expect([...dataset.data]).toEqual([1, 5, 2, 6, 3, 7, 4, 8])
    expect([...(labels ?? [])]).toEqual([0, 0, 1, 0])
    expect([ignored, sourceRows]).toEqual([['colour'], 4])
  })

  it('keeps the same matrix in shared memory where threads are to work on it', async () => {
    const [own, shared] = await Promise.all([
      readDataset(tableOf(sensors), { encode: 'onehot' }),
      readDataset(tableOf(sensors), { encode: 'onehot', shared: true }),
    ])
    expect(shared.dataset.data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect([...shared.dataset.data]).toEqual([...own.dataset.data])
  })

  it('lets the shared matrix grow in place where all of it are numbers', async () => {
    const { dataset } = await readDataset(tableOf(sensors), { columns: ['b', 'a'], shared: true })
    expect(dataset.data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(dataset.data.buffer).toMatchObject({ growable: true })
    expect([dataset.rows, ...dataset.data]).toEqual([4, 5, 1, 6, 2, 7, 3, 8, 4])
  })

  it('takes the chosen columns in the chosen order', async () => {
    const { dataset } = await readDataset(tableOf(sensors), { columns: ['b', 'a'] })
    expect([...dataset.data]).toEqual([5, 1, 6, 2, 7, 3, 8, 4])
  })

  it('encodes text: one 0/1 feature a category, in ascending order', async () => {
    const { dataset } = await readDataset(tableOf(sensors), { columns: ['a', 'colour'], encode: 'onehot' })
    expect(dataset.features).toEqual(['a', 'colour=blue', 'colour=green', 'colour=red'])
    expect([...dataset.data]).toEqual([1, 0, 0, 1, 2, 1, 0, 0, 3, 0, 0, 1, 4, 0, 1, 0])
    expect(dataset.encodings).toEqual([{ column: 'colour', method: 'onehot', categories: ['blue', 'green', 'red'] }])
  })

  it('encodes text: the place of the category', async () => {
    const { dataset } = await readDataset(tableOf(sensors), { columns: ['colour'], encode: 'ordinal' })
    expect([...dataset.data]).toEqual([2, 0, 2, 1])
  })

  it('encodes later rows as a model was fitted: an unseen category is 0 in one-hot, refused in ordinal', async () => {
    const later = { colour: ['red', 'pink', 'blue', 'red'] }
    const encoding = (method: 'onehot' | 'ordinal') => [{ column: 'colour', method, categories: ['blue', 'red'] }]
    const { dataset } = await readDataset(tableOf(later), { encodings: encoding('onehot') })
    expect([...dataset.data]).toEqual([0, 1, 0, 0, 1, 0, 0, 1])
    await expect(readDataset(tableOf(later), { encodings: encoding('ordinal') })).rejects.toThrow(
      /row 1, column 'colour'/,
    )
  })

  it('treats a missing category as a missing value', async () => {
    const table = () => tableOf({ colour: ['red', null, 'blue', 'red'] })
    await expect(readDataset(table(), { encode: 'onehot' })).rejects.toThrow(
      /line 3: row 1, column 'colour=blue' has no value/,
    )
    const { dataset } = await readDataset(table(), { encode: 'onehot', missing: 'drop' })
    expect([...(dataset.sourceRows ?? [])]).toEqual([0, 2, 3])
  })

  it('names the line of a missing value, and keeps labels with the rows that stay', async () => {
    const table = () => tableOf({ a: [1, 2, null, 4], label: [0, 1, 1, 0] })
    await expect(readDataset(table(), { label: 'label' })).rejects.toThrow(/^line 4: row 2, column 'a' has no value/)
    const { labels, dataset } = await readDataset(table(), { label: 'label', missing: 'drop' })
    expect([...(labels ?? []), dataset.rows]).toEqual([0, 1, 0, 3])
  })

  it('reads labels in words, and refuses others by line', async () => {
    const words = await readDataset(tableOf({ a: [1, 2, 3, 4], y: ['Normal', 'anomaly', 'no', 'YES'] }), { label: 'y' })
    expect([...(words.labels ?? [])]).toEqual([0, 1, 0, 1])
    const table = tableOf({ a: [1, 2, 3, 4], y: [1, 1, 1, -1] })
    await expect(readDataset(table, { label: 'y' })).rejects.toThrow(/line 5, column 'y' is no label/)
  })

  it('lets rows lack a label where only some are known', async () => {
    const words = () => tableOf({ a: [1, 2, 3, 4], y: [' ', 'anomaly', null, 'normal'] })
    const known = await readDataset(words(), { label: 'y', unlabelled: true })
    expect([...(known.labels ?? [])]).toEqual([2, 1, 2, 0])
    const numbers = tableOf({ a: [1, 2, 3, 4], y: [1, null, 0, null] })
    expect([...((await readDataset(numbers, { label: 'y', unlabelled: true })).labels ?? [])]).toEqual([1, 2, 0, 2])
    await expect(readDataset(words(), { label: 'y' })).rejects.toThrow(/line 2, column 'y' is no label/)
  })

  it('refuses unknown columns, and a table without numbers', async () => {
    await expect(readDataset(tableOf(sensors), { columns: ['c'] })).rejects.toThrow(
      "there is no column 'c'; there are: a, colour, b, label",
    )
    await expect(readDataset(tableOf(sensors), { label: 'c' })).rejects.toThrow("there is no column 'c'")
    await expect(readDataset(tableOf({ t: ['x', 'y', 'z', 'x'] }))).rejects.toThrow(
      /no column with numbers is left.*: t/,
    )
  })
})
