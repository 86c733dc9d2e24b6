import type { ColumnKind } from '../../../domain/cell.ts'
import { printPattern, RE2_SYNTAX } from '../../../domain/pattern/print-pattern.ts'
import type { SqlDialect } from '../sql-dialect.ts'

/** What most engines share; every dialect changes what is its own. */
export const ansi: Omit<SqlDialect, 'name' | 'epochMicros' | 'isNan' | 'isFinite'> = {
  quote: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  double: (value) => `CAST('${value}' AS DOUBLE PRECISION)`,
  exact: (digits) => digits,
  time: (iso, { kind, physicalType }) =>
    kind === 'date'
      ? `CAST('${iso.slice(0, 10)}' AS DATE)`
      : /with time zone|timestamptz/i.test(physicalType)
        ? `CAST('${iso}+00:00' AS TIMESTAMP WITH TIME ZONE)`
        : `CAST('${iso}' AS TIMESTAMP)`,
  kindOf: (physicalType) => kindByName(physicalType),
  asText: (expression) => `CAST(${expression} AS VARCHAR)`,
  asDouble: (expression) => `CAST(${expression} AS DOUBLE PRECISION)`,
  codePoints: (expression) => `char_length(${expression})`,
  byCodePoint: (expression) => expression,
  wide: (expression, { kind }) => (kind === 'integer' ? `CAST(${expression} AS DECIMAL(38, 0))` : expression),
  matches: (expression, pattern) =>
    `regexp_like(${expression}, '${printPattern(pattern, RE2_SYNTAX).replaceAll("'", "''")}')`,
}

const KINDS: ReadonlyArray<readonly [RegExp, ColumnKind]> = [
  [/\[\]$|^(array|list|map|struct|row|tuple|nested|record|variant|object)\b/, 'other'],
  [/^(timestamp|datetime|timestamp_ntz|timestamp_ltz|timestamp_tz)/, 'timestamp'],
  [/^date(32)?$/, 'date'],
  [/^(bool|boolean)$/, 'boolean'],
  [/^u?(tiny|small|medium|big|huge|byte)?int(eger|\d+)?$|^int64$|^(long|short|byte|serial|bigserial|year)$/, 'integer'],
  [/^(double|float|real|float4|float8|float32|float64)( precision)?$/, 'float'],
  [/^(decimal|numeric|bignumeric|bigdecimal|number)\b/, 'decimal'],
  [/^(var|n|nvar)?char|^(character|text|string|bpchar|clob|enum|uuid|citext|name|fixedstring|low)/, 'text'],
]

function kindByName(physicalType: string): ColumnKind {
  const type = bareType(physicalType.trim().toLowerCase())
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other'
}

// ClickHouse wraps types: Nullable(LowCardinality(String)).
function bareType(type: string): string {
  const wrapped = /^(?:nullable|lowcardinality)\((.*)\)$/.exec(type)?.[1]
  return wrapped === undefined ? type : bareType(wrapped)
}
