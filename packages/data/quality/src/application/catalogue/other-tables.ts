import { z } from 'zod'

import { cellValue } from '../../domain/cell-value.ts'
import type { Cell } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import type { ValueCount } from '../../domain/measure.ts'
import { allOf, not, type Condition } from '../../domain/predicate.ts'
import type { TableQuestions } from '../table-questions.ts'
import { column, columnList, mapScope, scope, tableName } from './arguments.ts'
import { type CatalogueEntry, ownEntryOf } from './catalogue-entry.ts'
import { mapOutcome, percentOf } from './map-outcome.ts'
import { scopeOf } from './row-scope.ts'

const MOST_KEYS_SHOWN = 20
const foreignKey = z.strictObject({
  columnList,
  otherTable: tableName,
  otherColumnList: columnList.optional().describe('the same names when absent'),
  ...mapScope,
})
const totals = z.strictObject({
  otherTable: tableName,
  compare: z
    .array(
      z.strictObject({
        aggregate: z.enum(['count', 'distinct', 'min', 'max', 'sum', 'mean']),
        column,
        otherColumn: column.optional(),
      }),
    )
    .min(1),
  relativeTolerance: z.number().min(0).default(0).describe('of the other table; applies to numbers'),
  ...scope,
})
const records = z.strictObject({
  otherTable: tableName,
  columnList: columnList.describe('columns that both tables have and whose values must be equal, keys included'),
  mostly: mapScope.mostly,
  ...scope,
})

/** Expectations that hold two tables against each other; their engines may differ. Different keys are compared here, in memory. */
export const otherTables: ReadonlyArray<CatalogueEntry> = [
  ownEntryOf(
    'expectColumnValuesToExistInOtherTable',
    'column map',
    'Every key occurs in another table (a foreign key); rows without a value in one of the columns are missing.',
    foreignKey,
    async (kwargs, context) => {
      const { table } = context
      const other = await context.otherTable(kwargs.otherTable)
      const names = kwargs.otherColumnList ?? kwargs.columnList
      if (names.length !== kwargs.columnList.length) {
        throw new QualityError('quality/invalid-arguments', 'otherColumnList needs as many columns as columnList', {
          path: 'otherColumnList',
        })
      }
      const [own, known] = await Promise.all([
        table.values(kwargs.columnList, allOf(scopeOf(kwargs), complete(kwargs.columnList))),
        other.values(names, complete(names)),
      ])
      const keys = new Set(known.map(({ values }) => keyOf(values, names, other)))
      const orphans = own.filter(({ values }) => !keys.has(keyOf(values, kwargs.columnList, table)))
      return mapOutcome(
        {
          columns: kwargs.columnList,
          scope: scopeOf(kwargs),
          missing: not(complete(kwargs.columnList)),
          unexpected: anyTuple(kwargs.columnList, orphans, table),
          countUnexpected: () => Promise.resolve(orphans.reduce((sum, { count }) => sum + count, 0)),
          mostly: kwargs.mostly,
        },
        context,
      )
    },
  ),
  ownEntryOf(
    'expectAggregatesToMatchOtherTable',
    'table',
    'Counts, sums and other numbers are the same in another table (reconciliation).',
    totals,
    async (kwargs, { table, otherTable }) => {
      const other = await otherTable(kwargs.otherTable)
      const compared = await Promise.all(
        kwargs.compare.map(async ({ aggregate, column: name, otherColumn = name }) => {
          const [own, others] = await Promise.all([
            aggregateOf(table, aggregate, name, scopeOf(kwargs)),
            aggregateOf(other, aggregate, otherColumn, { op: 'true' }),
          ])
          return {
            aggregate,
            column: name,
            self: own,
            other: others,
            success: isClose(own, others, kwargs.relativeTolerance),
          }
        }),
      )
      return { success: compared.every(({ success }) => success), findings: { observedValue: compared } }
    },
  ),
  ownEntryOf(
    'expectRowsToMatchOtherTable',
    'table',
    'Both tables hold the same rows, as often, in any order (reconciliation).',
    records,
    async (kwargs, { table, otherTable, resultFormat }) => {
      const other = await otherTable(kwargs.otherTable)
      const [own, others] = await Promise.all([
        table.values(kwargs.columnList, scopeOf(kwargs)),
        other.values(kwargs.columnList),
      ])
      const left = countsByKey(own, kwargs.columnList, table)
      const right = countsByKey(others, kwargs.columnList, other)
      const [extra, missing] = [surplus(left, right), surplus(right, left)]
      const [extraRows, missingRows, rows] = [extra, missing, [...left]].map((list) =>
        list.reduce((sum, [, count]) => sum + count, 0),
      )
      const most = Math.max(rows ?? 0, (rows ?? 0) - (extraRows ?? 0) + (missingRows ?? 0))
      const unexpectedCount = Math.max(extraRows ?? 0, missingRows ?? 0)
      const shown = (list: ReadonlyArray<readonly [string, number]>): ReadonlyArray<unknown> =>
        list.slice(0, MOST_KEYS_SHOWN).map(([key]): unknown => JSON.parse(key))
      return {
        success: most === 0 || (most - unexpectedCount) / most >= kwargs.mostly,
        findings: {
          elementCount: most,
          unexpectedCount,
          unexpectedPercent: percentOf(unexpectedCount, most),
          details: {
            unexpectedRows: extraRows,
            missingRows,
            ...(resultFormat === 'BOOLEAN_ONLY'
              ? {}
              : { partialUnexpectedRows: shown(extra), partialMissingRows: shown(missing) }),
          },
        },
      }
    },
  ),
]

