/** Welch's t test of two means, without assuming equal variances. Source: B. L. Welch (1947), Biometrika 34. */
import { incompleteBeta } from '../../numeric/incomplete-beta.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'

/**
 * @param a - n >= 2 values, any order
 * @param b - m >= 2 values, any order
 * @returns the statistic t, above 0 where the mean of a is the larger one; p is two-sided. Two constant samples: t is 0 and p 1
 *   where they are equal, else t is infinite and p 0
 */
export function welch(a: Float64Array, b: Float64Array): TwoSampleOutcome {
  const [first, second] = [momentsOf(a), momentsOf(b)]
  const difference = first.mean - second.mean
  const [partA, partB] = [first.variance / a.length, second.variance / b.length]
  const squaredError = partA + partB
  if (squaredError === 0)
    return difference === 0 ? { statistic: 0, pValue: 1 } : { statistic: Math.sign(difference) * Infinity, pValue: 0 }
  const t = difference / Math.sqrt(squaredError)
  const degrees = squaredError ** 2 / (partA ** 2 / (a.length - 1) + partB ** 2 / (b.length - 1))
  return { statistic: t, pValue: incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) }
}

/** Mean, and variance over n - 1. @param values - n >= 1 values; of one value the variance is 0 */
export function momentsOf(values: Float64Array): { readonly mean: number; readonly variance: number } {
  let sum = 0
  for (const value of values) sum += value
  const mean = sum / values.length
  let squares = 0
  for (const value of values) squares += (value - mean) ** 2
  return { mean, variance: values.length < 2 ? 0 : squares / (values.length - 1) }
}
