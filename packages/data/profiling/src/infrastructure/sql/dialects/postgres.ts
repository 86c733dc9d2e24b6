import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'

/** PostgreSQL 14 or newer (whose `extract` is exact). */
export const postgres: SqlDialect = {
  ...ansi,
  name: 'postgres',
  hashName: 'postgres-hashtextextended',
  asText: (expression) => `CAST(${expression} AS text)`,
  epochMicros: (expression) =>
    `CASE WHEN isfinite(${expression}) THEN CAST(extract(epoch FROM ${expression}) * 1000000 AS bigint) END`,
  byCodePoint: (expression) => `${expression} COLLATE "C"`,
  // NaN is greater than all numbers and equal to itself.
  isFinite: (double) => `(${double} > '-Infinity' AND ${double} < 'Infinity')`,
  isNan: (double) => `${double} = 'NaN'`,
  hash: (expression) => `hashtextextended(CAST(${expression} AS text), 0)`,
  sampled: (source, share, seed, select) =>
    `SELECT ${select} FROM ${source} TABLESAMPLE BERNOULLI (${(share * 100).toFixed(8)}) REPEATABLE (${seed})`,
}
