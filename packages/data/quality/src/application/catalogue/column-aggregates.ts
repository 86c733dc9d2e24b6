import { z } from 'zod'

import { cellValue } from '../../domain/cell-value.ts'
import type { Cell, ColumnKind } from '../../domain/cell.ts'
import type { AggregateName } from '../../domain/measure.ts'
import { allOf, not, type Condition } from '../../domain/predicate.ts'
import { bounds, column, scope } from './arguments.ts'
import { type CatalogueEntry, entryOf, type EvaluationContext, type Outcome } from './catalogue-entry.ts'
import { quantileOf } from './quantile.ts'
import { scopeOf } from './row-scope.ts'
import { isWithin } from './within-bounds.ts'

const between = z.strictObject({ column, ...bounds, ...scope })
type Kwargs = z.infer<typeof between>

const INTERPOLATIONS = ['linear', 'lower', 'higher', 'midpoint', 'nearest'] as const
const quantiles = z.strictObject({
  column,
  quantileRanges: z
    .strictObject({
      quantiles: z.array(z.number().min(0).max(1)).min(1),
      valueRanges: z.array(z.tuple([z.number().nullable(), z.number().nullable()])).min(1),
    })
    .refine((ranges) => ranges.quantiles.length === ranges.valueRanges.length, 'a range is needed for each quantile'),
  allowRelativeError: z
    .union([z.boolean(), z.enum(INTERPOLATIONS)])
    .default(false)
    .describe("how to take a quantile between two values; nearest unless said, 'linear' is type 7; never approximate"),
  ...scope,
})

/** Expectations of one number of a column. */
export const columnAggregates: ReadonlyArray<CatalogueEntry> = [
  ...(
    [
      ['Min', 'min', 'The least value'],
      ['Max', 'max', 'The greatest value'],
      ['Mean', 'mean', 'The mean'],
      ['Stdev', 'sd', 'The standard deviation (n - 1)'],
      ['Sum', 'sum', 'The sum'],
    ] as const
  ).map(([word, name, text]) =>
    entryOf(
      `expectColumn${word}ToBeBetween`,
      'column aggregate',
      `${text} lies between two bounds.`,
      between,
      (kwargs, context) => judgeAggregate(kwargs, name, context),
    ),
  ),
  entryOf(
    'expectColumnMedianToBeBetween',
    'column aggregate',
    'The median lies between two bounds.',
    between,
    async (kwargs, context) =>
      observed(await quantileOf(context.table, kwargs.column, 0.5, 'linear', scopeOf(kwargs)), 'float', kwargs),
  ),
  entryOf(
    'expectColumnQuantileValuesToBeBetween',
    'column aggregate',
    'Quantiles lie between bounds of their own.',
    quantiles,
    async ({ quantileRanges, allowRelativeError, ...kwargs }, context) => {
      const way = typeof allowRelativeError === 'string' ? allowRelativeError : 'nearest'
      const values = await Promise.all(
        quantileRanges.quantiles.map((p) => quantileOf(context.table, kwargs.column, p, way, scopeOf(kwargs))),
      )
      const successes = values.map((value, i) => {
        const [minValue, maxValue] = quantileRanges.valueRanges[i] ?? [null, null]
        return isWithin(value, 'float', { minValue, maxValue })
      })
      return {
        success: successes.every(Boolean),
        findings: {
          observedValue: { quantiles: quantileRanges.quantiles, values },
          details: { successDetails: successes },
        },
      }
    },
  ),
  entryOf(
    'expectColumnUniqueValueCountToBeBetween',
    'column aggregate',
    'The number of different values lies between two bounds.',
    between,
    async (kwargs, { table }) => observed(await table.distinct([kwargs.column], present(kwargs)), 'integer', kwargs),
  ),
  entryOf(
    'expectColumnProportionOfUniqueValuesToBeBetween',
    'column aggregate',
    'The share of different values among those that are there lies between two bounds.',
    between,
    async (kwargs, { table }) => {
      const [different, count] = await Promise.all([
        table.distinct([kwargs.column], present(kwargs)),
        table.count(present(kwargs)),
      ])
      return observed(count === 0 ? 0 : different / count, 'float', kwargs)
    },
  ),
  entryOf(
    'expectColumnProportionOfNonNullValuesToBeBetween',
    'column aggregate',
    'The share of rows with a value lies between two bounds.',
    between,
    async (kwargs, { table }) => {
      const [there, count] = await Promise.all([table.count(present(kwargs)), table.count(scopeOf(kwargs))])
      return observed(count === 0 ? 0 : there / count, 'float', kwargs)
    },
  ),
]

async function judgeAggregate(kwargs: Kwargs, name: AggregateName, { table }: EvaluationContext): Promise<Outcome> {
  const { kind } = table.column(kwargs.column)
  const value = await table.aggregate(name, kwargs.column, scopeOf(kwargs))
  if (name === 'mean' || name === 'sd') return observed(value, 'float', kwargs)
  return observed(value, name === 'sum' && kind === 'integer' ? 'decimal' : kind, kwargs)
}

/** Rows of the scope with a value in the column. */
export function present(kwargs: {
  readonly column: string
  readonly rowCondition?: string | Condition | null | undefined
}): Condition {
  return allOf(scopeOf(kwargs), not({ op: 'isNull', column: kwargs.column }))
}

/** The outcome of one measured value between bounds. */
export function observed(value: Cell, kind: ColumnKind, kwargs: Parameters<typeof isWithin>[2]): Outcome {
  return { success: isWithin(value, kind, kwargs), findings: { observedValue: cellValue(value, kind) } }
}
