import type { AskOptions, TableEngine } from '../../application/ports/table-engine.ts'
import { cancellation } from '../../domain/cancellation.ts'
import type { TableColumn } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Answer, Measure, ValueCount } from '../../domain/measure.ts'
import { type FusedItem, fusedItem, type FusedMeasure } from './aggregate-items.ts'
import { type SqlDialectName, sqlDialects } from './dialects/sql-dialects.ts'
import { checkOneSelect } from './one-select.ts'
import { columnOf } from './predicate-sql.ts'
import { cellFrom, countFrom, printed } from './read-answer.ts'
import {
  groupsSql,
  needsNeighbours,
  plainContext,
  rankedSql,
  rowsSql,
  selectionSql,
  type SqlSource,
  valuesSql,
} from './row-statements.ts'
import type { RunQuery, SqlRow } from './run-query.ts'

/** Expressions of one SELECT; PostgreSQL allows 1,664. */
const MOST_EXPRESSIONS = 400

/** A table inside an engine that speaks SQL. */
export interface SqlTable {
  readonly dialect: SqlDialectName
  readonly query: RunQuery
  /** SQL that stands behind FROM, e.g. `"public"."orders" AS t`. It is put into every statement as it is: quote names. */
  readonly source: string
  /** What results call the table; `source` when absent. */
  readonly label?: string
  readonly columns: ReadonlyArray<{ readonly name: string; readonly physicalType: string }>
  /** Columns that give rows their order: for lists in row order, and for increasing and decreasing values. */
  readonly rowOrder?: ReadonlyArray<string>
}

/** A SELECT and what to make of its rows. */
interface Statement {
  readonly sql: string
  /** Places of the measures that it answers, and their answers. */
  readonly places: ReadonlyArray<number>
  readonly read: (rows: ReadonlyArray<SqlRow>) => ReadonlyArray<Answer>
}

/** The plan compiled to SQL, run by whoever holds the data: counts and aggregates of all checks in one SELECT. */
export function sqlEngine(table: SqlTable): TableEngine {
  const dialect = sqlDialects[table.dialect]
  const columns: ReadonlyArray<TableColumn> = table.columns.map(({ name, physicalType }) => ({
    name,
    physicalType,
    kind: dialect.kindOf(physicalType),
  }))
  const place: SqlSource = { dialect, source: table.source, columns, rowOrder: table.rowOrder ?? [] }
  return {
    name: dialect.name,
    source: table.label ?? table.source,
    columns: () => Promise.resolve(columns),
    measure: async (measures, options = {}) => {
      const answers: Array<Answer> = Array.from(measures, () => null)
      for (const { sql, places, read } of statementsOf(measures, place)) {
        const found = read(await run(table, sql, options))
        for (const [i, at] of places.entries()) answers[at] = found[i] ?? null
      }
      return answers
    },
    explain: (measures) => new Promise((resolve) => resolve(statementsOf(measures, place).map(({ sql }) => sql))),
  }
}

