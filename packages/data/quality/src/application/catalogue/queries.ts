import { z } from 'zod'

import { numberBound, tableName, share } from './arguments.ts'
import { type CatalogueEntry, entryOf, ownEntryOf } from './catalogue-entry.ts'
import { isWithin } from './within-bounds.ts'

const sql = z.string().min(1).describe("one SELECT in the engine's language; {table} stands for the table")
const rows = z.strictObject({ unexpectedRowsQuery: sql })
const comparison = z.strictObject({
  baseQuery: sql,
  comparisonTable: tableName,
  comparisonQuery: sql,
  mostly: share.default(1),
})
const value = z.strictObject({
  query: sql,
  minValue: numberBound,
  maxValue: numberBound,
  strictMin: z.boolean().default(false),
  strictMax: z.boolean().default(false),
})

type Row = Readonly<Record<string, unknown>>

/** Expectations in the engine's own language; a table in memory has none. */
export const queries: ReadonlyArray<CatalogueEntry> = [
  entryOf(
    'unexpectedRowsExpectation',
    'query',
    'A statement that selects bad rows selects none.',
    rows,
    async (kwargs, context) => {
      const [{ n = 0 } = {}] = await context.table.query(
        `SELECT count(*) AS n FROM (${kwargs.unexpectedRowsQuery}) AS unexpected_rows`,
      )
      const count = Number(n)
      const found =
        count === 0 ? [] : await context.table.query(kwargs.unexpectedRowsQuery, context.partialUnexpectedCount)
      return {
        success: count === 0,
        findings: {
          observedValue: count,
          ...(context.resultFormat === 'BOOLEAN_ONLY' ? {} : { details: { unexpectedRows: found } }),
        },
      }
    },
  ),
  entryOf(
    'expectQueryResultsToMatchComparison',
    'query',
    'Two statements, on this table and on another, give the same rows in any order.',
    comparison,
    async (kwargs, { table, otherTable, resultFormat }) => {
      const other = await otherTable(kwargs.comparisonTable)
      const [base, compared] = await Promise.all([table.query(kwargs.baseQuery), other.query(kwargs.comparisonQuery)])
      const most = Math.max(base.length, compared.length)
      const unexpectedRows = withoutThose(base, compared)
      const unexpectedCount = most - (base.length - unexpectedRows.length)
      const unexpectedPercent = most === 0 ? 0 : (unexpectedCount / most) * 100
      return {
        success: most === 0 || (most - unexpectedCount) / most >= kwargs.mostly,
        findings: {
          unexpectedCount,
          unexpectedPercent,
          ...(resultFormat === 'COMPLETE'
            ? { details: { missingRows: withoutThose(compared, base), unexpectedRows } }
            : {}),
        },
      }
    },
  ),
  ownEntryOf(
    'expectQueryValueToBeBetween',
    'query',
    'The one value that a statement gives lies between two bounds.',
    value,
    async (kwargs, { table }) => {
      const [first = {}] = await table.query(kwargs.query, 1)
      const [found = null] = Object.values(first)
      const number = typeof found === 'number' ? found : found === null || found === '' ? Number.NaN : Number(found)
      return { success: !Number.isNaN(number) && isWithin(number, 'float', kwargs), findings: { observedValue: found } }
    },
  ),
]

// Rows are compared by their values in order, as often as they occur.
function withoutThose(list: ReadonlyArray<Row>, others: ReadonlyArray<Row>): ReadonlyArray<Row> {
  const counts = new Map<string, number>()
  for (const row of others) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return list.filter((row) => {
    const left = counts.get(keyOf(row)) ?? 0
    counts.set(keyOf(row), left - 1)
    return left <= 0
  })
}

function keyOf(row: Row): string {
  return JSON.stringify(Object.values(row))
}
