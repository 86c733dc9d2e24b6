import { printPattern, RE2_SYNTAX } from '../../../domain/pattern/print-pattern.ts'
import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral } from './backslash-literal.ts'

/** BigQuery (GoogleSQL). */
export const bigquery: SqlDialect = {
  ...ansi,
  name: 'bigquery',
  quote: (identifier) => `\`${identifier.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  literal: backslashLiteral,
  double: (value) => `CAST('${value}' AS FLOAT64)`,
  exact: (digits) => `CAST('${digits}' AS BIGNUMERIC)`,
  time: (iso, { physicalType }) =>
    /^timestamp/i.test(physicalType)
      ? `TIMESTAMP '${iso}+00'`
      : /^date$/i.test(physicalType)
        ? `DATE '${iso.slice(0, 10)}'`
        : `DATETIME '${iso}'`,
  asText: (expression) => `CAST(${expression} AS STRING)`,
  asDouble: (expression) => `CAST(${expression} AS FLOAT64)`,
  epochMicros: (expression) => `UNIX_MICROS(CAST(${expression} AS TIMESTAMP))`,
  isFinite: (double) => `(NOT IS_NAN(${double}) AND NOT IS_INF(${double}))`,
  isNan: (double) => `IS_NAN(${double})`,
  wide: (expression) => `CAST(${expression} AS BIGNUMERIC)`,
  matches: (expression, pattern) =>
    `REGEXP_CONTAINS(${expression}, ${backslashLiteral(printPattern(pattern, RE2_SYNTAX))})`,
}
