import { isTime, type TableColumn } from '../../domain/cell.ts'
import { valueExpression } from './column-expressions.ts'
import type { SqlDialect } from './sql-dialect.ts'
import type { StatementContext } from './statements.ts'

/** One scan for all columns: `n` rows, and for column i the answers named `a<i>_<what>`. */
export function totalsSql({ dialect, source }: StatementContext, columns: ReadonlyArray<TableColumn>): string {
  const parts = columns.flatMap((column, i) =>
    Object.entries(aggregatesOf(dialect, column)).map(([what, expression]) => `${expression} AS a${i}_${what}`),
  )
  return `SELECT ${['count(*) AS n', ...parts].join(', ')} FROM ${source}`
}

function aggregatesOf(dialect: SqlDialect, column: TableColumn): Readonly<Record<string, string>> {
  const name = dialect.quote(column.name)
  const value = valueExpression(dialect, column)
  const counted = { count: `count(${name})` }
  if (isTime(column.kind))
    return { ...counted, min: dialect.asText(`min(${value})`), max: dialect.asText(`max(${value})`) }
  if (column.kind === 'text') {
    const length = dialect.codePoints(value)
    return {
      ...counted,
      lmin: `min(${length})`,
      lmax: `max(${length})`,
      lsum: `sum(${length})`,
      lempty: countIf(`${length} = 0`),
    }
  }
  if (column.kind === 'float') return { ...counted, ...floatAggregates(dialect, dialect.asDouble(name)) }
  if (column.kind !== 'integer' && column.kind !== 'decimal') return counted
  return {
    ...counted,
    min: dialect.asText(`min(${name})`),
    max: dialect.asText(`max(${name})`),
    sum: dialect.asText(dialect.exactSum(name, column)),
    zeros: countIf(`${name} = 0`),
    negatives: countIf(`${name} < 0`),
  }
}

function floatAggregates(dialect: SqlDialect, x: string): Readonly<Record<string, string>> {
  const finite = dialect.isFinite(x)
  return {
    min: `min(CASE WHEN ${finite} THEN ${x} END) + 0.0`,
    max: `max(CASE WHEN ${finite} THEN ${x} END) + 0.0`,
    zeros: countIf(`${x} = 0`),
    negatives: countIf(`${finite} AND ${x} < 0`),
    nans: countIf(dialect.isNan(x)),
    plus: countIf(`NOT ${finite} AND NOT ${dialect.isNan(x)} AND ${x} > 0`),
    minus: countIf(`NOT ${finite} AND NOT ${dialect.isNan(x)} AND ${x} < 0`),
  }
}

function countIf(condition: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END)`
}
