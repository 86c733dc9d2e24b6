import type { SqlDialect } from '../sql-dialect.ts'
import { ansi } from './ansi.ts'

/** DuckDB 1.x. The hash is DuckDB's own, so registers merge between runs of the same version only. */
export function duckdbDialect(version: string): SqlDialect {
  return {
    ...ansi,
    name: 'duckdb',
    columnsAScan: 25,
    hashName: `duckdb-${version}`,
    kindOf: (physicalType) => (physicalType === 'JSON' || physicalType === 'TIME' ? 'text' : ansi.kindOf(physicalType)),
    asDouble: (expression) => `CAST(${expression} AS DOUBLE)`,
    codePoints: (expression) => `length(${expression})`,
    epochMicros: (expression, { kind }) =>
      `epoch_us(${kind === 'date' ? `CAST(${expression} AS TIMESTAMP)` : expression})`,
    isFinite: (double) => `isfinite(${double})`,
    isNan: (double) => `isnan(${double})`,
    hash: (expression, { kind, physicalType }) => {
      if (kind === 'integer' && !/HUGE|UBIG/.test(physicalType)) return `hash(CAST(${expression} AS BIGINT))`
      return kind === 'integer' || kind === 'decimal' ? `hash(CAST(${expression} AS VARCHAR))` : `hash(${expression})`
    },
    lowBits: (hash) => `CAST(${hash} & 4095 AS INTEGER)`,
    highBits: (hash) => `${hash} >> 12`,
    sampled: (source, share, seed, select) =>
      `SELECT ${select} FROM ${source} USING SAMPLE ${percent(share)} PERCENT (bernoulli, ${seed})`,
    distinctRows: (expressions, source) => `SELECT count(DISTINCT hash(${expressions.join(', ')})) AS n FROM ${source}`,
  }
}

function percent(share: number): string {
  return (share * 100).toFixed(8)
}
