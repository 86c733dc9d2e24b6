import { z } from 'zod'

import { cellValue } from '../../domain/cell-value.ts'
import { isTime } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import { allOf, not, type Condition } from '../../domain/predicate.ts'
import { parseRowCondition } from '../../domain/row-condition.ts'
import { bounds, column, columnList, CONDITION, mapScope, scope, share } from './arguments.ts'
import { type CatalogueEntry, ownEntryOf } from './catalogue-entry.ts'
import { observed, present } from './column-aggregates.ts'
import { hasType } from './column-types.ts'
import { mapOutcome, percentOf } from './map-outcome.ts'
import { quantileOf } from './quantile.ts'
import { scopeOf } from './row-scope.ts'

const freshness = z.strictObject({
  column,
  maxAgeSeconds: z.number().positive().describe('between the newest time and now'),
  ...scope,
})
const volume = z.strictObject({
  history: z
    .array(z.number().int().min(0))
    .optional()
    .describe('rows of earlier validations; the store of results tells them when absent'),
  minHistory: z.number().int().min(2).default(5).describe('with fewer the expectation is met'),
  tolerance: z.number().positive().default(3.5).describe('scaled MADs from the median; at least 1 % of it'),
  ...scope,
})
const condition = z.strictObject({
  condition: z.union([z.string(), CONDITION]).describe("`price >= cost or status = 'sale'`, or the same as data"),
  columnList: columnList.optional().describe('what results show; default: the columns of the condition'),
  ...mapScope,
})
const segments = z.strictObject({
  groupBy: columnList,
  expectation: z.strictObject({ type: z.string(), kwargs: z.record(z.string(), z.unknown()) }),
  maxSegments: z.number().int().min(1).max(10_000).default(100),
  mostly: share.default(1).describe('the least share of segments that must do'),
  ...scope,
})
const contract = z.strictObject({
  columns: z
    .array(
      z.strictObject({
        name: column,
        type: z.string().optional(),
        nullable: z.boolean().default(true),
        unique: z.boolean().default(false),
      }),
    )
    .min(1),
  ordered: z.boolean().default(false),
  allowExtra: z.boolean().default(false),
})
const aggregate = z.strictObject({
  column,
  aggregate: z.enum([
    'count',
    'nullCount',
    'nullPercent',
    'distinct',
    'duplicatePercent',
    'min',
    'max',
    'range',
    'sum',
    'mean',
    'median',
    'sd',
  ]),
  ...bounds,
  ...scope,
})

