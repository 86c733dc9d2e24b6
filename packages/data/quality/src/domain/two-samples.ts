import { regularizedGamma } from './regularized-gamma.ts'

/**
 * Population stability index of two sets of counts over the same bins; empty bins count as half a row. 0 for equal shares, above 0.2
 * is commonly held for a shift.
 */
export function populationStability(observed: ReadonlyArray<number>, expected: ReadonlyArray<number>): number {
  const [p, q] = [sharesOf(observed), sharesOf(expected)]
  return p.reduce((sum, share, i) => sum + (share - (q[i] ?? 0)) * Math.log(share / (q[i] ?? 0)), 0)
}

function sharesOf(counts: ReadonlyArray<number>): ReadonlyArray<number> {
  const filled = counts.map((count) => count || 0.5)
  const total = filled.reduce((sum, count) => sum + count, 0)
  return filled.map((count) => count / total)
}

/** Jensen-Shannon divergence, base 2: 0 for equal shares, 1 for nothing in common. */
export function jensenShannon(a: ReadonlyArray<number>, b: ReadonlyArray<number>): number {
  const [totalA, totalB] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0))
  let divergence = 0
  for (const [i, count] of a.entries()) {
    const [p, q] = [count / (totalA ?? 1), (b[i] ?? 0) / (totalB ?? 1)]
    const middle = (p + q) / 2
    if (p > 0) divergence += (p / 2) * Math.log2(p / middle)
    if (q > 0) divergence += (q / 2) * Math.log2(q / middle)
  }
  return divergence
}

/** P(K > x) of Kolmogorov's distribution: the asymptotic p-value of `sqrt(n m / (n + m)) D`. */
export function kolmogorovSurvival(x: number): number {
  if (x < 0.2) return 1
  let sum = 0
  for (let k = 1; k < 101; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, sum))
}

/** The chi-squared test of homogeneity of two sets of counts, bins that both leave empty left out. */
export function chiSquareSurvival(
  a: ReadonlyArray<number>,
  b: ReadonlyArray<number>,
): { readonly statistic: number; readonly p: number } {
  const [totalA = 0, totalB = 0] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0))
  let [statistic, bins] = [0, 0]
  for (const [i, count] of a.entries()) {
    const other = b[i] ?? 0
    if (count + other === 0) continue
    bins++
    for (const [seen, total] of [
      [count, totalA],
      [other, totalB],
    ] as const) {
      const expected = ((count + other) * total) / (totalA + totalB)
      statistic += (seen - expected) ** 2 / expected
    }
  }
  return { statistic, p: bins < 2 ? 1 : 1 - regularizedGamma((bins - 1) / 2, statistic / 2) }
}
