import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral, hashSampled } from './variants.ts'

/** BigQuery (GoogleSQL). Its TABLESAMPLE takes whole blocks and no seed, so rows are drawn by their hash. */
export const bigquery: SqlDialect = {
  ...ansi,
  name: 'bigquery',
  hashName: 'bigquery-farm-fingerprint',
  quote: (identifier) => `\`${identifier.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  literal: backslashLiteral,
  asText: (expression) => `CAST(${expression} AS STRING)`,
  asDouble: (expression) => `CAST(${expression} AS FLOAT64)`,
  asInteger: (expression) => `CAST(${expression} AS INT64)`,
  epochMicros: (expression) => `UNIX_MICROS(CAST(${expression} AS TIMESTAMP))`,
  isFinite: (double) => `(NOT IS_NAN(${double}) AND NOT IS_INF(${double}))`,
  isNan: (double) => `IS_NAN(${double})`,
  hash: (expression) => `FARM_FINGERPRINT(CAST(${expression} AS STRING))`,
  exactSum: (expression) => `sum(CAST(${expression} AS BIGNUMERIC))`,
  sampled: hashSampled((seed) => `MOD(ABS(FARM_FINGERPRINT(CONCAT(TO_JSON_STRING(t), '${seed}'))), 1000000)`),
}
