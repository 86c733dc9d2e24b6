import { normalQuantile } from './normal-quantile.ts'

/**
 * The least share of good rows that another table of the same source will have, with so much confidence: the lower end of Wilson's
 * interval, where the uncertainty of the other table is added to that of this one (each counts as a sample).
 * Source: E. Wilson (1927), Probable inference, the law of succession, and statistical inference; one-sided.
 * @param bad - rows of this table that are bad
 * @param rows - rows of this table, at least 1
 * @param next - rows of the other table
 * @param confidence - 0.5 to 1, exclusive
 */
export function shareToCome(bad: number, rows: number, next: number, confidence: number): number {
  const z = normalQuantile(confidence)
  const n = (rows * next) / (rows + next)
  const share = 1 - bad / rows
  const middle = share + (z * z) / (2 * n)
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return Math.max(0, (middle - reach) / (1 + (z * z) / n))
}
