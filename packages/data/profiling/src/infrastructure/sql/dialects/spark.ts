import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral } from './variants.ts'

/** Spark SQL 3.4 or newer (Databricks too). The session's time zone must be UTC. */
export const spark: SqlDialect = {
  ...ansi,
  name: 'spark',
  hashName: 'spark-xxhash64',
  quote: (identifier) => `\`${identifier.replaceAll('`', '``')}\``,
  literal: backslashLiteral,
  asText: (expression) => `CAST(${expression} AS STRING)`,
  asDouble: (expression) => `CAST(${expression} AS DOUBLE)`,
  epochMicros: (expression) => `unix_micros(CAST(${expression} AS TIMESTAMP))`,
  isFinite: (double) => `(NOT isnan(${double}) AND abs(${double}) < double('Infinity'))`,
  isNan: (double) => `isnan(${double})`,
  hash: (expression) => `xxhash64(CAST(${expression} AS STRING))`,
  highBits: (hash) => `shiftrightunsigned(${hash}, 12)`,
  exactSum: (expression, { kind }) =>
    kind === 'integer' ? `sum(CAST(${expression} AS DECIMAL(38, 0)))` : `sum(${expression})`,
  sampled: (source, share, seed, select) =>
    `SELECT ${select} FROM ${source} TABLESAMPLE (${(share * 100).toFixed(8)} PERCENT) REPEATABLE (${seed})`,
}
