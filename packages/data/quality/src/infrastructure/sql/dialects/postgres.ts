import { QualityError } from '../../../domain/errors.ts'
import { printPattern, type PatternSyntax } from '../../../domain/pattern/print-pattern.ts'
import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'

const SYNTAX: PatternSyntax = {
  start: '\\A',
  end: '\\Z',
  boundary: '\\y',
  noBoundary: '\\Y',
  // Texts of PostgreSQL hold no NUL.
  hex: (point) => `\\U${Math.max(1, point).toString(16).padStart(8, '0')}`,
  mostRepeats: 255,
}

/** PostgreSQL 14 or newer, with `standard_conforming_strings`, its default. */
export const postgres: SqlDialect = {
  ...ansi,
  name: 'postgres',
  literal: (text) => {
    if (!text.includes('\0')) return ansi.literal(text)
    throw new QualityError('quality/invalid-arguments', 'texts of PostgreSQL hold no NUL character', {
      engine: 'postgres',
    })
  },
  asText: (expression) => `CAST(${expression} AS text)`,
  epochMicros: (expression) =>
    `CASE WHEN isfinite(${expression}) THEN CAST(extract(epoch FROM ${expression}) * 1000000 AS bigint) END`,
  byCodePoint: (expression) => `${expression} COLLATE "C"`,
  // NaN is greater than all numbers and equal to itself.
  isFinite: (double) => `(${double} > '-Infinity' AND ${double} < 'Infinity')`,
  isNan: (double) => `${double} = 'NaN'`,
  wide: (expression) => `CAST(${expression} AS numeric)`,
  matches: (expression, pattern) => `${expression} COLLATE "C" ~ ${ansi.literal(printPattern(pattern, SYNTAX))}`,
  sumsExactly: true,
  discreteQuantile: (expression, fraction) => `percentile_disc(${fraction}) WITHIN GROUP (ORDER BY ${expression})`,
}
