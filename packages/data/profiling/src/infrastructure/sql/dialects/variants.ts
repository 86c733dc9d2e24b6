import type { SqlDialect } from '../sql-dialect.ts'

/** A literal for engines in which a backslash escapes. */
export function backslashLiteral(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** Rows whose hash falls into a share of a million: repeatable where the engine's own sampling is not. */
export function hashSampled(hashOfRow: (seed: number) => string): SqlDialect['sampled'] {
  return (source, share, seed, select) =>
    `SELECT ${select} FROM ${source} WHERE ${hashOfRow(seed)} < ${Math.ceil(share * 1_000_000)}`
}
