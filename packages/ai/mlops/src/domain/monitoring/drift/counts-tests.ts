/** Tests on how often each category came in two samples. */
import { chiSquaredTail, twoSidedNormalTail } from '../numeric/upper-gamma.ts'

/** What a test says: its statistic, and how likely one at least as great is when both samples come from one distribution. */
export interface TestOutcome {
  readonly statistic: number
  /** In [0, 1]; small is abnormal. */
  readonly pValue: number
}

/**
 * Pearson's chi-squared test of homogeneity, without a correction for continuity.
 * @param a - counts by category, the sum > 0
 * @param b - counts of the same categories, the sum > 0
 * @returns statistic >= 0; 0 and p = 1 where there is one category only. Source: K. Pearson (1900).
 */
export function chiSquared(a: ReadonlyArray<number>, b: ReadonlyArray<number>): TestOutcome {
  const [sumA, sumB] = [sumOf(a), sumOf(b)]
  let statistic = 0
  let categories = 0
  for (let i = 0; i < a.length; i++) {
    const [inA, inB] = [a[i] ?? 0, b[i] ?? 0]
    const share = (inA + inB) / (sumA + sumB)
    if (share === 0) continue
    categories++
    statistic += (inA - share * sumA) ** 2 / (share * sumA) + (inB - share * sumB) ** 2 / (share * sumB)
  }
  return { statistic, pValue: categories < 2 ? 1 : chiSquaredTail(statistic, categories - 1) }
}

/**
 * The two-sided test of two proportions, with the pooled variance.
 * @param a - how many of the n of sample a have the trait
 * @returns statistic: the difference of the shares in standard errors, >= 0; 0 and p = 1 where all or none have the trait
 */
export function twoProportions(a: number, n: number, b: number, m: number): TestOutcome {
  const pooled = (a + b) / (n + m)
  const variance = pooled * (1 - pooled) * (1 / n + 1 / m)
  if (variance === 0) return { statistic: 0, pValue: 1 }
  const statistic = Math.abs(a / n - b / m) / Math.sqrt(variance)
  return { statistic, pValue: twoSidedNormalTail(statistic) }
}

function sumOf(counts: ReadonlyArray<number>): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
