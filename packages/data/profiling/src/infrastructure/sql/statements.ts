import type { Cell, TableColumn } from '../../domain/cell.ts'
import { maskGroups } from '../../domain/missing-mask.ts'
import { LOG_BUCKET_RATIO } from '../../domain/sketches/log-buckets.ts'
import { carriedExpression, doubleExpression, valueExpression } from './column-expressions.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** Where a statement reads: a quoted name, a table function or a parenthesised query, named `t`. */
export interface StatementContext {
  readonly dialect: SqlDialect
  readonly source: string
}

/** Frequent values: `v`, `n`, and the number of groups `g`. */
export function valuesSql({ dialect, source }: StatementContext, column: TableColumn, limit: number): string {
  const order = column.kind === 'text' ? dialect.byCodePoint('v') : 'v'
  return (
    `WITH g AS (SELECT ${valueExpression(dialect, column)} AS v, count(*) AS n FROM ${source} ` +
    `WHERE ${dialect.quote(column.name)} IS NOT NULL GROUP BY 1) ` +
    `SELECT ${carriedExpression(dialect, column, 'v')} AS c, n, (SELECT count(*) FROM g) AS g FROM g WHERE v IS NOT NULL ` +
    `ORDER BY n DESC, ${order} LIMIT ${limit}`
  )
}

/** The number of different values, `n`. */
export function distinctSql({ dialect, source }: StatementContext, column: TableColumn): string {
  return `SELECT count(DISTINCT ${valueExpression(dialect, column)}) AS n FROM ${source}`
}

/** Register `r` and the least remaining bits `w`. */
export function registersSql({ dialect, source }: StatementContext, column: TableColumn): string {
  const hash = dialect.hash(valueExpression(dialect, column), column)
  return (
    `SELECT ${dialect.lowBits('h')} AS r, min(${dialect.highBits('h')}) AS w FROM ` +
    `(SELECT ${hash} AS h FROM ${source} WHERE ${dialect.quote(column.name)} IS NOT NULL) AS x GROUP BY 1`
  )
}

/**
 * Cells of the distribution: span `k`, bucket `b` (null at 0), count `n`, ends `lo` and `hi`, and sums of powers of the
 * distance from the middle of the span in widths, `s1` to `s4`: small numbers, whatever the data, so nothing cancels.
 */
export function distributionSql(
  { dialect, source }: StatementContext,
  column: TableColumn,
  cut: { readonly exponent: number; readonly buckets: boolean },
): string {
  const width = doubleLiteral(dialect, 2 ** cut.exponent)
  const x = doubleExpression(dialect, column)
  const finite = column.kind === 'float' ? ` AND ${dialect.isFinite(dialect.asDouble(dialect.quote(column.name)))}` : ''
  const bucket = cut.buckets
    ? `CASE WHEN x = 0 THEN NULL ELSE ${dialect.asInteger(`ceil(ln(abs(x)) / ${LOG_BUCKET_RATIO})`)} END`
    : 'NULL'
  // Dividing a tiny number by a large width is 0 in one engine and an error in another; its sign still tells the span.
  const guarded = column.kind === 'float' && cut.exponent > 0
  const tiny = doubleLiteral(dialect, 2 ** (cut.exponent - 60))
  const ratio = guarded ? `CASE WHEN abs(x) < ${tiny} THEN 0.0 ELSE x / ${width} END` : `x / ${width}`
  const span = guarded ? 'CASE WHEN x < 0 AND y = 0 THEN -1.0 ELSE floor(y) END' : 'floor(y)'
  const inner =
    `SELECT x, k, ${bucket} AS b${cut.buckets ? ', y - (k + 0.5) AS d' : ''} FROM ` +
    `(SELECT x, y, ${span} AS k FROM (SELECT x, ${ratio} AS y FROM ` +
    `(SELECT ${x} AS x FROM ${source} WHERE ${dialect.quote(column.name)} IS NOT NULL${finite}) AS p) AS q) AS r`
  const sums = cut.buckets ? ', sum(d) AS s1, sum(d * d) AS s2, sum(d * d * d) AS s3, sum(d * d * d * d) AS s4' : ''
  return `SELECT k, b, count(*) AS n, min(x) AS lo, max(x) AS hi${sums} FROM (${inner}) AS c WHERE x IS NOT NULL GROUP BY k, b`
}

/** Different values `v` at both ends, any order: at most `count` of each. One scan. */
export function extremesSql(
  { dialect, source }: StatementContext,
  column: TableColumn,
  ends: { readonly low: number; readonly high: number; readonly count: number },
): string {
  const x = doubleExpression(dialect, column)
  const finite = column.kind === 'float' ? ` AND ${dialect.isFinite('x')}` : ''
  const [low, high] = [doubleLiteral(dialect, ends.low), doubleLiteral(dialect, ends.high)]
  const part = (order: string): string =>
    `SELECT v FROM (SELECT x AS v FROM e ORDER BY x ${order} LIMIT ${ends.count}) AS ${order.toLowerCase()}_end`
  return (
    `WITH e AS (SELECT DISTINCT x FROM (SELECT ${x} AS x FROM ${source} WHERE ${dialect.quote(column.name)} IS NOT NULL) AS y ` +
    `WHERE (x <= ${low} OR x >= ${high})${finite}) ${part('ASC')} UNION ALL ${part('DESC')}`
  )
}

/** How many of the values occur, `n`. */
export function presentSql(
  { dialect, source }: StatementContext,
  column: TableColumn,
  values: ReadonlyArray<Cell>,
): string {
  const literals = values.flatMap((value) => (value === null ? [] : [cellLiteral(dialect, column, value)]))
  return (
    `SELECT count(DISTINCT v) AS n FROM (SELECT ${valueExpression(dialect, column)} AS v FROM ${source}) AS x ` +
    `WHERE v IN (${literals.join(', ')})`
  )
}

/** Rows by the columns they miss: masks `t0`, `t1`, ... of 30 columns each, and the rows `n`. */
export function missingPatternsSql(
  { dialect, source }: StatementContext,
  columns: ReadonlyArray<TableColumn>,
  limit: number,
): string {
  const masks = maskGroups(columns.length).map((group) =>
    group
      .map((i, bit) => `CASE WHEN ${dialect.quote(columns[i]?.name ?? '')} IS NULL THEN ${2 ** bit} ELSE 0 END`)
      .join(' + '),
  )
  const names = masks.map((_, i) => `m${i}`)
  return (
    `SELECT ${names.map((name, i) => `${name} AS t${i}`).join(', ')}, n FROM (SELECT ${names.join(', ')}, count(*) AS n FROM ` +
    `(SELECT ${masks.map((mask, i) => `${dialect.asInteger(mask)} AS m${i}`).join(', ')} FROM ${source}) AS x ` +
    `GROUP BY ${names.join(', ')}) AS y ORDER BY n DESC, ${names.join(', ')} LIMIT ${limit}`
  )
}

/** A double as every engine reads it back exactly. */
function doubleLiteral(dialect: SqlDialect, value: number): string {
  return dialect.asDouble(dialect.literal(value.toExponential()))
}

function cellLiteral(dialect: SqlDialect, { kind }: TableColumn, value: Exclude<Cell, null>): string {
  if (kind === 'text') return dialect.literal(String(value))
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return kind === 'float' ? dialect.asDouble(dialect.literal(String(value))) : String(value)
}
