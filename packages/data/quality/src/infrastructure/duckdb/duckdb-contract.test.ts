import { DuckDBInstance } from '@duckdb/node-api'
import { it } from 'vitest'

import { insertStatements } from '../../testing/insert-statements.ts'
import { tableEngineContract } from '../../testing/table-engine-contract.ts'
import { sqlEngine } from '../sql/sql-engine.ts'

const TYPES = { integer: 'BIGINT', float: 'DOUBLE', text: 'VARCHAR', boolean: 'BOOLEAN', timestamp: 'TIMESTAMP' }

tableEngineContract(it, async (columns) => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const typed = columns.map(({ name, kind, values }) => ({ name, type: TYPES[kind], values }))
  for (const statement of insertStatements('t', typed)) await connection.run(statement)
  return sqlEngine({
    dialect: 'duckdb',
    query: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS(),
    source: 't',
    columns: typed.map(({ name, type }) => ({ name, physicalType: type })),
  })
})
