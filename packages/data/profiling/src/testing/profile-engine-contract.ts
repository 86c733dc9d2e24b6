import type { ProfileEngine } from '../application/ports/profile-engine.ts'
import { ProfilingError } from '../domain/errors.ts'
import { type Case, expectEqual } from './case.ts'

/** A column of a table to make: its kind, and a value a row. Times are epoch microseconds. */
export interface ContractColumn {
  readonly name: string
  readonly kind: 'integer' | 'float' | 'text' | 'boolean' | 'timestamp'
  readonly values: ReadonlyArray<number | bigint | string | boolean | null>
}

/**
 * What every engine promises, on tables that the harness makes.
 * @param it - the runner's `it`
 * @param make - an engine over a table of these columns
 */
export function profileEngineContract(
  it: Case,
  make: (columns: ReadonlyArray<ContractColumn>) => Promise<ProfileEngine>,
): void {
  it('counts values with ties by value, NaN as one value, both zeros as one', async () => {
    const values = [2, Number.NaN, 0, -0, Number.NaN, 2, 1, null]
    const engine = await make([{ name: 'x', kind: 'float', values }])
    const [x] = await engine.table.schema()
    if (x === undefined) throw new ProfilingError('profiling/unreadable-data', 'the engine shows no column')
    const counts = await engine.columns.values(x, 3)
    expectEqual(counts.groups, 4)
    expectEqual(
      counts.items.map(({ value, count }) => [String(value), count]),
      [
        ['0', 2],
        ['2', 2],
        ['NaN', 2],
      ],
    )
    expectEqual(await engine.columns.distinct(x), 4)
  })

  it('orders texts by code point, whatever the collation', async () => {
    const engine = await make([{ name: 't', kind: 'text', values: ['b', 'B', 'ä', 'a', '\u{1f600}', '\uff5e', ''] }])
    const [t] = await engine.table.schema()
    if (t === undefined) throw new ProfilingError('profiling/unreadable-data', 'the engine shows no column')
    const { items } = await engine.columns.values(t, 10)
    expectEqual(
      items.map(({ value }) => value),
      ['', 'B', 'a', 'b', 'ä', '\uff5e', '\u{1f600}'],
    )
    expectEqual((await engine.table.totals([t])).columns[0]?.lengths, { min: 0, max: 1, sum: 6, empty: 1 })
  })

  it('keeps whole numbers past 2^53 apart', async () => {
    const values = [9_007_199_254_740_992n, 9_007_199_254_740_993n, -9_223_372_036_854_775_807n, 5, null]
    const engine = await make([{ name: 'i', kind: 'integer', values }])
    const [i] = await engine.table.schema()
    if (i === undefined) throw new ProfilingError('profiling/unreadable-data', 'the engine shows no column')
    const [totals] = (await engine.table.totals([i])).columns
    expectEqual(String(totals?.min), '-9223372036854775807')
    expectEqual(String(totals?.max), '9007199254740993')
    expectEqual(totals?.sum, '-9205357638345293817')
    expectEqual(await engine.columns.distinct(i), 4)
    expectEqual(await engine.columns.present(i, [9_007_199_254_740_993n, 6, 5]), 2)
  })

  it('answers for a table without rows', async () => {
    const engine = await make([
      { name: 'x', kind: 'float', values: [] },
      { name: 't', kind: 'text', values: [] },
    ])
    const schema = await engine.table.schema()
    const totals = await engine.table.totals(schema)
    expectEqual([totals.rows, totals.columns.map(({ count }) => count)], [0, [0, 0]])
    expectEqual(await engine.table.distinctRows(schema), 0)
    expectEqual(await engine.table.missingPatterns(schema, 5), [])
    expectEqual((await engine.table.sample(schema, { rows: 5, total: 0, seed: 1 })).complete, true)
  })

  it('groups rows by what they miss, and takes null as equal to null in duplicates', async () => {
    const engine = await make([
      { name: 'a', kind: 'integer', values: [1, null, null, 1] },
      { name: 'b', kind: 'boolean', values: [true, null, null, true] },
    ])
    const schema = await engine.table.schema()
    expectEqual(await engine.table.missingPatterns(schema, 5), [
      { missing: [], rows: 2 },
      { missing: [0, 1], rows: 2 },
    ])
    expectEqual(await engine.table.distinctRows(schema), 2)
  })

  it('draws the same sample for the same seed', async () => {
    const values = Array.from({ length: 2000 }, (_, i) => i)
    const engine = await make([{ name: 'i', kind: 'integer', values }])
    const schema = await engine.table.schema()
    const draw = { rows: 100, total: 2000, seed: 3 }
    const [first, second] = [await engine.table.sample(schema, draw), await engine.table.sample(schema, draw)]
    expectEqual(first, second)
    if (first.rows < 50 || first.rows > 200) expectEqual(first.rows, 100)
  })

  it('refuses a column that is not there', async () => {
    const engine = await make([{ name: 'x', kind: 'float', values: [1] }])
    const missing = { name: 'y', kind: 'float', physicalType: 'DOUBLE' } as const
    const code = await engine.columns.distinct(missing).then(
      () => 'no error',
      (error: unknown) => (ProfilingError.is(error) ? error.code : String(error)),
    )
    // Engines that ask a database learn it from there.
    expectEqual(['profiling/unknown-column', 'profiling/query-failed'].includes(code), true)
  })
}