async function run(table: SqlTable, sql: string, { signal }: AskOptions): Promise<ReadonlyArray<SqlRow>> {
  const engine = table.dialect
  if (isAborted(signal)) throw cancellation(signal, { engine })
  try {
    return await table.query(sql, { signal })
  } catch (error) {
    if (isAborted(signal)) throw cancellation(signal, { engine })
    if (QualityError.is(error)) throw error
    const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300)
    const timedOut = /time.?out|timed out/i.test(reason ?? '')
    throw new QualityError(
      timedOut ? 'quality/timed-out' : 'quality/query-failed',
      `${engine} refused a query: ${reason}`,
      { engine },
      error,
    )
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

function statementsOf(measures: ReadonlyArray<Measure>, place: SqlSource): ReadonlyArray<Statement> {
  const fused: Array<readonly [number, FusedItem]> = []
  const alone: Array<Statement> = []
  for (const [at, measure] of measures.entries()) {
    if (isFused(measure, place)) {
      const column = measure.kind === 'count' ? undefined : columnOf(measure.column, place.columns)
      fused.push([at, fusedItem(measure, column, plainContext(place))])
    } else alone.push({ ...aloneStatement(measure, place), places: [at] })
  }
  return [...fusedStatements(fused, place), ...alone]
}

function isFused(measure: Measure, { dialect }: SqlSource): measure is FusedMeasure {
  if (measure.kind === 'query' || needsNeighbours(measure.where)) return false
  if (measure.kind === 'orderStatistic') return dialect.discreteQuantile !== undefined
  return measure.kind === 'count' || measure.kind === 'aggregate'
}

function fusedStatements(
  items: ReadonlyArray<readonly [number, FusedItem]>,
  place: SqlSource,
): ReadonlyArray<Statement> {
  const groups: Array<Array<readonly [number, FusedItem]>> = []
  let expressions = MOST_EXPRESSIONS
  for (const item of items) {
    expressions += item[1].expressions.length
    if (expressions > MOST_EXPRESSIONS) {
      groups.push([])
      expressions = item[1].expressions.length
    }
    groups.at(-1)?.push(item)
  }
  return groups.map((group) => {
    const select = group.flatMap(([, { expressions: parts }], g) => parts.map((part, i) => `${part} AS m${g}_${i}`))
    return {
      sql: `SELECT ${select.join(', ')} FROM ${place.source}`,
      places: group.map(([at]) => at),
      read: ([row = {}]) => group.map(([, item], g) => item.read(row, (i) => `m${g}_${i}`)),
    }
  })
}

function aloneStatement(measure: Measure, place: SqlSource): Omit<Statement, 'places'> {
  const kinds = (names: ReadonlyArray<string>): ReadonlyArray<TableColumn> =>
    names.map((name) => columnOf(name, place.columns))
  switch (measure.kind) {
    case 'count': {
      const { from, where } = selectionSql(measure.where, place)
      return { sql: `SELECT count(*) AS n FROM ${from} WHERE ${where}`, read: ([row = {}]) => [countFrom(row, 'n')] }
    }
    case 'distinct':
    case 'duplicates':
      return { sql: groupsSql(measure, place), read: ([row = {}]) => [countFrom(row, 'n')] }
    case 'values': {
      const columns = kinds(measure.columns)
      const read = (row: SqlRow): ValueCount => ({
        values: columns.map(({ kind }, i) => cellFrom(row, `c${i}`, kind === 'other' ? 'text' : kind)),
        count: countFrom(row, 'n'),
      })
      return { sql: valuesSql(measure, place), read: (rows) => [rows.map(read)] }
    }
    case 'rows': {
      const columns = kinds(measure.columns)
      return {
        sql: rowsSql(measure, place),
        read: (rows) => [
          rows.map((row) => [
            ...columns.map(({ kind }, i) => cellFrom(row, `c${i}`, kind)),
            ...(measure.flags ?? []).map((_, i) => countFrom(row, `f${i}`) === 1),
          ]),
        ],
      }
    }
    case 'orderStatistic': {
      const [column] = kinds([measure.column])
      return { sql: rankedSql(measure, place), read: ([row = {}]) => [cellFrom(row, 'c0', column?.kind ?? 'other')] }
    }
    case 'aggregate':
      throw new QualityError('quality/unsupported', 'aggregates of rows that other rows decide are not offered', {
        engine: place.dialect.name,
      })
    case 'query': {
      checkOneSelect(measure.sql)
      const limit = measure.limit === undefined ? '' : ` LIMIT ${measure.limit}`
      const inner = measure.sql.replaceAll('{table}', () => place.source)
      return { sql: `SELECT * FROM (${inner}) AS q${limit}`, read: (rows) => [rows.map(jsonRow)] }
    }
  }
}

function jsonRow(row: SqlRow): SqlRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, jsonValue(value)]))
}

function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return typeof value === 'object' && value !== null ? printed(value) : value
}
