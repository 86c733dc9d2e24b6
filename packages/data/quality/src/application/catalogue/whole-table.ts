import { z } from 'zod'

import { column, scope, tableName } from './arguments.ts'
import { type CatalogueEntry, entryOf, type Outcome } from './catalogue-entry.ts'
import { observed } from './column-aggregates.ts'
import { scopeOf } from './row-scope.ts'

const whole = z.number().int().min(0)
const range = {
  minValue: whole.nullable().optional(),
  maxValue: whole.nullable().optional(),
  strictMin: z.boolean().default(false),
  strictMax: z.boolean().default(false),
}
const exact = z.strictObject({ value: whole, ...scope })

/** Expectations of the table as a whole. */
export const wholeTable: ReadonlyArray<CatalogueEntry> = [
  entryOf(
    'expectTableRowCountToBeBetween',
    'table',
    'The number of rows lies between two bounds.',
    z.strictObject({ ...range, ...scope }),
    async (kwargs, { table }) => observed(await table.count(scopeOf(kwargs)), 'integer', kwargs),
  ),
  entryOf(
    'expectTableRowCountToEqual',
    'table',
    'The table has a number of rows.',
    exact,
    async (kwargs, { table }) => {
      const rows = await table.count(scopeOf(kwargs))
      return { success: rows === kwargs.value, findings: { observedValue: rows } }
    },
  ),
  entryOf(
    'expectTableRowCountToEqualOtherTable',
    'table',
    'The table has as many rows as another.',
    z.strictObject({ otherTableName: tableName, ...scope }),
    async (kwargs, { table, otherTable }) => {
      const other = await otherTable(kwargs.otherTableName)
      const [own, others] = await Promise.all([table.count(scopeOf(kwargs)), other.count()])
      return { success: own === others, findings: { observedValue: { self: own, other: others } } }
    },
  ),
  entryOf(
    'expectTableColumnCountToBeBetween',
    'table',
    'The number of columns lies between two bounds.',
    z.strictObject(range),
    (kwargs, { table }) => Promise.resolve(observed(table.columns.length, 'integer', kwargs)),
  ),
  entryOf(
    'expectTableColumnCountToEqual',
    'table',
    'The table has a number of columns.',
    z.strictObject({ value: whole }),
    (kwargs, { table }) =>
      Promise.resolve({
        success: table.columns.length === kwargs.value,
        findings: { observedValue: table.columns.length },
      }),
  ),
  entryOf(
    'expectColumnToExist',
    'table',
    'There is a column by that name, at that place (0-based) if one is given.',
    z.strictObject({ column, columnIndex: whole.nullable().optional() }),
    (kwargs, { table }) => {
      const at = table.columns.findIndex(({ name }) => name === kwargs.column)
      const expected = kwargs.columnIndex ?? at
      return Promise.resolve({ success: at !== -1 && at === expected, findings: {} })
    },
  ),
  entryOf(
    'expectTableColumnsToMatchOrderedList',
    'table',
    'The columns are those given, in their order.',
    z.strictObject({ columnList: z.array(z.string()) }),
    (kwargs, { table }) => {
      const names = table.columns.map(({ name }) => name)
      return Promise.resolve(orderedOutcome(names, kwargs.columnList))
    },
  ),
  entryOf(
    'expectTableColumnsToMatchSet',
    'table',
    'The columns are those given, in any order; with `exactMatch` false there may be more.',
    z.strictObject({ columnSet: z.array(z.string()), exactMatch: z.boolean().default(true) }),
    (kwargs, { table }) => {
      const names = table.columns.map(({ name }) => name)
      const missing = kwargs.columnSet.filter((name) => !names.includes(name))
      const unexpected = names.filter((name) => !kwargs.columnSet.includes(name))
      return Promise.resolve({
        success: missing.length === 0 && (!kwargs.exactMatch || unexpected.length === 0),
        findings: {
          observedValue: [...names].sort(),
          ...(missing.length + unexpected.length === 0 ? {} : { details: { mismatched: { missing, unexpected } } }),
        },
      })
    },
  ),
]

function orderedOutcome(names: ReadonlyArray<string>, expected: ReadonlyArray<string>): Outcome {
  const length = Math.max(names.length, expected.length)
  const mismatched = Array.from({ length }, (_, i) => ({
    expectedColumnPosition: i,
    expected: expected[i] ?? null,
    found: names[i] ?? null,
  })).filter((item) => item.expected !== item.found)
  return {
    success: mismatched.length === 0,
    findings: { observedValue: names, ...(mismatched.length === 0 ? {} : { details: { mismatched } }) },
  }
}
