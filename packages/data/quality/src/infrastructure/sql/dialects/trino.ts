import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'

/** Trino 400 or newer. */
export const trino: SqlDialect = {
  ...ansi,
  name: 'trino',
  double: (value) => `CAST('${value}' AS DOUBLE)`,
  exact: (digits) => `DECIMAL '${digits}'`,
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
}
