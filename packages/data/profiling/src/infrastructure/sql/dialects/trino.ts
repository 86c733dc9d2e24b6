import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'

/** Trino 400 or newer. Its sampling takes no seed: another run draws other rows. */
export const trino: SqlDialect = {
  ...ansi,
  name: 'trino',
  hashName: 'trino-xxhash64',
  asDouble: (expression) => `CAST(${expression} AS DOUBLE)`,
  codePoints: (expression) => `length(${expression})`,
  epochMicros: (expression, { physicalType }) => {
    const zoned = /with time zone/i.test(physicalType)
      ? expression
      : `with_timezone(CAST(${expression} AS timestamp(6)), 'UTC')`
    return `CAST(round(to_unixtime(${zoned}) * 1e6) AS BIGINT)`
  },
  isFinite: (double) => `is_finite(${double})`,
  isNan: (double) => `is_nan(${double})`,
  hash: (expression) => `from_big_endian_64(xxhash64(to_utf8(CAST(${expression} AS VARCHAR))))`,
  lowBits: (hash) => `bitwise_and(${hash}, 4095)`,
  highBits: (hash) => `bitwise_right_shift(${hash}, 12)`,
  exactSum: (expression, { kind }) =>
    kind === 'integer' ? `sum(CAST(${expression} AS DECIMAL(38, 0)))` : `sum(${expression})`,
  sampled: (source, share, _seed, select) =>
    `SELECT ${select} FROM ${source} TABLESAMPLE BERNOULLI (${(share * 100).toFixed(8)})`,
}
