import { printPattern, RE2_SYNTAX } from '../../../domain/pattern/print-pattern.ts'
import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'

/** DuckDB 1.x with `preserve_insertion_order`, its default. The session's time zone must be UTC. */
export const duckdb: SqlDialect = {
  ...ansi,
  name: 'duckdb',
  // A NUL ends the text of a statement.
  literal: (text) => text.split('\0').map(ansi.literal).join(' || chr(0) || '),
  kindOf: (physicalType) => (/^(JSON|TIME|UUID)$/.test(physicalType) ? 'text' : ansi.kindOf(physicalType)),
  double: (value) => `CAST('${value}' AS DOUBLE)`,
  asDouble: (expression) => `CAST(${expression} AS DOUBLE)`,
  codePoints: (expression) => `length(${expression})`,
  epochMicros: (expression, { kind }) =>
    `epoch_us(${kind === 'date' ? `CAST(${expression} AS TIMESTAMP)` : expression})`,
  isFinite: (double) => `isfinite(${double})`,
  isNan: (double) => `isnan(${double})`,
  wide: (expression, { kind }) => (kind === 'integer' ? `CAST(${expression} AS HUGEINT)` : expression),
  matches: (expression, pattern) => `regexp_matches(${expression}, ${ansi.literal(printPattern(pattern, RE2_SYNTAX))})`,
  sumsExactly: true,
  discreteQuantile: (expression, fraction) => `quantile_disc(${expression}, ${fraction})`,
  rowNumber: 'row_number() OVER ()',
}
