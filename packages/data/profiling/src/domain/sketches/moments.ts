/** Count, mean and sums of powers about the mean: they merge exactly but for rounding. */
export interface Moments {
  readonly n: number
  readonly mean: number
  readonly m2: number
  readonly m3: number
  readonly m4: number
}

const NO_VALUES: Moments = { n: 0, mean: 0, m2: 0, m3: 0, m4: 0 }

/**
 * Moments of two sets together.
 * Source: P. Pebay (2008), Formulas for robust, one-pass parallel computation of covariances and arbitrary-order moments.
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return b
  if (b.n === 0) return a
  const n = a.n + b.n
  const d = b.mean - a.mean
  const dn = d / n
  const weight = a.n * b.n
  return {
    n,
    mean: a.mean + dn * b.n,
    m2: a.m2 + b.m2 + d * dn * weight,
    m3: a.m3 + b.m3 + d * dn * dn * weight * (a.n - b.n) + 3 * dn * (a.n * b.m2 - b.n * a.m2),
    m4:
      a.m4 +
      b.m4 +
      d * dn * dn * dn * weight * (a.n * a.n - weight + b.n * b.n) +
      6 * dn * dn * (a.n * a.n * b.m2 + b.n * b.n * a.m2) +
      4 * dn * (a.n * b.m3 - b.n * a.m3),
  }
}

/** Moments of all sets together. */
export function mergeAllMoments(all: Iterable<Moments>): Moments {
  let sum = NO_VALUES
  for (const moments of all) sum = mergeMoments(sum, moments)
  return sum
}

/** Moments from sums of powers of (x - centre) / scale: what SQL adds up in one scan. */
export function momentsOfPowerSums(
  n: number,
  sums: readonly [number, number, number, number],
  centre: number,
  scale: number,
): Moments {
  if (n === 0) return NO_VALUES
  const [s1, s2, s3, s4] = sums
  const d = s1 / n
  const m2 = Math.max(0, s2 - s1 * d)
  const m3 = s3 - 3 * d * s2 + 2 * d * d * s1
  const m4 = s4 - 4 * d * s3 + 6 * d * d * s2 - 3 * d * d * d * s1
  return { n, mean: centre + d * scale, m2: m2 * scale ** 2, m3: m3 * scale ** 3, m4: Math.max(0, m4) * scale ** 4 }
}
