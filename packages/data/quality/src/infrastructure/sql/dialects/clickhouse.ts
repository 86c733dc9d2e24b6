import { printPattern, RE2_SYNTAX } from '../../../domain/pattern/print-pattern.ts'
import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral } from './backslash-literal.ts'

/** ClickHouse 23 or newer, with settings at their defaults. */
export const clickhouse: SqlDialect = {
  ...ansi,
  name: 'clickhouse',
  quote: (identifier) => `\`${identifier.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  literal: backslashLiteral,
  double: (value) => `toFloat64('${value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value}')`,
  exact: (digits) => (digits.includes('.') ? `toDecimal256('${digits}', 18)` : `toInt256('${digits}')`),
  time: (iso, { kind }) => (kind === 'date' ? `toDate32('${iso.slice(0, 10)}')` : `toDateTime64('${iso}', 6, 'UTC')`),
  asText: (expression) => `toString(${expression})`,
  asDouble: (expression) => `toFloat64(${expression})`,
  codePoints: (expression) => `lengthUTF8(${expression})`,
  epochMicros: (expression) => `toUnixTimestamp64Micro(toDateTime64(${expression}, 6, 'UTC'))`,
  isFinite: (double) => `isFinite(${double})`,
  isNan: (double) => `isNaN(${double})`,
  wide: (expression, { kind }) => (kind === 'integer' ? `toInt256(${expression})` : `toDecimal256(${expression}, 18)`),
  matches: (expression, pattern) => `match(${expression}, ${backslashLiteral(printPattern(pattern, RE2_SYNTAX))})`,
}
