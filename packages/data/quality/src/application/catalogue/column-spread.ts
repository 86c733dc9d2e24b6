import { z } from 'zod'

import { allOf, not, type Condition } from '../../domain/predicate.ts'
import { column, mapScope } from './arguments.ts'
import { type CatalogueEntry, entryOf, type EvaluationContext } from './catalogue-entry.ts'
import { judgeBadValues } from './column-values.ts'
import { quantileOf } from './quantile.ts'
import { scopeOf } from './row-scope.ts'

const zScores = z.strictObject({
  column,
  threshold: z.number().describe('in standard deviations'),
  doubleSided: z.boolean().describe('values far below the mean count too'),
  ...mapScope,
})
const outliers = z.strictObject({
  column,
  method: z
    .enum(['iqr', 'std'])
    .default('iqr')
    .describe("distance from the quartiles (Tukey's fences) or from the mean"),
  multiplier: z.number().min(0).default(1.5).describe('in interquartile ranges or standard deviations'),
  ...mapScope,
})

/** Expectations of values against the spread of their column: two scans. */
export const columnSpread: ReadonlyArray<CatalogueEntry> = [
  entryOf(
    'expectColumnValueZScoresToBeLessThan',
    'column map',
    'Values lie less than some standard deviations from the mean. All are good in a column without spread.',
    zScores,
    async (kwargs, context) => {
      const [mean, sd] = await meanAndSd(kwargs.column, scopeOf(kwargs), context)
      const reach = sd * (kwargs.doubleSided ? Math.abs(kwargs.threshold) : kwargs.threshold)
      const far: ReadonlyArray<Condition> = [
        { op: 'compare', column: kwargs.column, comparison: '>=', value: mean + reach },
        ...(kwargs.doubleSided
          ? [{ op: 'compare', column: kwargs.column, comparison: '<=', value: mean - reach } as const]
          : []),
      ]
      return judgeBadValues(kwargs, sd > 0 && Number.isFinite(reach) ? { op: 'or', args: far } : NEVER, context)
    },
  ),
  entryOf(
    'expectColumnValuesToNotBeOutliers',
    'column map',
    'Values lie within the fences of their column. All are good in a column without two values.',
    outliers,
    async (kwargs, context) => {
      const { table } = context
      if (kwargs.method === 'std') {
        const [mean, sd] = await meanAndSd(kwargs.column, scopeOf(kwargs), context)
        const reach = kwargs.multiplier * sd
        return judgeBadValues(
          kwargs,
          Number.isFinite(reach) ? outside(kwargs.column, mean - reach, mean + reach, reach > 0) : NEVER,
          context,
        )
      }
      const [low, high] = await Promise.all(
        [0.25, 0.75].map((p) => quantileOf(table, kwargs.column, p, 'linear', scopeOf(kwargs))),
      )
      if (low === null || high === null || low === undefined || high === undefined)
        return judgeBadValues(kwargs, NEVER, context)
      const reach = kwargs.multiplier * (high - low)
      return judgeBadValues(kwargs, outside(kwargs.column, low - reach, high + reach, false), context)
    },
  ),
]

const NEVER: Condition = not<never>({ op: 'true' })

async function meanAndSd(
  name: string,
  scope: Condition,
  { table }: EvaluationContext,
): Promise<readonly [number, number]> {
  const [mean, sd] = await Promise.all([table.aggregate('mean', name, scope), table.aggregate('sd', name, scope)])
  return [mean === null ? Number.NaN : Number(mean), sd === null ? Number.NaN : Number(sd)]
}

function outside(name: string, least: number, most: number, atEdge: boolean): Condition {
  const inside = allOf<number>(
    { op: 'compare', column: name, comparison: atEdge ? '>' : '>=', value: least },
    { op: 'compare', column: name, comparison: atEdge ? '<' : '<=', value: most },
  )
  return not<number>(inside)
}
