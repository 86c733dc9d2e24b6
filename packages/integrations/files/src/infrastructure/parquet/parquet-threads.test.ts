import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, expect, it } from 'vitest'

import type { TableSource } from '../../domain/table.ts'
import { createFileTables } from '../file-tables.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const ROWS = 400_000 // of three doubles: more than 8 MiB, from where on threads are used
const x = Array.from({ length: ROWS }, (_, row) => Math.sin(row))
const y = Array.from({ length: ROWS }, (_, row) => (row % 97 === 0 ? null : row / 7))

function fileOf(name: string, lastInteger: bigint): string {
  const whole = Array.from({ length: ROWS }, (_, row) => (row === ROWS - 5 ? lastInteger : BigInt(row)))
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: 'x', data: x, type: 'DOUBLE' },
      { name: 'y', data: y, type: 'DOUBLE', nullable: true },
      { name: 'whole', data: whole, type: 'INT64' },
      { name: 'z', data: x.toReversed(), type: 'DOUBLE' },
    ],
    rowGroupSize: 90_001,
    codec: 'UNCOMPRESSED',
  })
  const path = join(folder, name)
  writeFileSync(path, new Uint8Array(bytes))
  expect(bytes.byteLength).toBeGreaterThan(8_388_608)
  return path
}

async function read(source: TableSource, threads: number): Promise<Record<string, Float64Array>> {
  const table = await createFileTables({ threads }).open(source)
  const columns = Object.fromEntries(table.columns.map(({ name }) => [name, new Float64Array(ROWS)]))
  let rows = 0
  for await (const batch of table.batches) {
    for (const { kind, name, values } of batch.columns) if (kind === 'number') columns[name]?.set(values, rows)
    rows += batch.rows
  }
  expect(rows).toBe(ROWS)
  return columns
}

it('is read alike by one thread and by three, all columns or some', { timeout: 60_000 }, async () => {
  const path = fileOf('good.parquet', 7n)
  const one = await read({ path }, 1)
  expect(one['y']?.subarray(0, 3)).toEqual(Float64Array.of(Number.NaN, 1 / 7, 2 / 7))
  expect(await read({ path }, 3)).toEqual(one)
  expect(await read({ path, brief: true }, 2)).toEqual(one)
  expect(await read({ path, columns: ['z', 'x', 'y'], brief: true }, 2)).toEqual({
    x: one['x'],
    y: one['y'],
    z: one['z'],
  })
})

it('is refused alike, with the record', { timeout: 60_000 }, async () => {
  const path = fileOf('bad.parquet', 2n ** 53n)
  const refusal = { code: 'files/unsafe-integer', details: { path, record: ROWS - 4, column: 'whole', columnIndex: 2 } }
  await expect(read({ path }, 1)).rejects.toMatchObject(refusal)
  await expect(read({ path }, 3)).rejects.toMatchObject(refusal)
})
