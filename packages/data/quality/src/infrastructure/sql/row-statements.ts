import type { TableColumn } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Measure } from '../../domain/measure.ts'
import type { Predicate } from '../../domain/predicate.ts'
import { carried } from './aggregate-items.ts'
import { columnOf, groupableSql, type PredicateContext, predicateSql, textSql } from './predicate-sql.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** A table as statements name it. */
export interface SqlSource {
  readonly dialect: SqlDialect
  readonly source: string
  readonly columns: ReadonlyArray<TableColumn>
  /** Columns that give rows their order. */
  readonly rowOrder: ReadonlyArray<string>
}

type Neighbour = Extract<Predicate, { op: 'duplicated' | 'outOfOrder' }>

/** Whether other rows decide the condition. */
export function needsNeighbours(predicate: Predicate): boolean {
  if (predicate.op === 'duplicated' || predicate.op === 'outOfOrder') return true
  if (predicate.op === 'and' || predicate.op === 'or') return predicate.args.some(needsNeighbours)
  return (predicate.op === 'not' || predicate.op === 'isTrue') && needsNeighbours(predicate.arg)
}

/** A condition that other rows do not decide. */
export function plainContext({ dialect, columns }: SqlSource): PredicateContext {
  return {
    dialect,
    columns,
    neighbour: () => {
      throw new TypeError('conditions on other rows do not nest')
    },
  }
}

/** FROM and WHERE of a condition, whatever it needs; `order` is empty where rows have no order. */
export function selectionSql(
  where: Predicate,
  table: SqlSource,
): { readonly from: string; readonly where: string; readonly order: string } {
  const { from, conditions, order } = jointSelection([where], table)
  return { from, where: conditions[0] ?? '', order }
}

/** FROM with whatever these conditions need, the conditions in SQL, and the order of rows. */
function jointSelection(
  predicates: ReadonlyArray<Predicate>,
  table: SqlSource,
): { readonly from: string; readonly conditions: ReadonlyArray<string>; readonly order: string } {
  if (!predicates.some(needsNeighbours)) {
    const context = plainContext(table)
    return {
      from: table.source,
      conditions: predicates.map((one) => predicateSql(one, context)),
      order: plainOrder(table),
    }
  }
  const number = rowNumberSql(table)
  const row = table.dialect.quote(uniqueName('row', table))
  const numbered = number === undefined ? table.source : `(SELECT *, ${number} AS ${row} FROM ${table.source}) AS r`
  const { from, conditions } = withNeighbours(predicates, numbered, table)
  return { from, conditions, order: number === undefined ? '' : ` ORDER BY ${row}` }
}

function withNeighbours(
  predicates: ReadonlyArray<Predicate>,
  numbered: string,
  table: SqlSource,
): { readonly from: string; readonly conditions: ReadonlyArray<string> } {
  const added: Array<string> = []
  const context: PredicateContext = {
    ...plainContext(table),
    neighbour: (predicate) => {
      const alias = `${uniqueName('with', table)}${added.length}`
      const { window, test } = neighbourSql(predicate, table, alias, uniqueName('row', table))
      if (window !== undefined) added.push(window)
      return test
    },
  }
  const conditions = predicates.map((one) => predicateSql(one, context))
  return { from: added.length === 0 ? numbered : `(SELECT *, ${added.join(', ')} FROM ${numbered}) AS w`, conditions }
}

/** FROM with a number beside every row, from 1 on in row order, and conditions in SQL; for engines that number rows. */
export function numberedSelection(
  predicates: ReadonlyArray<Predicate>,
  table: SqlSource,
): { readonly from: string; readonly conditions: ReadonlyArray<string>; readonly row: string } {
  const row = table.dialect.quote(uniqueName('row', table))
  const numbered = `(SELECT *, ${rowNumberSql(table) ?? 'row_number() OVER ()'} AS ${row} FROM ${table.source}) AS r`
  return { ...withNeighbours(predicates, numbered, table), row }
}

/** The rows of a condition, in row order. */
export function rowsSql(measure: Extract<Measure, { kind: 'rows' }>, table: SqlSource): string {
  const { from, conditions, order } = jointSelection([measure.where, ...(measure.flags ?? [])], table)
  const [where = '', ...flags] = conditions
  const select = [
    ...measure.columns.map((column, i) => `${carriedColumn(columnOf(column, table.columns), table.dialect)} AS c${i}`),
    ...flags.map((flag, i) => `CASE WHEN ${flag} THEN 1 ELSE 0 END AS f${i}`),
  ]
  const limit = measure.limit === undefined ? '' : ` LIMIT ${measure.limit}`
  return `SELECT ${select.join(', ') || '1 AS c0'} FROM ${from} WHERE ${where}${order}${limit}`
}

/** Different tuples with their counts. */
export function valuesSql(measure: Extract<Measure, { kind: 'values' }>, table: SqlSource): string {
  const { dialect } = table
  const { from, where } = selectionSql(measure.where, table)
  const columns = measure.columns.map((name) => columnOf(name, table.columns))
  const groups = columns.map((column, i) => `${groupSql(column, dialect)} AS g${i}`)
  const sorts = columns.map((column, i) =>
    column.kind === 'text' ? `${dialect.byCodePoint(`g${i}`)} NULLS LAST` : `g${i} NULLS LAST`,
  )
  const carry = columns.map((column, i) => `${carried(`g${i}`, column, dialect)} AS c${i}`)
  const order = measure.order === 'count' ? ['n DESC', ...sorts] : sorts
  const limit = measure.limit === undefined ? '' : ` LIMIT ${measure.limit}`
  return `SELECT ${[...carry, 'n'].join(', ')} FROM (SELECT ${groups.join(', ')}, count(*) AS n FROM ${from} WHERE ${where} GROUP BY ${columns.map((_, i) => i + 1).join(', ')}) AS g ORDER BY ${order.join(', ')}${limit}`
}