function complete(columns: ReadonlyArray<string>): Condition {
  return { op: 'and', args: columns.map((name) => not<never>({ op: 'isNull', column: name })) }
}

// Values as results show them are equal for equal values of any two engines.
function keyOf(values: ReadonlyArray<Cell>, columns: ReadonlyArray<string>, table: TableQuestions): string {
  return JSON.stringify(values.map((cell, i) => cellValue(cell, table.column(columns[i] ?? '').kind)))
}

function anyTuple(columns: ReadonlyArray<string>, tuples: ReadonlyArray<ValueCount>, table: TableQuestions): Condition {
  const [only] = columns
  const literal = (cell: Cell, name: string): string | number | boolean | bigint | null => {
    const { kind } = table.column(name)
    return kind === 'timestamp' || kind === 'date' ? cellValue(cell, kind) : cell
  }
  if (columns.length === 1 && only !== undefined) {
    return { op: 'in', column: only, values: tuples.map(({ values }) => literal(values[0] ?? null, only)) }
  }
  return {
    op: 'or',
    args: tuples.map(({ values }) =>
      allOf(
        ...columns.map((name, i): Condition => ({
          op: 'in',
          column: name,
          values: [literal(values[i] ?? null, name)],
        })),
      ),
    ),
  }
}

async function aggregateOf(
  table: TableQuestions,
  aggregate: 'count' | 'distinct' | 'min' | 'max' | 'sum' | 'mean',
  name: string,
  where: Condition,
): Promise<unknown> {
  const there = allOf(where, not<never>({ op: 'isNull', column: name }))
  if (aggregate === 'count') return table.count(there)
  if (aggregate === 'distinct') return table.distinct([name], there)
  const cell = await table.aggregate(aggregate, name, where)
  const { kind } = table.column(name)
  return cellValue(cell, aggregate === 'mean' ? 'float' : aggregate === 'sum' && kind === 'integer' ? 'decimal' : kind)
}

function isClose(own: unknown, other: unknown, tolerance: number): boolean {
  if (own === other) return true
  const [a, b] = [Number(own ?? Number.NaN), Number(other ?? Number.NaN)]
  return tolerance > 0 && Math.abs(a - b) <= tolerance * Math.abs(b)
}

function countsByKey(
  list: ReadonlyArray<ValueCount>,
  columns: ReadonlyArray<string>,
  table: TableQuestions,
): ReadonlyMap<string, number> {
  return new Map(list.map(({ values, count }) => [keyOf(values, columns, table), count]))
}

function surplus(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
): ReadonlyArray<readonly [string, number]> {
  return [...a].map(([key, count]) => [key, count - (b.get(key) ?? 0)] as const).filter(([, count]) => count > 0)
}
