/** Distances of two distributions over the same bins or categories: shares >= 0 that sum to 1 on each side. */

const PSI_FLOOR = 1e-4

/**
 * The population stability index. Shares below 0.0001 are raised to it, so that an empty bin does not make it infinite.
 * @returns >= 0; by custom below 0.1 is stable, above 0.25 a great change. Source: N. Siddiqi (2006), Credit risk scorecards.
 */
export function populationStability(a: ReadonlyArray<number>, b: ReadonlyArray<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) {
    const before = Math.max(a[i] ?? 0, PSI_FLOOR)
    const after = Math.max(b[i] ?? 0, PSI_FLOOR)
    sum += (after - before) * Math.log(after / before)
  }
  return sum
}

/** The root of the Jensen-Shannon divergence in bits; in [0, 1], 1 where nothing is shared. Source: J. Lin (1991). */
export function jensenShannon(a: ReadonlyArray<number>, b: ReadonlyArray<number>): number {
  let divergence = 0
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i] ?? 0, b[i] ?? 0]
    const middle = (p + q) / 2
    if (p > 0) divergence += (p * Math.log2(p / middle)) / 2
    if (q > 0) divergence += (q * Math.log2(q / middle)) / 2
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)))
}

/** Hellinger distance; in [0, 1], 1 where nothing is shared. Source: E. Hellinger (1909). */
export function hellinger(a: ReadonlyArray<number>, b: ReadonlyArray<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (Math.sqrt(a[i] ?? 0) - Math.sqrt(b[i] ?? 0)) ** 2
  return Math.sqrt(sum / 2)
}
