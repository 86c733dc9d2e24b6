import { printPattern, RE2_SYNTAX } from '../../../domain/pattern/print-pattern.ts'
import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral } from './backslash-literal.ts'

/** Spark SQL 3.4 or newer (Databricks too). The session's time zone must be UTC. */
export const spark: SqlDialect = {
  ...ansi,
  name: 'spark',
  quote: (identifier) => `\`${identifier.replaceAll('`', '``')}\``,
  literal: backslashLiteral,
  double: (value) => `CAST('${value}' AS DOUBLE)`,
  exact: (digits) => (digits.includes('.') ? `${digits}BD` : `CAST('${digits}' AS DECIMAL(38, 0))`),
  asText: (expression) => `CAST(${expression} AS STRING)`,
  asDouble: (expression) => `CAST(${expression} AS DOUBLE)`,
  epochMicros: (expression) => `unix_micros(CAST(${expression} AS TIMESTAMP))`,
  isFinite: (double) => `(NOT isnan(${double}) AND abs(${double}) < CAST('Infinity' AS DOUBLE))`,
  isNan: (double) => `isnan(${double})`,
  matches: (expression, pattern) => `${expression} RLIKE ${backslashLiteral(printPattern(pattern, RE2_SYNTAX))}`,
  discreteQuantile: (expression, fraction) => `percentile_disc(${fraction}) WITHIN GROUP (ORDER BY ${expression})`,
}
