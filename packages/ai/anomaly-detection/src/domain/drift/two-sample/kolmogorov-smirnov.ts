/**
 * The two-sample Kolmogorov-Smirnov test.
 * Source: G. Schröer, D. Trenkler (1995), Exact and randomization distributions of Kolmogorov-Smirnov tests (lattice paths, ties not
 * regarded); for large samples by the limit, see `oneSampleTail`.
 */
import { distributionDistance } from './distribution-distance.ts'
import { oneSampleTail } from './one-sample-tail.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'

const EXACT_CELLS = 4_000_000 // some 20 ms; past it the limit is right to three digits

/**
 * @param a - ascending, n >= 1 values
 * @param b - ascending, m >= 1 values
 * @param tail - exact, or by the limit; default: exact where n m <= 4,000,000
 * @returns the statistic in [0, 1], the greatest distance of the two empirical distributions
 */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array, tail?: 'exact' | 'limit'): TwoSampleOutcome {
  const statistic = distributionDistance(a, b)
  const isExact = tail === undefined ? a.length * b.length <= EXACT_CELLS : tail === 'exact'
  const [n, m] = [Math.min(a.length, b.length), Math.max(a.length, b.length)]
  return {
    statistic,
    pValue: isExact ? exactTail(statistic, n, m) : oneSampleTail(statistic, Math.round((n * m) / (n + m))),
  }
}

// The chance that a random path from (0, 0) to (n, m) strays as far from the diagonal.
function exactTail(statistic: number, n: number, m: number): number {
  const bound = (0.5 + Math.floor(statistic * n * m - 1e-7)) / (n * m)
  const touched = new Float64Array(m + 1)
  for (let j = 1; j <= m; j++) touched[j] = j / m > bound ? 1 : (touched[j - 1] as number)
  for (let i = 1; i <= n; i++) {
    if (i / n > bound) touched[0] = 1
    for (let j = 1; j <= m; j++) {
      const strays = Math.abs(i / n - j / m) > bound
      touched[j] = strays ? 1 : (i * (touched[j] as number) + j * (touched[j - 1] as number)) / (i + j)
    }
  }
  return touched[m] as number
}
