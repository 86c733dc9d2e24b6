import { z } from 'zod'

import { cellValue } from '../../domain/cell-value.ts'
import { QualityError } from '../../domain/errors.ts'
import type { Condition } from '../../domain/predicate.ts'
import { column, literal, scope } from './arguments.ts'
import { type CatalogueEntry, entryOf, type EvaluationContext, type Outcome } from './catalogue-entry.ts'
import { present } from './column-aggregates.ts'
import { binCounts } from './histogram.ts'

const weight = z.number().min(0)
const partition = z.union([
  z.strictObject({ values: z.array(literal).min(1), weights: z.array(weight).min(1) }),
  z.strictObject({
    bins: z.array(z.number().nullable()).min(2).describe('ascending edges; null at an end: no end'),
    weights: z.array(weight).min(1),
    tailWeights: z.tuple([weight, weight]).optional(),
  }),
])
const klArguments = z.strictObject({
  column,
  partitionObject: partition.describe('the shares to expect, by value or by bin'),
  threshold: z.number().min(0).nullable().describe('in nats; null: only measured'),
  internalWeightHoldout: z.number().min(0).max(1).default(0).describe('spread over bins of weight 0'),
  tailWeightHoldout: z.number().min(0).max(1).default(0).describe('spread over values and tails that are not expected'),
  ...scope,
})
type Kwargs = z.infer<typeof klArguments>

/** Expectations of the shape of a column. */
export const distributions: ReadonlyArray<CatalogueEntry> = [
  entryOf(
    'expectColumnKLDivergenceToBeLessThan',
    'column aggregate',
    'The Kullback-Leibler divergence of the observed shares from those expected is at most a threshold.',
    klArguments,
    (kwargs, context) => {
      const { partitionObject } = kwargs
      return 'values' in partitionObject
        ? byValue(kwargs, partitionObject, context)
        : byBin(kwargs, partitionObject, context)
    },
  ),
]

async function byValue(
  kwargs: Kwargs,
  { values, weights }: { readonly values: ReadonlyArray<unknown>; readonly weights: ReadonlyArray<number> },
  { table }: EvaluationContext,
): Promise<Outcome> {
  if (values.length !== weights.length) throw wrong('a weight is needed for each value')
  if (kwargs.internalWeightHoldout > 0) throw wrong('internalWeightHoldout is for bins')
  const { kind } = table.column(kwargs.column)
  const counts = await table.values([kwargs.column], present(kwargs))
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const seen = new Map<unknown, number>(
    counts.map((item) => [cellValue(item.values[0] ?? null, kind), item.count / total]),
  )
  const expected = new Map<unknown, number>(values.map((value, i) => [value, weights[i] ?? 0]))
  const unexpected = [...seen.keys()].filter((value) => !expected.has(value))
  const hold = unexpected.length > 0 ? kwargs.tailWeightHoldout : 0
  const all = [...expected.keys(), ...unexpected]
  const observed = all.map((value) => seen.get(value) ?? 0)
  const wanted = all.map((value) =>
    expected.has(value) ? (expected.get(value) ?? 0) * (1 - hold) : hold / unexpected.length,
  )
  return judge(kwargs, observed, wanted, { values: all })
}

async function byBin(
  kwargs: Kwargs,
  {
    bins,
    weights,
    tailWeights,
  }: {
    readonly bins: ReadonlyArray<number | null>
    readonly weights: ReadonlyArray<number>
    readonly tailWeights?: readonly [number, number] | undefined
  },
  { table }: EvaluationContext,
): Promise<Outcome> {
  const { internalWeightHoldout: internal, tailWeightHoldout: tail } = kwargs
  const open = [bins[0] === null, bins.at(-1) === null]
  if (bins.length !== weights.length + 1) throw wrong('there is one more edge than weights')
  if (tailWeights !== undefined && (tail > 0 || open.some(Boolean)))
    throw wrong('tailWeights go with finite ends and no tailWeightHoldout')
  if (tail > 0 && open.every(Boolean)) throw wrong('bins without ends have no tails to hold weight out for')
  const edges = bins.map((edge, i) => edge ?? (i === 0 ? -Infinity : Infinity))
  const there: Condition = present(kwargs)
  const [counts, total] = await Promise.all([binCounts(table, kwargs.column, edges, there), table.count(there)])
  const zeros = weights.filter((value) => value === 0).length
  const inner = weights.map((value) => (value === 0 && internal > 0 ? internal / zeros : value * (1 - tail - internal)))
  const half = open.some(Boolean) ? tail : tail / 2
  const expected = [
    ...(open[0] === true ? [] : [tailWeights?.[0] ?? half]),
    ...inner,
    ...(open[1] === true ? [] : [tailWeights?.[1] ?? half]),
  ]
  const observed = counts
    .slice(open[0] === true ? 1 : 0, open[1] === true ? -1 : undefined)
    .map((count) => count / total)
  return judge(kwargs, observed, expected, { bins })
}

function judge(
  { threshold }: Kwargs,
  observed: ReadonlyArray<number>,
  expected: ReadonlyArray<number>,
  partitionOf: Readonly<Record<string, unknown>>,
): Outcome {
  const value = klDivergence(observed, expected)
  return {
    success: threshold === null || value <= threshold,
    findings: {
      observedValue: Number.isFinite(value) ? value : null,
      details: {
        observedPartition: { ...partitionOf, weights: observed },
        expectedPartition: { ...partitionOf, weights: expected },
      },
    },
  }
}

// As SciPy's entropy: both sides are scaled to a sum of 1.
function klDivergence(observed: ReadonlyArray<number>, expected: ReadonlyArray<number>): number {
  const [all, wanted] = [observed, expected].map((weights) => weights.reduce((sum, value) => sum + value, 0))
  let divergence = 0
  for (const [i, value] of observed.entries()) {
    const [p, q] = [value / (all ?? 1), (expected[i] ?? 0) / (wanted ?? 1)]
    if (Number.isNaN(p)) return Number.NaN
    if (p > 0) divergence += q > 0 ? p * Math.log(p / q) : Infinity
  }
  return divergence
}

function wrong(why: string): QualityError {
  return new QualityError('quality/invalid-arguments', `partitionObject: ${why}`, { path: 'partitionObject' })
}
