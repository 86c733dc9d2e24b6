import type { ColumnKind } from '../../../domain/cell.ts'
import type { SqlDialect } from '../sql-dialect.ts'

/** What most engines share; every dialect changes what is its own. */
export const ansi: Omit<SqlDialect, 'name' | 'hashName' | 'epochMicros' | 'hash' | 'isNan' | 'isFinite' | 'sampled'> = {
  columnsAScan: 150,
  quote: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  literal: (text) => `'${text.replaceAll("'", "''")}'`,
  kindOf: (physicalType) => kindByName(physicalType),
  asText: (expression) => `CAST(${expression} AS VARCHAR)`,
  asDouble: (expression) => `CAST(${expression} AS DOUBLE PRECISION)`,
  asInteger: (expression) => `CAST(${expression} AS BIGINT)`,
  codePoints: (expression) => `char_length(${expression})`,
  byCodePoint: (expression) => expression,
  lowBits: (hash) => `(${hash} & 4095)`,
  highBits: (hash) => `((${hash} >> 12) & 4503599627370495)`,
  exactSum: (expression) => `sum(${expression})`,
  distinctRows: (expressions, source) =>
    `SELECT count(*) AS n FROM (SELECT DISTINCT ${expressions.map((expression, i) => `${expression} AS e${i}`).join(', ')} FROM ${source}) AS r`,
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
