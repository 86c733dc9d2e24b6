import { z } from 'zod'

import { cellValue } from '../../domain/cell-value.ts'
import { isNumeric } from '../../domain/cell.ts'
import { QualityError } from '../../domain/errors.ts'
import { allOf, not, type Condition } from '../../domain/predicate.ts'
import { chiSquareSurvival, jensenShannon, kolmogorovSurvival, populationStability } from '../../domain/two-samples.ts'
import type { TableQuestions } from '../table-questions.ts'
import { column, scope, tableName } from './arguments.ts'
import { type CatalogueEntry, ownEntryOf, type Outcome } from './catalogue-entry.ts'
import { binCounts } from './histogram.ts'
import { quantileOf } from './quantile.ts'
import { scopeOf } from './row-scope.ts'

const drift = z.strictObject({
  column,
  referenceTable: tableName,
  referenceColumn: column.optional().describe('the same name when absent'),
  method: z
    .enum(['psi', 'jensenShannon', 'ks', 'chiSquare'])
    .default('psi')
    .describe('ks and chiSquare judge the p-value, the others the distance'),
  threshold: z
    .number()
    .min(0)
    .optional()
    .describe('greatest distance (psi 0.2, jensenShannon 0.1) or least p-value (0.05)'),
  bins: z.number().int().min(2).max(100).default(10).describe("numbers are cut at the reference's quantiles"),
  ...scope,
})
type Kwargs = z.infer<typeof drift>
const THRESHOLDS = { psi: 0.2, jensenShannon: 0.1, ks: 0.05, chiSquare: 0.05 } as const
type Pair = readonly [own: ReadonlyArray<number>, reference: ReadonlyArray<number>]

/** Two samples compared. */
export const driftChecks: ReadonlyArray<CatalogueEntry> = [
  ownEntryOf(
    'expectColumnDistributionToMatchTable',
    'column aggregate',
    'The column is distributed as in another table; values that are missing take no part.',
    drift,
    async (kwargs, { table, otherTable }) => judge(kwargs, table, await otherTable(kwargs.referenceTable)),
  ),
]

async function judge(kwargs: Kwargs, table: TableQuestions, reference: TableQuestions): Promise<Outcome> {
  const { method, threshold = THRESHOLDS[method] } = kwargs
  const name = kwargs.referenceColumn ?? kwargs.column
  const numbers = isNumeric(table.column(kwargs.column).kind) && isNumeric(reference.column(name).kind)
  if (method === 'ks' && !numbers)
    throw new QualityError('quality/invalid-arguments', 'ks compares numbers: take chiSquare', { path: 'method' })
  const own = there(kwargs.column, table, scopeOf(kwargs))
  const other = there(name, reference, { op: 'true' })
  const [a, b] = await Promise.all([table.count(own), reference.count(other)])
  const details = { method, threshold, rows: a, referenceRows: b }
  if (a === 0 || b === 0) return { success: false, findings: { observedValue: null, details } }
  if (method === 'ks') {
    const distance = await greatestDistance(table, kwargs.column, own, a, reference, name, other, b)
    const p = kolmogorovSurvival(Math.sqrt((a * b) / (a + b)) * distance)
    return { success: p >= threshold, findings: { observedValue: p, details: { ...details, statistic: distance } } }
  }
  const [left, right] = numbers
    ? await byBin(kwargs, table, own, reference, name, other)
    : await byValue(kwargs.column, table, own, reference, name, other)
  if (method === 'chiSquare') {
    const { statistic, p } = chiSquareSurvival(left, right)
    return { success: p >= threshold, findings: { observedValue: p, details: { ...details, statistic } } }
  }
  const value = method === 'psi' ? populationStability(left, right) : jensenShannon(left, right)
  return { success: value <= threshold, findings: { observedValue: value, details } }
}

function there(name: string, table: TableQuestions, rows: Condition): Condition {
  table.column(name)
  return allOf(rows, not<never>({ op: 'isNull', column: name }), not<never>({ op: 'isNaN', column: name }))
}

async function byBin(
  kwargs: Kwargs,
  table: TableQuestions,
  own: Condition,
  reference: TableQuestions,
  name: string,
  other: Condition,
): Promise<Pair> {
  const cuts = await Promise.all(
    Array.from({ length: kwargs.bins - 1 }, (_, i) =>
      quantileOf(reference, name, (i + 1) / kwargs.bins, 'linear', other),
    ),
  )
  const edges = [...new Set(cuts.flatMap((cut) => (cut !== null && Number.isFinite(cut) ? [cut] : [])))]
  if (edges.length === 1) edges.push(edges[0] ?? 0)
  return Promise.all([binCounts(table, kwargs.column, edges, own), binCounts(reference, name, edges, other)])
}

async function byValue(
  column_: string,
  table: TableQuestions,
  own: Condition,
  reference: TableQuestions,
  name: string,
  other: Condition,
): Promise<Pair> {
  const [left, right] = await Promise.all([countsOf(table, column_, own), countsOf(reference, name, other)])
  const keys = [...new Set([...left.keys(), ...right.keys()])]
  return [keys.map((key) => left.get(key) ?? 0), keys.map((key) => right.get(key) ?? 0)]
}

async function countsOf(table: TableQuestions, name: string, where: Condition): Promise<ReadonlyMap<unknown, number>> {
  const { kind } = table.column(name)
  const counts = await table.values([name], where)
  return new Map(counts.map(({ values, count }) => [cellValue(values[0] ?? null, kind), count]))
}

// Of the two empirical distribution functions.
async function greatestDistance(
  table: TableQuestions,
  name: string,
  own: Condition,
  rows: number,
  reference: TableQuestions,
  otherName: string,
  other: Condition,
  otherRows: number,
): Promise<number> {
  const [left, right] = await Promise.all([table.values([name], own), reference.values([otherName], other)])
  const steps = [
    ...left.map(({ values, count }) => [Number(values[0]), count / rows] as const),
    ...right.map(({ values, count }) => [Number(values[0]), -count / otherRows] as const),
  ].sort((x, y) => (x[0] < y[0] ? -1 : Number(x[0] > y[0])))
  let [apart, most] = [0, 0]
  for (const [i, [value, step]] of steps.entries()) {
    apart += step
    if (steps[i + 1]?.[0] !== value) most = Math.max(most, Math.abs(apart))
  }
  return most
}
