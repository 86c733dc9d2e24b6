import { DuckDBInstance, version } from '@duckdb/node-api'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { ProfileOptions } from '../application/profile-options.ts'
import { profileTable } from '../application/profile-table.ts'
import { comparableProfile, estimatesOf } from '../testing/comparable-profile.ts'
import { insertStatements } from '../testing/insert-statements.ts'
import { randomTable } from '../testing/random-table.ts'
import { memoryEngine } from './memory/memory-engine.ts'
import { duckdbDialect } from './sql/dialects/duckdb.ts'
import { sqlEngine } from './sql/sql-engine.ts'

const deps = { now: (): number => 0, refinements: [] }

/** Few counted values: everything else comes from the distribution, as on a large table. */
const LARGE: Partial<ProfileOptions> = { exactDistinct: 10 }

it('memory and DuckDB say the same of any table', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("SET TimeZone = 'UTC'")
  const query = async (sql: string): Promise<ReadonlyArray<Record<string, unknown>>> =>
    (await connection.runAndReadAll(sql)).getRowObjectsJS()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(0, 1, 3, 40, 150),
      fc.nat(),
      fc.constantFrom({}, LARGE),
      async (rows, seed, options) => {
        const columns = randomTable(rows, seed)
        await connection.run('DROP TABLE IF EXISTS t')
        for (const statement of insertStatements('t', columns)) await connection.run(statement)
        const sql = sqlEngine({
          dialect: duckdbDialect(version()),
          query,
          source: 't',
          columns: columns.map(({ name, type }) => ({ name, physicalType: type })),
        })
        const memory = memoryEngine({
          rows,
          columns: columns.map((column) => ({ ...column, physicalType: column.type })),
        })
        const [expected, found] = [
          await profileTable({ ...deps, engine: memory }, options),
          await profileTable({ ...deps, engine: sql }, options),
        ]
        expect(comparableProfile(found, expected)).toEqual(comparableProfile(expected, found))
        for (const [i, estimate] of estimatesOf(found).entries()) {
          // Two estimates of a few hundred values: each within 5 standard errors of 1.6 %.
          const other = estimatesOf(expected)[i] ?? 0
          expect(Math.abs(estimate - other)).toBeLessThanOrEqual(1 + 0.16 * other)
        }
      },
    ),
    { numRuns: 60, seed: 20261121 },
  )
})
