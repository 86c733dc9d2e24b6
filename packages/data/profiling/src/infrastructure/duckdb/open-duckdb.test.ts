import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, expect, it } from 'vitest'

import { profileTable } from '../../application/profile-table.ts'
import type { Profile } from '../../domain/profile.ts'
import { openDuckdb } from './open-duckdb.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-duckdb-test-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function profiled(...names: ReadonlyArray<string>): Promise<Profile> {
  const temporaryFolder = join(folder, 'temporary')
  mkdirSync(temporaryFolder, { recursive: true })
  const { engine, close } = await openDuckdb({ paths: names.map((name) => join(folder, name)), temporaryFolder })
  try {
    return await profileTable({ engine, now: () => 0, refinements: [] })
  } finally {
    await close()
    expect(readdirSync(temporaryFolder)).toEqual([])
  }
}

const write = (name: string, text: string | Uint8Array): void => {
  writeFileSync(join(folder, name), text)
}

it('reads CSV, gzip, JSON lines, Parquet and globs alike', async () => {
  const csv = 'id,name,at\n1,Ann,2026-01-01 00:00:00\n2,,2026-01-02 00:00:00\n3,Bob,2026-01-03 00:00:00\n'
  write('a.csv', csv)
  write('a.csv.gz', gzipSync(csv))
  write(
    'a.jsonl',
    '{"id":1,"name":"Ann","at":"2026-01-01 00:00:00"}\n{"id":2,"at":"2026-01-02 00:00:00"}\n{"id":3,"name":"Bob","at":"2026-01-03 00:00:00"}\n',
  )
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run(`COPY (SELECT * FROM '${join(folder, 'a.csv')}') TO '${join(folder, 'a.parquet')}'`)
  const profiles = [
    await profiled('a.csv'),
    await profiled('a.csv.gz'),
    await profiled('a.jsonl'),
    await profiled('a.parquet'),
  ]
  for (const { columns, ...profile } of profiles) {
    expect(profile).toMatchObject({
      rows: 3,
      missingCells: 1,
      engine: 'duckdb',
      keys: [{ columns: ['id'] }, { columns: ['at'] }],
    })
    expect(columns.map(({ name, count }) => [name, count])).toEqual([
      ['id', 3],
      ['name', 2],
      ['at', 3],
    ])
    expect(columns[2]?.dates).toMatchObject({ min: Date.UTC(2026, 0, 1), medianStepMs: 86_400_000 })
  }
  write('part-1.csv', 'x\n1\n2\n')
  write('part-2.csv', 'x\n3\n')
  expect((await profiled('part-*.csv')).rows).toBe(3)
})

it('takes types from all rows when a late value does not fit those of the first', async () => {
  write('late.csv', `x,y\n${'1,2\n'.repeat(60_000)}oops,3\n`)
  const { rows, columns } = await profiled('late.csv')
  expect(rows).toBe(60_001)
  expect(columns.map(({ physicalType }) => physicalType)).toEqual(['VARCHAR', 'BIGINT'])
  expect(columns[0]?.top).toEqual([
    { value: '1', count: 60_000 },
    { value: 'oops', count: 1 },
  ])
})

it('refuses what it cannot read, without quoting the data', async () => {
  const unreadable = { code: 'profiling/unreadable-data' }
  await expect(profiled('none.csv')).rejects.toMatchObject(unreadable)
  write('broken.parquet', 'PAR1 this is no parquet')
  await expect(profiled('broken.parquet')).rejects.toMatchObject(unreadable)
  write('cut.csv.gz', gzipSync('a,b\n'.repeat(10_000)).subarray(0, 60))
  await expect(profiled('cut.csv.gz')).rejects.toMatchObject(unreadable)
  write('latin.csv', Uint8Array.from([...Buffer.from('a,b\n1,caf'), 0xe9, ...Buffer.from('\n2,x\n')]))
  await expect(profiled('latin.csv')).rejects.toMatchObject({
    ...unreadable,
    message: expect.stringContaining('not utf-8'),
  })
  write('long.csv', `a,b\n1,${'x'.repeat(3_000_000)}\n`)
  await expect(profiled('long.csv')).rejects.toMatchObject({
    ...unreadable,
    message: expect.stringContaining('Maximum line size'),
  })
  write('notes.xyz', 'a')
  await expect(profiled('notes.xyz')).rejects.toMatchObject({
    ...unreadable,
    message: expect.stringContaining('say the format'),
  })
  write('secret.jsonl', '{"a": 1}\n{"a": "secret value\n')
  await expect(profiled('secret.jsonl')).rejects.toMatchObject({
    ...unreadable,
    message: expect.not.stringContaining('secret value'),
  })
})

it('stops when it is told to', async () => {
  write('many.csv', `x\n${Array.from({ length: 20_000 }, (_, i) => i).join('\n')}\n`)
  const controller = new AbortController()
  const { engine, close } = await openDuckdb({ paths: [join(folder, 'many.csv')], signal: controller.signal })
  const steps: Array<string> = []
  const work = profileTable({
    engine,
    now: () => 0,
    signal: controller.signal,
    onProgress: ({ what }) => {
      steps.push(what)
      if (what === 'sample') controller.abort()
    },
  })
  await expect(work).rejects.toMatchObject({ code: 'profiling/cancelled' })
  expect(steps).toEqual(['totals', 'sample'])
  await close()
})
