import { join } from 'node:path'

import { expect, it } from 'vitest'

import type { TableColumn } from '../../../domain/cell.ts'
import { carriedExpression, valueExpression } from '../column-expressions.ts'
import type { SqlDialect } from '../sql-dialect.ts'
import {
  distinctSql,
  distributionSql,
  extremesSql,
  missingPatternsSql,
  presentSql,
  registersSql,
  valuesSql,
} from '../statements.ts'
import { totalsSql } from '../totals-statement.ts'
import { bigquery } from './bigquery.ts'
import { clickhouse } from './clickhouse.ts'
import { duckdbDialect } from './duckdb.ts'
import { postgres } from './postgres.ts'
import { snowflake } from './snowflake.ts'
import { spark } from './spark.ts'
import { trino } from './trino.ts'

// The hostile one shows how each engine quotes.
const NAMES = {
  integer: 'id',
  decimal: 'price',
  float: 'we"ird`\\ \'name',
  text: 'note',
  boolean: 'paid',
  timestamp: 'at',
}
const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  clickhouse: {
    integer: 'Nullable(Int64)',
    decimal: 'Decimal(18, 4)',
    float: 'Float64',
    text: 'LowCardinality(String)',
    boolean: 'Bool',
    timestamp: "DateTime64(6, 'UTC')",
  },
  bigquery: {
    integer: 'INT64',
    decimal: 'NUMERIC',
    float: 'FLOAT64',
    text: 'STRING',
    boolean: 'BOOL',
    timestamp: 'TIMESTAMP',
  },
  snowflake: {
    integer: 'NUMBER(38,0)',
    decimal: 'NUMBER(18,4)',
    float: 'FLOAT',
    text: 'TEXT',
    boolean: 'BOOLEAN',
    timestamp: 'TIMESTAMP_NTZ',
  },
  spark: {
    integer: 'bigint',
    decimal: 'decimal(18,4)',
    float: 'double',
    text: 'string',
    boolean: 'boolean',
    timestamp: 'timestamp',
  },
  other: {
    integer: 'bigint',
    decimal: 'decimal(18,4)',
    float: 'double precision',
    text: 'varchar',
    boolean: 'boolean',
    timestamp: 'timestamp(6)',
  },
}

function statementsOf(dialect: SqlDialect): string {
  const types = TYPES[dialect.name] ?? TYPES['other'] ?? {}
  const columns = Object.entries(NAMES).map(([kind, name]): TableColumn => {
    const physicalType = types[kind] ?? ''
    return { name, physicalType, kind: dialect.kindOf(physicalType) }
  })
  const context = { dialect, source: `${dialect.quote('orders')} AS t` }
  const select = columns
    .map((column, i) => `${carriedExpression(dialect, column, valueExpression(dialect, column))} AS c${i}`)
    .join(', ')
  const ofColumn = (column: TableColumn): ReadonlyArray<string> => [
    `-- ${column.kind}`,
    valuesSql(context, column, 10),
    registersSql(context, column),
    distinctSql(context, column),
  ]
  const [integer, , float, text, , time] = columns
  if (integer === undefined || float === undefined || text === undefined || time === undefined)
    throw new Error('six columns were made')
  return [
    `-- ${columns.map(({ name, kind }) => `${name}: ${kind}`).join(', ')}`,
    totalsSql(context, columns),
    ...columns.flatMap(ofColumn),
    '-- distribution of a float, of times',
    distributionSql(context, float, { exponent: 3, buckets: true }),
    distributionSql(context, time, { exponent: 40, buckets: false }),
    '-- extremes, presence, missing patterns, different rows, a sample',
    extremesSql(context, float, { low: -0.5, high: 1e300, count: 5 }),
    presentSql(context, text, ["O'Hara", 'back\\slash']),
    presentSql(context, integer, [1, 9_007_199_254_740_993n]),
    missingPatternsSql(context, columns, 50),
    dialect.distinctRows(
      columns.map((column) => valueExpression(dialect, column)),
      context.source,
    ),
    `${dialect.sampled(context.source, 0.002, 7, select)} LIMIT 20000`,
  ]
    .map((line) => (line.startsWith('--') ? line : `${line};`))
    .join('\n')
}

it.each([duckdbDialect('v1'), postgres, clickhouse, trino, spark, snowflake, bigquery])(
  'writes the plan for $name',
  async (dialect) => {
    await expect(`${statementsOf(dialect)}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, '__fixtures__', `${dialect.name}.sql`),
    )
  },
)

it('knows the kinds of types by the names that engines give them', () => {
  const kinds = (dialect: SqlDialect, types: ReadonlyArray<string>): ReadonlyArray<string> =>
    types.map((type) => dialect.kindOf(type))
  expect(
    kinds(duckdbDialect('v1'), [
      'BIGINT',
      'UTINYINT',
      'HUGEINT',
      'DECIMAL(18,3)',
      'DOUBLE',
      "ENUM('a', 'b')",
      'UUID',
      'JSON',
    ]),
  ).toEqual(['integer', 'integer', 'integer', 'decimal', 'float', 'text', 'text', 'text'])
  expect(
    kinds(duckdbDialect('v1'), [
      'INTEGER[]',
      'STRUCT(a INTEGER)',
      'BLOB',
      'INTERVAL',
      'TIMESTAMP WITH TIME ZONE',
      'DATE',
    ]),
  ).toEqual(['other', 'other', 'other', 'other', 'timestamp', 'date'])
  expect(
    kinds(postgres, [
      'int4',
      'integer',
      'numeric',
      'real',
      'character varying',
      'timestamp without time zone',
      'jsonb',
      'bytea',
    ]),
  ).toEqual(['integer', 'integer', 'decimal', 'float', 'text', 'timestamp', 'other', 'other'])
  expect(kinds(snowflake, ['NUMBER(38,0)', 'NUMBER(10,2)', 'VARIANT'])).toEqual(['integer', 'decimal', 'other'])
  expect(
    kinds(clickhouse, ['Nullable(UInt64)', 'LowCardinality(Nullable(String))', 'Array(String)', 'Date32']),
  ).toEqual(['integer', 'text', 'other', 'date'])
})
