import { isTime, type Cell, type TableColumn } from '../../domain/cell.ts'
import { decimalOfScaled } from '../../domain/decimal.ts'
import type { AggregateName, Measure } from '../../domain/measure.ts'
import { valueSql, type PredicateContext, predicateSql } from './predicate-sql.ts'
import { cellFrom, countFrom, numberFrom } from './read-answer.ts'
import type { SqlRow } from './run-query.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** A measure as part of one SELECT over the whole table. */
export interface FusedItem {
  readonly expressions: ReadonlyArray<string>
  /** The answer; `name(i)` names the value of `expressions[i]`. */
  readonly read: (row: SqlRow, name: (i: number) => string) => Cell
}

/** Measures that one scan can answer together. */
export type FusedMeasure = Extract<Measure, { kind: 'count' | 'aggregate' | 'orderStatistic' }>

/** What such a measure adds to the SELECT. */
export function fusedItem(
  measure: FusedMeasure,
  column: TableColumn | undefined,
  context: PredicateContext,
): FusedItem {
  const { dialect } = context
  const where = measure.where.op === 'true' ? undefined : predicateSql(measure.where, context)
  if (measure.kind === 'count') {
    const sql = where === undefined ? 'count(*)' : `count(CASE WHEN ${where} THEN 1 END)`
    return { expressions: [sql], read: (row, name) => countFrom(row, name(0)) }
  }
  if (column === undefined) throw new TypeError('the measure was not bound to this table')
  const comparable = valueSql(column, dialect)
  const guards = [
    ...(where === undefined ? [] : [where]),
    ...(column.kind === 'float' ? [`NOT (${dialect.isNan(comparable)})`] : []),
  ]
  const cell = (expression: string): string =>
    guards.length === 0 ? expression : `CASE WHEN ${guards.join(' AND ')} THEN ${expression} END`
  if (measure.kind === 'orderStatistic') {
    const fraction = middleOfRank(measure.rank, measure.of)
    return oneCell(carried(dialect.discreteQuantile?.(cell(comparable), fraction) ?? '', column, dialect), column)
  }
  if (measure.name === 'min' || measure.name === 'max') {
    if (column.kind !== 'boolean')
      return oneCell(carried(`${measure.name}(${cell(comparable)})`, column, dialect), column)
    const bit = `${measure.name}(CASE WHEN ${cell(comparable)} THEN 1 WHEN NOT (${cell(comparable)}) THEN 0 END)`
    return oneCell(bit, column)
  }
  return column.kind === 'float'
    ? floatItem(measure.name, comparable, where, dialect)
    : exactItem(measure.name, cell, column, dialect)
}

/** A value as drivers carry it without loss. */
export function carried(expression: string, column: TableColumn, dialect: SqlDialect): string {
  if (isTime(column.kind)) return dialect.epochMicros(expression, column)
  if (column.kind === 'decimal' || column.kind === 'integer') return dialect.asText(expression)
  return column.kind === 'other' ? `CASE WHEN ${expression} IS NOT NULL THEN 1 END` : expression
}

function oneCell(expression: string, { kind }: TableColumn): FusedItem {
  return { expressions: [expression], read: (row, name) => cellFrom(row, name(0), kind) }
}

// Between the ranks, so that no rounding reaches a neighbour.
function middleOfRank(rank: number, of: number): string {
  return decimalOfScaled(((2n * BigInt(rank) + 1n) * 10n ** 18n) / (2n * BigInt(of)), 18)
}

function exactItem(
  name: Exclude<AggregateName, 'min' | 'max'>,
  cell: (expression: string) => string,
  column: TableColumn,
  dialect: SqlDialect,
): FusedItem {
  const own = dialect.quote(column.name)
  if (name === 'sd') return sdItem([`stddev_samp(${cell(dialect.asDouble(own))})`, `count(${cell(own)})`])
  const sum = dialect.asText(`sum(${cell(dialect.sumsExactly === true ? own : dialect.wide(own, column))})`)
  if (name === 'sum') return { expressions: [sum], read: (row, at) => cellFrom(row, at(0), 'decimal') }
  return {
    expressions: [sum, `count(${cell(own)})`],
    read: (row, at) => {
      const total = numberFrom(row, at(0))
      return total === null ? null : total / countFrom(row, at(1))
    },
  }
}

function sdItem(expressions: ReadonlyArray<string>): FusedItem {
  return { expressions, read: (row, at) => (countFrom(row, at(1)) < 2 ? null : numberFrom(row, at(0))) }
}

// Engines differ in what they make of infinities in sums, so those are counted.
function floatItem(
  name: Exclude<AggregateName, 'min' | 'max'>,
  double: string,
  where: string | undefined,
  dialect: SqlDialect,
): FusedItem {
  const guarded = (test: string, expression: string): string =>
    `CASE WHEN ${where === undefined ? '' : `${where} AND `}${test} THEN ${expression} END`
  const finite = guarded(dialect.isFinite(double), double)
  const aggregate = name === 'sum' ? 'sum' : name === 'mean' ? 'avg' : 'stddev_samp'
  return {
    expressions: [
      `${aggregate}(${finite})`,
      `count(${finite})`,
      ...[Infinity, -Infinity].map((end) => `count(${guarded(`${double} = ${dialect.double(end)}`, '1')})`),
    ],
    read: (row, at) => {
      const [count, plus, minus] = [1, 2, 3].map((i) => countFrom(row, at(i)))
      if (plus === undefined || minus === undefined || count === undefined) return null
      if (name === 'sd') return count + plus + minus < 2 ? null : plus + minus > 0 ? Number.NaN : numberFrom(row, at(0))
      if (plus > 0) return minus > 0 ? Number.NaN : Infinity
      return minus > 0 ? -Infinity : numberFrom(row, at(0))
    },
  }
}
