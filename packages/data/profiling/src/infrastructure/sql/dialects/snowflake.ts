import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral } from './variants.ts'

/** Snowflake. `NUMBER(p, 0)` counts as a whole number. */
export const snowflake: SqlDialect = {
  ...ansi,
  name: 'snowflake',
  hashName: 'snowflake-hash',
  literal: backslashLiteral,
  kindOf: (physicalType) =>
    /^(number|decimal|numeric)(\(\d+,\s*0\))$/i.test(physicalType) ? 'integer' : ansi.kindOf(physicalType),
  asDouble: (expression) => `CAST(${expression} AS DOUBLE)`,
  codePoints: (expression) => `length(${expression})`,
  epochMicros: (expression) => `date_part(epoch_microsecond, CAST(${expression} AS TIMESTAMP_NTZ))`,
  // NaN is greater than all numbers and equal to itself.
  isFinite: (double) => `(${double} > '-inf'::float AND ${double} < 'inf'::float)`,
  isNan: (double) => `${double} = 'NaN'::float`,
  hash: (expression) => `hash(CAST(${expression} AS VARCHAR))`,
  lowBits: (hash) => `bitand(${hash}, 4095)`,
  highBits: (hash) => `bitand(bitshiftright(${hash}, 12), 4503599627370495)`,
  sampled: (source, share, seed, select) =>
    `SELECT ${select} FROM ${source} SAMPLE BERNOULLI (${(share * 100).toFixed(8)}) SEED (${seed})`,
}
