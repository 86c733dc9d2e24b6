import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { bindCondition } from '../../domain/bind-condition.ts'
import { literalPattern } from '../../domain/pattern/like-pattern.ts'
import type { Condition } from '../../domain/predicate.ts'
import { memoryEngine } from '../memory/memory-engine.ts'
import { checkOneSelect } from './one-select.ts'
import { sqlEngine } from './sql-engine.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    `'; DROP TABLE t; --`,
    `") FROM t; DELETE FROM t; --`,
    `\\'`,
    `''`,
    `a'b"c`,
    '\0',
    '%_',
    '$$',
    '\\u0027',
    '{table}',
    '/*',
  ),
)

it('takes names and values for what they are, whatever they hold', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await fc.assert(
    fc.asyncProperty(
      hostile,
      fc.array(hostile, { minLength: 1, maxLength: 4 }),
      hostile,
      async (given, values, other) => {
        const name = given.replaceAll('\0', '0')
        const kept = values.map((value) => value.replaceAll('\0', '0'))
        const quoted = `"${name.replaceAll('"', '""')}"`
        await connection.run(`CREATE OR REPLACE TABLE t (${quoted} VARCHAR)`)
        for (const value of kept) await connection.run('INSERT INTO t VALUES ($1)', [value])
        const columns = [{ name, physicalType: 'VARCHAR' }]
        const sql = sqlEngine({
          dialect: 'duckdb',
          query: async (text) => (await connection.runAndReadAll(text)).getRowObjectsJS(),
          source: 't',
          columns,
        })
        const memory = memoryEngine({
          rows: kept.length,
          columns: [{ name, kind: 'text', physicalType: 'VARCHAR', values: kept }],
        })
        const conditions: ReadonlyArray<Condition> = [
          { op: 'in', column: name, values: [other, kept[0] ?? ''] },
          { op: 'compare', column: name, comparison: '<=', value: other },
          { op: 'matches', column: name, pattern: literalPattern(kept[0] ?? '') },
          { op: 'length', column: name, comparison: '>', value: 2 },
        ]
        const found = await sql.columns()
        const measures = conditions.map(
          (condition) => ({ kind: 'rows', columns: [name], where: bindCondition(condition, found) }) as const,
        )
        expect(await sql.measure(measures)).toEqual(await memory.measure(measures))
      },
    ),
    { numRuns: 150 },
  )
})

it.each([
  'SELECT 1; DROP TABLE t',
  'SELECT 1) AS q; DELETE FROM t --',
  "SELECT ');' FROM t)",
  'DROP TABLE t',
  'SELECT 1 -- ',
  "SELECT '",
  'SELECT $$ ) $$',
  'SELECT 1 /* ',
  'PRAGMA x',
])('refuses %s as a query', (sql) => {
  expect(() => checkOneSelect(sql)).toThrow(expect.objectContaining({ code: 'quality/invalid-arguments' }))
})

it('allows what one SELECT may hold', () => {
  for (const sql of [
    "SELECT ';)' AS x FROM {table}",
    'WITH a AS (SELECT 1) SELECT * FROM a',
    '(SELECT "a;b" FROM t)',
  ]) {
    expect(() => checkOneSelect(sql)).not.toThrow()
  }
})
