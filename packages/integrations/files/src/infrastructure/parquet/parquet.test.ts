import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'

import type { TableSource } from '../../domain/table.ts'
import { createFileTables } from '../file-tables.ts'

const fixture = (name: string): string => join(import.meta.dirname, '__fixtures__', name)

async function read(source: TableSource, stdin?: Uint8Array): Promise<Record<string, ReadonlyArray<unknown>>> {
  const chunks = async function* (): AsyncGenerator<Uint8Array> {
    if (stdin !== undefined) yield stdin
  }
  const table = await createFileTables({ stdin: chunks(), batchRows: 2 }).open(source)
  const columns: Record<string, Array<unknown>> = Object.fromEntries(table.columns.map(({ name }) => [name, []]))
  for await (const batch of table.batches) {
    expect(batch.lineOf).toBeUndefined()
    for (const { name, values } of batch.columns) columns[name]?.push(...values)
  }
  return columns
}

const MISSING = Number.NaN

// What make.py wrote.
const EXPECTED = {
  id: [1, 2, MISSING, 9_007_199_254_740_991, -5],
  small: [1, -2, 3, MISSING, 5],
  unsigned: [4_294_967_295, 0, MISSING, 7, 8],
  value: [0.1, MISSING, -1e308, 5e-324, 2.5],
  single: [0.5, 0.25, MISSING, -1, 3],
  flag: [1, 0, MISSING, 1, 0],
  price: [0.57, MISSING, -12.34, 0, 99_999.99],
  name: ['a', null, 'NA', '', 'ä\n"b"'],
  day: ['2026-11-20', null, '1969-12-31', '1970-01-01', '2000-02-29'],
  at: [
    '2026-11-20T12:30:15.123456Z',
    null,
    '1969-12-31T23:59:59.500000Z',
    '1970-01-01T00:00:00Z',
    '2000-01-01T00:00:00Z',
  ],
  local: ['2026-11-20T12:30:00', null, '1999-01-01T00:00:00', '1970-01-01T00:00:00', '2000-01-01T00:00:00'],
  time: ['12:30:15.250000', null, '00:00:00', '23:59:59', '01:02:03'],
}

describe('Parquet', () => {
  it.each(['snappy', 'gzip', 'zstd', 'lz4', 'none'])('reads what pyarrow wrote with %s compression', async (codec) => {
    expect(await read({ path: fixture(`${codec}.parquet`) })).toEqual(EXPECTED)
  })

  it('reads pages of the second version', async () => {
    expect(await read({ path: fixture('second-pages.parquet') })).toEqual(EXPECTED)
  })

  it('reads columns whose values were first looked up in a dictionary and then were not, some missing', async () => {
    const data = Array.from({ length: 60_000 }, (_, row) => (row % 7 === 3 ? null : row < 30_000 ? row % 5 : row / 3))
    const bytes = parquetWriteBuffer({ columnData: [{ name: 'x', data, type: 'DOUBLE' }], pageSize: 20_000 })
    expect((await read({ path: '-' }, new Uint8Array(bytes)))['x']).toEqual(data.map((value) => value ?? MISSING))
  })

  it('reads the standard input, which it keeps in memory', async () => {
    expect(await read({ path: '-' }, await readFile(fixture('zstd.parquet')))).toEqual(EXPECTED)
  })

  it('reads the wanted columns alone, nested ones being no hindrance then', async () => {
    expect(await read({ path: fixture('zstd.parquet'), columns: ['name', 'id'] })).toEqual({
      id: EXPECTED.id,
      name: EXPECTED.name,
    })
    expect(await read({ path: fixture('nested.parquet'), columns: ['id'] })).toEqual({ id: [1] })
  })

  it('refuses nested columns, integers beyond 2^53, and no rows', async () => {
    const path = fixture('nested.parquet')
    await expect(read({ path })).rejects.toThrow(
      expect.objectContaining({
        code: 'files/unsupported-type',
        message: `${path}: column 2 "tags": the column holds LIST, neither numbers nor text; leave it out with the "columns" option`,
        details: { path, column: 'tags', columnIndex: 1, type: 'LIST' },
      }),
    )
    await expect(read({ path: fixture('unsafe-integer.parquet') })).rejects.toThrow(
      expect.objectContaining({
        code: 'files/unsafe-integer',
        details: { path: fixture('unsafe-integer.parquet'), record: 2, column: 'id', columnIndex: 0 },
      }),
    )
    await expect(read({ path: fixture('no-rows.parquet') })).rejects.toThrow(
      expect.objectContaining({ code: 'files/no-rows' }),
    )
    await expect(read({ path: fixture('zstd.parquet'), columns: ['nmae'] })).rejects.toThrow(/did you mean "name"\?/)
  })

  it('refuses what is no Parquet, or not all of it', async () => {
    const path = fixture('make.py')
    await expect(read({ path, format: 'parquet' })).rejects.toThrow(
      expect.objectContaining({
        code: 'files/malformed',
        message: expect.stringContaining('this Parquet cannot be read'),
      }),
    )
    const whole = await readFile(fixture('zstd.parquet'))
    await expect(read({ path: '-' }, whole.subarray(0, whole.length - 100))).rejects.toThrow(
      expect.objectContaining({ code: 'files/malformed' }),
    )
    await expect(read({ path: fixture('zstd.parquet'), format: 'csv' })).rejects.toThrow(/this is Parquet and not csv/)
  })

  it('reads many row groups as one table', async () => {
    const rows = 10_000
    const data = Array.from({ length: rows }, (_, row) => row / 3)
    const bytes = parquetWriteBuffer({ columnData: [{ name: 'x', data, type: 'DOUBLE' }], rowGroupSize: 999 })
    expect((await read({ path: '-' }, new Uint8Array(bytes)))['x']).toEqual(data)
  })
})
