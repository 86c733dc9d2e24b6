import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral, hashSampled } from './variants.ts'

/** ClickHouse 23 or newer, with `join_use_nulls` and other settings at their defaults. */
export const clickhouse: SqlDialect = {
  ...ansi,
  name: 'clickhouse',
  hashName: 'clickhouse-cityHash64',
  quote: (identifier) => `\`${identifier.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  literal: backslashLiteral,
  asText: (expression) => `toString(${expression})`,
  asDouble: (expression) => `toFloat64(${expression})`,
  asInteger: (expression) => `toInt64(${expression})`,
  codePoints: (expression) => `lengthUTF8(${expression})`,
  epochMicros: (expression) => `toUnixTimestamp64Micro(toDateTime64(${expression}, 6, 'UTC'))`,
  isFinite: (double) => `isFinite(${double})`,
  isNan: (double) => `isNaN(${double})`,
  hash: (expression) => `cityHash64(toString(${expression}))`,
  lowBits: (hash) => `bitAnd(${hash}, 4095)`,
  highBits: (hash) => `bitShiftRight(${hash}, 12)`,
  exactSum: (expression, { kind }) =>
    kind === 'integer' ? `sum(toInt256(${expression}))` : `sum(toDecimal256(${expression}, 18))`,
  sampled: hashSampled((seed) => `cityHash64(tuple(*), ${seed}) % 1000000`),
}
