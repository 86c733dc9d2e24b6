import { printPattern, RE2_SYNTAX, type PatternSyntax } from '../../../domain/pattern/print-pattern.ts'
import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'
import { backslashLiteral } from './backslash-literal.ts'

// Its expressions know no ends of the text but these, and no code points by number.
const SYNTAX: PatternSyntax = { ...RE2_SYNTAX, start: '^', end: '$', hex: (point) => String.fromCodePoint(point) }

/** Snowflake. `NUMBER(p, 0)` counts as a whole number. */
export const snowflake: SqlDialect = {
  ...ansi,
  name: 'snowflake',
  literal: backslashLiteral,
  double: (value) => `CAST('${value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value}' AS DOUBLE)`,
  time: (iso, { kind, physicalType }) =>
    kind === 'date'
      ? `CAST('${iso.slice(0, 10)}' AS DATE)`
      : `CAST('${iso}' AS ${/tz/i.test(physicalType) ? 'TIMESTAMP_TZ' : 'TIMESTAMP_NTZ'})`,
  kindOf: (physicalType) =>
    /^(number|decimal|numeric)(\(\d+,\s*0\))$/i.test(physicalType) ? 'integer' : ansi.kindOf(physicalType),
  asDouble: (expression) => `CAST(${expression} AS DOUBLE)`,
  codePoints: (expression) => `length(${expression})`,
  epochMicros: (expression) => `date_part(epoch_microsecond, CAST(${expression} AS TIMESTAMP_NTZ))`,
  // NaN is greater than all numbers and equal to itself.
  isFinite: (double) => `(${double} > '-inf'::float AND ${double} < 'inf'::float)`,
  isNan: (double) => `${double} = 'NaN'::float`,
  // regexp_like wants the whole text.
  matches: (expression, pattern) =>
    `regexp_instr(${expression}, ${backslashLiteral(printPattern(pattern, SYNTAX))}) > 0`,
  discreteQuantile: (expression, fraction) => `percentile_disc(${fraction}) WITHIN GROUP (ORDER BY ${expression})`,
}