/** How many tuples differ, or how many rows share theirs. */
export function groupsSql(measure: Extract<Measure, { kind: 'distinct' | 'duplicates' }>, table: SqlSource): string {
  const { from, where } = selectionSql(measure.where, table)
  const groups = measure.columns.map((name, i) => `${groupSql(columnOf(name, table.columns), table.dialect)} AS g${i}`)
  const by = measure.columns.map((_, i) => i + 1).join(', ')
  const inner = `SELECT ${groups.join(', ')}, count(*) AS n FROM ${from} WHERE ${where} GROUP BY ${by}`
  return measure.kind === 'distinct'
    ? `SELECT count(*) AS n FROM (${inner}) AS g`
    : `SELECT sum(n) AS n FROM (${inner} HAVING count(*) > 1) AS g`
}

/** One value by its rank, for engines without exact quantiles. */
export function rankedSql(measure: Extract<Measure, { kind: 'orderStatistic' }>, table: SqlSource): string {
  const { dialect } = table
  const column = columnOf(measure.column, table.columns)
  const value = groupableSql(column, dialect)
  const { from, where } = selectionSql(measure.where, table)
  const there = column.kind === 'float' ? ` AND NOT (${dialect.isNan(value)})` : ''
  return `SELECT ${carried('v', column, dialect)} AS c0 FROM (SELECT ${value} AS v FROM ${from} WHERE ${where} AND ${value} IS NOT NULL${there}) AS s ORDER BY v LIMIT 1 OFFSET ${measure.rank}`
}

// Lists and structures are told apart by their texts.
function groupSql(column: TableColumn, dialect: SqlDialect): string {
  if (column.kind === 'other') return dialect.asText(dialect.quote(column.name))
  return column.kind === 'text' ? textSql(column, dialect) : groupableSql(column, dialect)
}

function carriedColumn(column: TableColumn, dialect: SqlDialect): string {
  const own =
    column.kind === 'text'
      ? textSql(column, dialect)
      : column.kind === 'float'
        ? groupableSql(column, dialect)
        : dialect.quote(column.name)
  return carried(own, column, dialect)
}

function plainOrder({ dialect, rowOrder }: SqlSource): string {
  return rowOrder.length === 0 ? '' : ` ORDER BY ${rowOrder.map((name) => dialect.quote(name)).join(', ')}`
}

function rowNumberSql({ dialect, rowOrder }: SqlSource): string | undefined {
  if (rowOrder.length === 0) return dialect.rowNumber
  return `row_number() OVER (ORDER BY ${rowOrder.map((name) => dialect.quote(name)).join(', ')})`
}

// A window beside every row, and the test that uses it.
function neighbourSql(
  predicate: Neighbour,
  table: SqlSource,
  alias: string,
  row: string,
): { readonly window?: string; readonly test: string } {
  const { dialect } = table
  const scope = predicateSql(predicate.scope, plainContext(table))
  const name = dialect.quote(alias)
  if (predicate.op === 'duplicated') {
    const groups = predicate.columns.map((column) => groupSql(columnOf(column, table.columns), dialect))
    const [only] = groups
    if (groups.length === 1 && only !== undefined) {
      const repeated = `SELECT ${only} AS k FROM ${table.source} WHERE ${scope} GROUP BY 1 HAVING count(*) > 1`
      return { test: `(CASE WHEN ${scope} THEN ${only} END IN (${repeated}))` }
    }
    const part = `CASE WHEN ${scope} THEN 1 ELSE 0 END`
    return {
      window: `count(*) OVER (PARTITION BY ${[part, ...groups].join(', ')}) AS ${name}`,
      test: `(${scope} AND ${name} > 1)`,
    }
  }
  if (rowNumberSql(table) === undefined) {
    throw new QualityError(
      'quality/unsupported',
      `rows of ${dialect.name} have no order: give the engine \`rowOrder\`, the columns that make one`,
      {
        engine: dialect.name,
      },
    )
  }
  const column = columnOf(predicate.column, table.columns)
  const value = groupableSql(column, dialect)
  const number = column.kind === 'float' ? ` AND NOT (${dialect.isNan(value)})` : ''
  const there = `${scope} AND ${dialect.quote(column.name)} IS NOT NULL${number}`
  const window = `lag(${value}) OVER (PARTITION BY CASE WHEN ${there} THEN 1 ELSE 0 END ORDER BY ${dialect.quote(row)}) AS ${name}`
  const comparison = `${predicate.descending ? '<' : '>'}${predicate.strictly ? '=' : ''}`
  const before = column.kind === 'text' ? dialect.byCodePoint(name) : name
  return { window, test: `CASE WHEN ${there} AND ${before} ${comparison} ${value} THEN 1 = 1 ELSE 1 = 0 END` }
}

function uniqueName(what: string, { columns }: SqlSource): string {
  let name = `nomaly_${what}`
  while (columns.some((column) => column.name.toLowerCase().startsWith(name))) name += '_'
  return name
}
