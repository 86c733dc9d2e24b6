import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createFileTables } from '../file-tables.ts'
import { type ParquetRows, writeParquet } from './write-parquet.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nomaly-parquet-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(columns: ParquetRows['columns'], batches: ReadonlyArray<ReadonlyArray<unknown>>) {
  const rows = async function* () {
    for (const values of batches) {
      yield { rows: (values[0] as Float64Array).length, values: values as never } // as each test gives them
    }
  }
  const parts: Uint8Array[] = []
  for await (const part of writeParquet({ columns, batches: rows() })) parts.push(part)
  const path = join(folder, `${Math.random()}.parquet`)
  await writeFile(path, Buffer.concat(parts))
  return path
}

async function read(path: string) {
  const table = await createFileTables().open({ path })
  const columns = new Map<string, unknown[]>(table.columns.map(({ name }) => [name, []]))
  for await (const batch of table.batches) {
    for (const { name, values } of batch.columns) columns.get(name)?.push(...values)
  }
  return Object.fromEntries(columns)
}

describe('a Parquet file that is written in row groups', () => {
  it('reads back as it was, with what is missing', async () => {
    const columns = [
      { name: 'n', kind: 'number' },
      { name: 'i', kind: 'integer' },
      { name: 'naïve "text"', kind: 'text' },
    ] as const
    const path = await written(columns, [
      [Float64Array.of(1.5, Number.NaN, -0), Int32Array.of(0, 1, 2), ['a', null, 'ü']],
      [Float64Array.of(Infinity), Int32Array.of(2 ** 31 - 1), ['']],
    ])
    expect(await read(path)).toEqual({
      n: [1.5, Number.NaN, -0, Infinity],
      i: [0, 1, 2, 2 ** 31 - 1],
      'naïve "text"': ['a', null, 'ü', ''],
    })
  })

  it('may be without rows, and have columns without values', async () => {
    const columns = [{ name: 'n', kind: 'number' }] as const
    expect(await read(await written(columns, [[Float64Array.of(Number.NaN, Number.NaN)]]))).toEqual({
      n: [Number.NaN, Number.NaN],
    })
    const empty = await written(columns, [])
    await expect(read(empty)).rejects.toThrow('there are column names and not a single row of values')
  })
})
