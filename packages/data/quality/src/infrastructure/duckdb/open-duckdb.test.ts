import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, expect, it } from 'vitest'

import { validate } from '../../application/validate.ts'
import { openDuckdb } from './open-duckdb.ts'

const folder = mkdtempSync(join(tmpdir(), 'nomaly-quality-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('checks a file, gives failing rows by key and the statement that selects them', async () => {
  const file = join(folder, "it's.csv")
  writeFileSync(file, 'id,amount\n1,5\n2,-1\n3,\n2,7\n')
  const { engine, close } = await openDuckdb({ paths: [file], temporaryFolder: folder })
  const { results, rows } = await validate(
    {
      name: 's',
      expectations: [
        { type: 'expectColumnValuesToBeBetween', kwargs: { column: 'amount', minValue: 0 } },
        { type: 'expectColumnValuesToBeUnique', kwargs: { column: 'id' } },
        { type: 'expectColumnValuesToBeIncreasing', kwargs: { column: 'id' } },
        {
          type: 'unexpectedRowsExpectation',
          kwargs: { unexpectedRowsQuery: 'SELECT * FROM {table} WHERE amount > 6' },
        },
        { type: 'unexpectedRowsExpectation', kwargs: { unexpectedRowsQuery: 'SELECT 1) AS q; DROP TABLE data; --' } },
      ],
    },
    engine,
    { resultFormat: 'COMPLETE', keyColumns: ['id'] },
  )
  expect(rows).toBe(4)
  expect(results[0]?.result).toMatchObject({ unexpectedCount: 1, unexpectedIndexList: [{ amount: -1, id: 2 }] })
  expect(results[0]?.result.unexpectedIndexQuery).toMatch(
    /^SELECT .*"id".* FROM data AS t WHERE NOT \("amount" >= 0\)$/,
  )
  expect(results[1]?.result).toMatchObject({ unexpectedCount: 2, partialUnexpectedList: [2, 2] })
  expect(results[2]?.result).toMatchObject({ unexpectedCount: 1, partialUnexpectedList: [2] })
  expect(results[3]?.result.details).toEqual({ unexpectedRows: [{ id: 2, amount: 7 }] })
  expect(results[4]?.exception?.code).toBe('quality/invalid-arguments')
  await close()
  expect(readdirSync(folder)).toEqual(["it's.csv"])
})

it('reads a column again as text when a late value is none of its numbers', async () => {
  const file = join(folder, 'late.csv')
  writeFileSync(file, `id\n${Array.from({ length: 30_000 }, (_, i) => i).join('\n')}\nlate\n`)
  const { engine, close } = await openDuckdb({ paths: [file] })
  const [column] = await engine.columns()
  expect(column?.kind).toBe('text')
  await close()
})

it('says what is wrong with a file', async () => {
  await expect(openDuckdb({ paths: [join(folder, 'none.parquet')] })).rejects.toMatchObject({
    code: 'quality/unreadable-data',
  })
  writeFileSync(join(folder, 'broken.parquet'), 'PAR1 no')
  await expect(openDuckdb({ paths: [join(folder, 'broken.parquet')] })).rejects.toMatchObject({
    code: 'quality/unreadable-data',
  })
  const rows = Array.from({ length: 20_000 }, (_, i) => `${i},x`)
  writeFileSync(join(folder, 'mixed.csv'), `a,b\r\n${rows.join('\r\n')}\n1,y\n`)
  await expect(openDuckdb({ paths: [join(folder, 'mixed.csv')] })).rejects.toMatchObject({
    code: 'quality/unreadable-data',
    message: expect.stringMatching(/mixed\.csv: .* CR LF and in LF/) as unknown,
  })
  writeFileSync(join(folder, 'cut.csv.gz'), gzipSync('a,b\n'.repeat(10_000)).subarray(0, 60))
  await expect(openDuckdb({ paths: [join(folder, 'cut*.csv.gz')] })).rejects.toMatchObject({
    code: 'quality/unreadable-data',
    message: expect.stringMatching(/cut\.csv\.gz.* cut off/) as unknown,
  })
  for (const [name, content, why] of [
    ['twice.csv', 'a,b,a\n1,2,3\n', /twice\.csv: the header has the name "a" twice/],
    ['latin.csv', new Uint8Array([110, 10, 77, 252, 10]), /Invalid unicode/],
    ['long.csv', `n,t\n1,${'secret'.repeat(500_000)}\n`, /^(?!.*secret).*Maximum line size/],
  ] as const) {
    writeFileSync(join(folder, name), content)
    await expect(openDuckdb({ paths: [join(folder, name)] })).rejects.toMatchObject({
      code: 'quality/unreadable-data',
      message: expect.stringMatching(why) as unknown,
    })
  }
  await expect(openDuckdb({ paths: ['x.doc'] })).rejects.toMatchObject({ code: 'quality/unreadable-data' })
})

it('ends a running query when the time is over', async () => {
  const file = join(folder, 'small.csv')
  writeFileSync(file, 'id\n1\n')
  const { engine, close } = await openDuckdb({ paths: [file] })
  const query = 'SELECT count(*) AS n FROM range(4000000000) a WHERE hash(range) = 1'
  const suite = { name: 's', expectations: [{ type: 'expectQueryValueToBeBetween', kwargs: { query } }] }
  const begin = performance.now()
  await expect(validate(suite, engine, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
    code: 'quality/timed-out',
  })
  expect(performance.now() - begin).toBeLessThan(10_000)
  await close()
})

it('takes more memory for a wide table than it was given', async () => {
  const file = join(folder, 'wide.csv')
  const line = (of: (i: number) => string | number): string => Array.from({ length: 3000 }, (_, i) => of(i)).join(',')
  writeFileSync(file, `${line((i) => `c${i}`)}\n${line((i) => i)}\n`)
  const { engine, close } = await openDuckdb({ paths: [file], memoryLimitMb: 64 })
  expect(await engine.columns()).toHaveLength(3000)
  await close()
})
