import type {
  ColumnTotals,
  ProfileEngine,
  TableQuestions,
  TableTotals,
} from '../../application/ports/profile-engine.ts'
import { type ColumnKind, isTime, type TableColumn } from '../../domain/cell.ts'
import { ProfilingError } from '../../domain/errors.ts'
import { maskGroups } from '../../domain/missing-mask.ts'
import { carriedExpression, valueExpression } from './column-expressions.ts'
import { cellFrom, countFrom, numberFrom } from './read-answer.ts'
import type { RunQuery, SqlRow } from './run-query.ts'
import { sqlColumnQuestions } from './sql-column-questions.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { missingPatternsSql, type StatementContext } from './statements.ts'
import { totalsSql } from './totals-statement.ts'

/** A table inside an engine that speaks SQL. */
export interface SqlTable {
  readonly dialect: SqlDialect
  readonly query: RunQuery
  /** SQL that stands behind FROM, e.g. `"public"."orders" AS t`. It is put into every statement as it is: quote names. */
  readonly source: string
  readonly columns: ReadonlyArray<{ readonly name: string; readonly physicalType: string }>
}

/** The plan compiled to SQL, run by whoever holds the data. */
export function sqlEngine(table: SqlTable): ProfileEngine {
  const { dialect } = table
  const query = reported(table.query, dialect.name)
  const context = { dialect, source: table.source }
  return {
    name: dialect.name,
    hash: dialect.hashName,
    columns: sqlColumnQuestions(context, query),
    table: tableQuestions({ ...table, query }, context),
  }
}

function reported(query: RunQuery, engine: string): RunQuery {
  return async (sql) => {
    try {
      return await query(sql)
    } catch (error) {
      if (ProfilingError.is(error)) throw error
      const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300)
      throw new ProfilingError('profiling/query-failed', `${engine} refused a query: ${reason}`, { engine }, error)
    }
  }
}

function tableQuestions(table: SqlTable, context: StatementContext): TableQuestions {
  const { dialect, query } = table
  return {
    schema: async () =>
      table.columns.map(({ name, physicalType }) => ({ name, physicalType, kind: dialect.kindOf(physicalType) })),
    totals: (columns) => totals(context, query, columns),
    missingPatterns: async (columns, limit) => {
      if (columns.length === 0) return []
      const rows = await query(missingPatternsSql(context, columns, limit))
      return rows.map((row) => ({ missing: missingOf(row, columns.length), rows: countFrom(row, 'n') }))
    },
    distinctRows: async (columns) => {
      const comparable = columns.filter(({ kind }) => kind !== 'other')
      const expressions = comparable.map((column) => valueExpression(dialect, column))
      const sql =
        expressions.length === 0
          ? `SELECT count(*) AS n FROM ${table.source}`
          : dialect.distinctRows(expressions, table.source)
      return countFrom((await query(sql))[0] ?? {}, 'n')
    },
    sample: async (columns, { rows, total, seed }) => {
      const select = columns
        .map((column, i) => `${carriedExpression(dialect, column, valueExpression(dialect, column))} AS c${i}`)
        .join(', ')
      const all = total <= rows
      const sql = all
        ? `SELECT ${select} FROM ${table.source}`
        : `${dialect.sampled(table.source, rows / total, seed, select)} LIMIT ${rows * 2}`
      const found = columns.length === 0 ? [] : await query(sql)
      return {
        rows: found.length,
        complete: all,
        columns: columns.map(({ name, kind }, i) => ({
          name,
          kind,
          values: found.map((row) => cellFrom(row, `c${i}`, kind)),
        })),
      }
    },
  }
}

async function totals(
  context: StatementContext,
  query: RunQuery,
  columns: ReadonlyArray<TableColumn>,
): Promise<TableTotals> {
  const found: Array<ColumnTotals> = []
  let rows: number | undefined
  const { columnsAScan } = context.dialect
  for (let i = 0; i < Math.max(1, columns.length); i += columnsAScan) {
    const part = columns.slice(i, i + columnsAScan)
    const row = (await query(totalsSql(context, part)))[0] ?? {}
    rows ??= countFrom(row, 'n')
    found.push(...part.map(({ kind }, j) => totalsFrom(row, j, kind)))
  }
  return { rows: rows ?? 0, columns: found }
}

function totalsFrom(row: SqlRow, i: number, kind: ColumnKind): ColumnTotals {
  const at = (what: string): string => `a${i}_${what}`
  const count = countFrom(row, at('count'))
  if (kind === 'text') {
    const [min, max, sum, empty] = ['lmin', 'lmax', 'lsum', 'lempty'].map((what) => countFrom(row, at(what)))
    return { count, lengths: { min: min ?? 0, max: max ?? 0, sum: sum ?? 0, empty: empty ?? 0 } }
  }
  if (kind === 'boolean' || kind === 'other') return { count }
  const ends = { min: cellFrom(row, at('min'), kind), max: cellFrom(row, at('max'), kind) }
  if (isTime(kind)) return { count, ...ends }
  const signs = { zeros: countFrom(row, at('zeros')), negatives: countFrom(row, at('negatives')) }
  if (kind !== 'float') {
    const sum = cellFrom(row, at('sum'), 'decimal')
    return { count, ...ends, ...signs, sum: sum === null ? null : String(sum) }
  }
  return {
    count,
    ...ends,
    ...signs,
    nans: countFrom(row, at('nans')),
    positiveInfinities: countFrom(row, at('plus')),
    negativeInfinities: countFrom(row, at('minus')),
  }
}

function missingOf(row: SqlRow, count: number): ReadonlyArray<number> {
  return maskGroups(count).flatMap((group, i) => {
    const mask = numberFrom(row, `t${i}`) ?? 0
    return group.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1)
  })
}
