/**
 * Tests of counts by category in two samples.
 * Sources: K. Pearson (1900) for chi-squared; R. A. Fisher (1935), The design of experiments, for the exact test of two by two.
 */
import { upperGamma } from '../../numeric/incomplete-gamma.ts'
import { logGamma } from '../../numeric/log-gamma.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'

const AS_LIKELY = 1 + 1e-7 // tables this close in chance count as equally likely

/**
 * Are the categories as frequent in both samples? The tail is right where expected counts are 5 or more.
 * @param a - shape (k), how often each category came, >= 0
 * @param b - shape (k), likewise
 * @returns chi-squared without continuity correction; 0, and p 1, where a sample is empty or there is one category
 */
export function chiSquared(a: ReadonlyArray<number>, b: ReadonlyArray<number>): TwoSampleOutcome {
  const [sumA, sumB] = [sumOf(a), sumOf(b)]
  const all = sumA + sumB
  let statistic = 0
  let categories = 0
  for (let i = 0; i < a.length; i++) {
    const [inA, inB] = [a[i] ?? 0, b[i] ?? 0]
    if (inA + inB === 0) continue
    categories++
    const expectedA = ((inA + inB) * sumA) / all
    const expectedB = ((inA + inB) * sumB) / all
    statistic += (inA - expectedA) ** 2 / expectedA + (inB - expectedB) ** 2 / expectedB
  }
  if (categories < 2 || sumA === 0 || sumB === 0) return { statistic: 0, pValue: 1 }
  return { statistic, pValue: upperGamma((categories - 1) / 2, statistic / 2) }
}

/**
 * The exact test of a table of two by two; two-sided: the sum of the chances of all tables no likelier than this one.
 * @param a - counts of the two categories in one sample
 * @param b - the same in the other
 * @returns the sample odds ratio (a0 b1) / (a1 b0): 1 is no drift, Infinity where the divisor is 0
 */
export function fisherExact(a: readonly [number, number], b: readonly [number, number]): TwoSampleOutcome {
  const first = a[0] + b[0]
  const second = a[1] + b[1]
  const drawn = a[0] + a[1]
  const logAll = logChoose(first + second, drawn)
  const chanceOf = (x: number): number => Math.exp(logChoose(first, x) + logChoose(second, drawn - x) - logAll)
  const observed = chanceOf(a[0]) * AS_LIKELY
  let pValue = 0
  for (let x = Math.max(0, drawn - second); x <= Math.min(first, drawn); x++) {
    const chance = chanceOf(x)
    if (chance <= observed) pValue += chance
  }
  return { statistic: (a[0] * b[1]) / (a[1] * b[0]), pValue: Math.min(1, pValue) }
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

function sumOf(counts: ReadonlyArray<number>): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
