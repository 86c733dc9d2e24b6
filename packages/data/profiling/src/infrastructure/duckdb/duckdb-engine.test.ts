import { DuckDBInstance, version } from '@duckdb/node-api'
import { it } from 'vitest'

import { profileEngineContract } from '../../testing/profile-engine-contract.ts'
import { duckdbDialect } from '../sql/dialects/duckdb.ts'
import { sqlEngine } from '../sql/sql-engine.ts'

const TYPES = { integer: 'BIGINT', float: 'DOUBLE', text: 'VARCHAR', boolean: 'BOOLEAN', timestamp: 'TIMESTAMP' }

profileEngineContract(it, async (columns) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`
  await connection.run(
    `CREATE TABLE t (${columns.map(({ name, kind }) => `${quote(name)} ${TYPES[kind]}`).join(', ')})`,
  )
  const literal = (value: number | bigint | string | boolean | null, kind: keyof typeof TYPES): string => {
    if (value === null) return 'NULL'
    if (kind === 'timestamp') return `make_timestamp(${String(value)})`
    return kind === 'float'
      ? `'${Object.is(value, -0) ? '-0' : String(value)}'`
      : `'${String(value).replaceAll("'", "''")}'`
  }
  for (let row = 0; row < (columns[0]?.values.length ?? 0); row += 500) {
    const rows = Array.from({ length: Math.min(500, (columns[0]?.values.length ?? 0) - row) }, (_, i) =>
      columns.map(({ kind, values }) => literal(values[row + i] ?? null, kind)).join(', '),
    )
    await connection.run(`INSERT INTO t VALUES ${rows.map((values) => `(${values})`).join(', ')}`)
  }
  return sqlEngine({
    dialect: duckdbDialect(version()),
    query: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
    source: 't',
    columns: columns.map(({ name, kind }) => ({ name, physicalType: TYPES[kind] })),
  })
})
