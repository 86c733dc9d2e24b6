import type { SqlDialect } from '../sql-dialect.ts'
import { bigquery } from './bigquery.ts'
import { clickhouse } from './clickhouse.ts'
import { duckdb } from './duckdb.ts'
import { postgres } from './postgres.ts'
import { snowflake } from './snowflake.ts'
import { spark } from './spark.ts'
import { trino } from './trino.ts'

/** The engines that SQL is written for. */
export type SqlDialectName = 'bigquery' | 'clickhouse' | 'duckdb' | 'postgres' | 'snowflake' | 'spark' | 'trino'

/** All dialects by name. */
export const sqlDialects: Readonly<Record<SqlDialectName, SqlDialect>> = {
  bigquery,
  clickhouse,
  duckdb,
  postgres,
  snowflake,
  spark,
  trino,
}