/** Expectations that keep a pipeline going: freshness, volume, conditions, segments, contracts. */
export const operations: ReadonlyArray<CatalogueEntry> = [
  ownEntryOf(
    'expectColumnMaxToBeRecent',
    'column aggregate',
    'The newest time is not too old (freshness).',
    freshness,
    async (kwargs, { table, now }) => {
      const { kind } = table.column(kwargs.column)
      if (!isTime(kind))
        throw new QualityError(
          'quality/invalid-arguments',
          `column ${JSON.stringify(kwargs.column)} holds ${kind} values, no times`,
          { path: 'column' },
        )
      const newest = await table.aggregate('max', kwargs.column, scopeOf(kwargs))
      const age = newest === null ? null : now() / 1000 - Number(newest) / 1e6
      return {
        success: age !== null && age <= kwargs.maxAgeSeconds,
        findings: { observedValue: cellValue(newest, kind), details: { ageSeconds: age } },
      }
    },
  ),
  ownEntryOf(
    'expectTableRowCountToMatchHistory',
    'table',
    'There are about as many rows as before (volume).',
    volume,
    async (kwargs, { table, rowCountHistory }) => {
      const [rows, history] = await Promise.all([table.count(scopeOf(kwargs)), kwargs.history ?? rowCountHistory()])
      if (history.length < kwargs.minHistory) {
        return {
          success: true,
          findings: { observedValue: rows, details: { history: history.length, needed: kwargs.minHistory } },
        }
      }
      const median = medianOf(history)
      const spread = Math.max(1.4826 * medianOf(history.map((count) => Math.abs(count - median))), 0.01 * median)
      const range = [median - kwargs.tolerance * spread, median + kwargs.tolerance * spread]
      return {
        success: Math.abs(rows - median) <= kwargs.tolerance * spread,
        findings: { observedValue: rows, details: { median, range, history: history.length } },
      }
    },
  ),
  ownEntryOf(
    'expectRowsToSatisfy',
    'multicolumn',
    'A condition over columns holds; as in a CHECK constraint, a row of which it is unknown passes.',
    condition,
    (kwargs, context) => {
      const wanted = typeof kwargs.condition === 'string' ? parseRowCondition(kwargs.condition) : kwargs.condition
      const shown = kwargs.columnList ?? [...new Set(columnsOf(wanted))]
      return mapOutcome(
        { columns: shown, scope: scopeOf(kwargs), unexpected: not(wanted), mostly: kwargs.mostly },
        context,
      )
    },
  ),
  ownEntryOf(
    'expectSegmentsToSatisfy',
    'table',
    'An expectation holds for each group of rows by itself.',
    segments,
    async (kwargs, context) => {
      const { table } = context
      const groups = await table.values(kwargs.groupBy, scopeOf(kwargs), 'count', kwargs.maxSegments + 1)
      if (groups.length > kwargs.maxSegments) {
        throw new QualityError('quality/invalid-arguments', `there are more than ${kwargs.maxSegments} segments`, {
          path: 'maxSegments',
        })
      }
      const inner = kwargs.expectation.kwargs
      const own = z.strictObject(scope).safeParse({ rowCondition: inner['rowCondition'] })
      if (!own.success)
        throw new QualityError('quality/invalid-arguments', 'rowCondition is none', {
          path: 'expectation.kwargs.rowCondition',
        })
      const results = await Promise.all(
        groups.map(async ({ values, count }) => {
          const segment = Object.fromEntries(
            kwargs.groupBy.map((name, i) => [name, cellValue(values[i] ?? null, table.column(name).kind)]),
          )
          const rows = kwargs.groupBy.map((name): Condition => {
            const value = segment[name] ?? null
            return value === null ? { op: 'isNull', column: name } : { op: 'in', column: name, values: [value] }
          })
          const rowCondition = allOf(scopeOf(kwargs), scopeOf(own.data), ...rows)
          const { success, findings } = await context.evaluate(kwargs.expectation.type, { ...inner, rowCondition })
          return { segment, rows: count, success, result: findings }
        }),
      )
      const good = results.filter(({ success }) => success).length
      return {
        success: results.length === 0 || good / results.length >= kwargs.mostly,
        findings: {
          elementCount: results.length,
          unexpectedCount: results.length - good,
          unexpectedPercent: percentOf(results.length - good, results.length),
          details: { segments: results },
        },
      }
    },
  ),
  ownEntryOf(
    'expectTableToMatchSchema',
    'table',
    'Columns, types, nulls and keys are as a contract says.',
    contract,
    async (kwargs, { table }) => {
      const names = table.columns.map(({ name }) => name)
      const wanted = kwargs.columns.map(({ name }) => name)
      const found = await Promise.all(
        kwargs.columns.map(async ({ name, type, nullable, unique }) => {
          const has = table.columns.find((item) => item.name === name)
          if (has === undefined) return [{ column: name, fault: 'missing' }]
          const [nulls, repeated] = await Promise.all([
            nullable ? 0 : table.count({ op: 'isNull', column: name }),
            unique ? table.duplicates([name], present({ column: name })) : 0,
          ])
          return [
            ...(type === undefined || hasType(has, type)
              ? []
              : [{ column: name, fault: 'type', expected: type, found: has.physicalType }]),
            ...(nulls === 0 ? [] : [{ column: name, fault: 'null', rows: nulls }]),
            ...(repeated === 0 ? [] : [{ column: name, fault: 'duplicate', rows: repeated }]),
          ]
        }),
      )
      const extra = kwargs.allowExtra
        ? []
        : names.filter((name) => !wanted.includes(name)).map((name) => ({ column: name, fault: 'extra' }))
      const order = names.filter((name) => wanted.includes(name))
      const misplaced =
        kwargs.ordered && order.some((name, i) => name !== wanted.filter((item) => names.includes(item))[i])
      const faults = [...found.flat(), ...extra, ...(misplaced ? [{ column: null, fault: 'order' }] : [])]
      return { success: faults.length === 0, findings: { observedValue: names, details: { faults } } }
    },
  ),
  ownEntryOf(
    'expectColumnAggregateToBeBetween',
    'column aggregate',
    'A number of a column lies between two bounds.',
    aggregate,
    async (kwargs, { table }) => {
      const rows = scopeOf(kwargs)
      const name = kwargs.column
      const { kind } = table.column(name)
      const nulls = (): Promise<number> => table.count(allOf(rows, { op: 'isNull', column: name }))
      switch (kwargs.aggregate) {
        case 'count':
          return observed(await table.count(present(kwargs)), 'integer', kwargs)
        case 'nullCount':
          return observed(await nulls(), 'integer', kwargs)
        case 'nullPercent': {
          const [missing, all] = await Promise.all([nulls(), table.count(rows)])
          return observed(percentOf(missing, all), 'float', kwargs)
        }
        case 'distinct':
          return observed(await table.distinct([name], present(kwargs)), 'integer', kwargs)
        case 'duplicatePercent': {
          const [repeated, all] = await Promise.all([
            table.duplicates([name], present(kwargs)),
            table.count(present(kwargs)),
          ])
          return observed(percentOf(repeated, all), 'float', kwargs)
        }
        case 'range': {
          const [least, most] = await Promise.all([
            table.aggregate('min', name, rows),
            table.aggregate('max', name, rows),
          ])
          return observed(least === null ? null : Number(most) - Number(least), 'float', kwargs)
        }
        case 'median':
          return observed(await quantileOf(table, name, 0.5, 'linear', rows), 'float', kwargs)
        case 'mean':
        case 'sd':
          return observed(await table.aggregate(kwargs.aggregate, name, rows), 'float', kwargs)
        case 'sum':
          return observed(await table.aggregate('sum', name, rows), kind === 'integer' ? 'decimal' : kind, kwargs)
        case 'min':
        case 'max':
          return observed(await table.aggregate(kwargs.aggregate, name, rows), kind, kwargs)
      }
    },
  ),
]

function columnsOf(part: Condition): ReadonlyArray<string> {
  switch (part.op) {
    case 'true':
      return []
    case 'and':
    case 'or':
      return part.args.flatMap(columnsOf)
    case 'not':
    case 'isTrue':
      return columnsOf(part.arg)
    case 'compareColumns':
      return [part.column, part.other]
    case 'sum':
    case 'duplicated':
      return part.columns
    case 'isNull':
    case 'isNaN':
    case 'compare':
    case 'in':
    case 'length':
    case 'matches':
    case 'outOfOrder':
      return [part.column]
  }
}

function medianOf(values: ReadonlyArray<number>): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}
