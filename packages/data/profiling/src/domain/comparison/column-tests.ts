import type { ColumnProfile } from '../column-profile.ts'
import { normalCdf } from '../relations/normal-distribution.ts'
import { chiSquareTail } from '../significance/chi-square-tail.ts'
import { kolmogorovTail } from '../significance/kolmogorov-tail.ts'
import { alignedBins } from './aligned-bins.ts'
import { categoryCounts } from './category-counts.ts'
import { jensenShannonDistance, kolmogorovDistance, twoSampleChiSquare, wassersteinDistance } from './distances.ts'
import type { DriftTest } from './profile-comparison.ts'

/** A test that is not judged yet: that needs the p-values of all the others. */
export type RawTest =
  | Omit<Extract<DriftTest, { readonly test: string }>, 'outcome' | 'adjustedPValue'>
  | { readonly reason: string }

/** Evidently's limits: distances decide beyond so many rows of reference, from 0.1 on. */
const MANY_ROWS = 1000
const DISTANCE = 0.1
const FEW_NUMBERS = 5

/**
 * The test that fits a column's type, by Evidently's choice: numbers and times with more than five values by their distribution
 * (Kolmogorov-Smirnov; beyond 1,000 rows the Wasserstein distance too), the rest by categories (chi-square; beyond 1,000 rows
 * the Jensen-Shannon distance too), free text by its shapes.
 */
export function valuesTest(reference: ColumnProfile, current: ColumnProfile): RawTest {
  if (reference.count === 0 || current.count === 0) return { reason: 'one of them has no values' }
  const isNumber = reference.numbers !== undefined && current.numbers !== undefined
  const isDate = reference.dates !== undefined && current.dates !== undefined
  const many = Math.max(reference.distinct.value, current.distinct.value) > FEW_NUMBERS
  if ((isNumber && many) || isDate) return distributionTest(reference, current)
  if (reference.type === 'text' && current.type === 'text') return shapeTest(reference, current)
  const counts = categoryCounts(reference, current)
  return counts === undefined
    ? { reason: 'their values are not in the profiles (masked, or too many to list)' }
    : countTest(counts.reference, counts.current, reference.count)
}

/** Whether the share of missing values is another. */
export function missingTest(reference: ColumnProfile, current: ColumnProfile): RawTest {
  const [n, m] = [reference.count + reference.nulls, current.count + current.nulls]
  if (n === 0 || m === 0) return { reason: 'one of them has no rows' }
  const [p, q] = [reference.nulls / n, current.nulls / m]
  const pooled = (reference.nulls + current.nulls) / (n + m)
  const spread = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
  return {
    test: 'two-proportions',
    pValue: spread === 0 ? 1 : Math.min(1, 2 * normalCdf(-Math.abs(p - q) / spread)),
    measure: 'difference of shares',
    distance: Math.abs(p - q),
    distanceThreshold: n > MANY_ROWS ? MISSING_DISTANCE : null,
  }
}

const MISSING_DISTANCE = 0.01

function distributionTest(reference: ColumnProfile, current: ColumnProfile): RawTest {
  const bins = alignedBins(reference, current)
  if (bins === undefined) return { reason: 'their distributions are not in the profiles (masked, or no finite values)' }
  const [n, m] = [bins.reference, bins.current].map((counts) => counts.reduce((a, b) => a + b, 0))
  const sd = reference.numbers?.sd ?? spreadOf(bins.edges, bins.reference)
  const moved = wassersteinDistance(bins)
  return {
    test: 'kolmogorov-smirnov',
    pValue: kolmogorovTail(kolmogorovDistance(bins), n ?? 0, m ?? 0),
    measure: 'wasserstein / sd',
    distance: sd > 0 ? moved / sd : Number(moved > 0),
    distanceThreshold: reference.count > MANY_ROWS ? DISTANCE : null,
  }
}

function spreadOf(edges: ReadonlyArray<number>, counts: ReadonlyArray<number>): number {
  const n = counts.reduce((a, b) => a + b, 0)
  const at = (i: number): number => ((edges[i] ?? 0) + (edges[i + 1] ?? 0)) / 2
  const mean = counts.reduce((sum, count, i) => sum + count * at(i), 0) / n
  return Math.sqrt(counts.reduce((sum, count, i) => sum + count * (at(i) - mean) ** 2, 0) / n)
}

function shapeTest(reference: ColumnProfile, current: ColumnProfile): RawTest {
  const [a, b] = [reference.texts, current.texts].map(
    (texts) => new Map(texts?.patterns.map(({ pattern, count }) => [pattern, count])),
  )
  const shapes = [...(a?.keys() ?? [])].filter((pattern) => b?.has(pattern) === true)
  const countsOf = (known: ReadonlyMap<string, number> | undefined, looked: number): ReadonlyArray<number> => {
    const counts = shapes.map((shape) => known?.get(shape) ?? 0)
    return [...counts, Math.max(0, looked - counts.reduce((sum, count) => sum + count, 0))]
  }
  const [n, m] = [reference.texts?.looked ?? 0, current.texts?.looked ?? 0]
  if (n === 0 || m === 0) return { reason: 'no shapes of texts are in the profiles' }
  return countTest(countsOf(a, n), countsOf(b, m), n)
}

function countTest(reference: ReadonlyArray<number>, current: ReadonlyArray<number>, rows: number): RawTest {
  const { chiSquare, degrees } = twoSampleChiSquare(reference, current)
  return {
    test: 'chi-square',
    pValue: chiSquareTail(chiSquare, degrees),
    measure: 'jensen-shannon distance',
    distance: jensenShannonDistance(reference, current),
    distanceThreshold: rows > MANY_ROWS ? DISTANCE : null,
  }
}
