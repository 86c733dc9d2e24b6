import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { agree } from '../testing/agree.ts'
import { insertStatements } from '../testing/insert-statements.ts'
import { randomMeasures } from '../testing/random-measures.ts'
import { randomTable } from '../testing/random-table.ts'
import { memoryEngine } from './memory/memory-engine.ts'
import { sqlEngine } from './sql/sql-engine.ts'

it('memory and DuckDB answer alike about any table', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("SET TimeZone = 'UTC'")
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1, 3, 40, 150), fc.nat(), async (rows, seed) => {
      const columns = randomTable(rows, seed)
      await connection.run('DROP TABLE IF EXISTS t')
      for (const statement of insertStatements('t', columns)) await connection.run(statement)
      const sql = sqlEngine({
        dialect: 'duckdb',
        query: async (text) => (await connection.runAndReadAll(text)).getRowObjectsJS(),
        source: 't',
        columns: columns.map(({ name, type }) => ({ name, physicalType: type })),
      })
      const memory = memoryEngine({
        rows,
        columns: columns.map((column) => ({ ...column, physicalType: column.type })),
      })
      let state = seed + 1
      const next = (): number => {
        state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
        return state / 4_294_967_296
      }
      const measures = randomMeasures(columns, 30, next)
      const [expected, found] = [await memory.measure(measures), await sql.measure(measures)]
      for (const [i, measure] of measures.entries()) {
        if (agree(expected[i], found[i])) continue
        const statements = await sql.explain([measure])
        expect({ measure, statements, answer: found[i] }).toEqual({ measure, statements, answer: expected[i] })
      }
    }),
    { numRuns: 100, seed: 20261121 },
  )
})
