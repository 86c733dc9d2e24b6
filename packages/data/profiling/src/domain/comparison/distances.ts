import type { AlignedBins } from './aligned-bins.ts'

/**
 * Greatest difference of the two distribution functions at the edges of the bins: at most the true one, so a p-value from it
 * is no smaller than the true one.
 */
export function kolmogorovDistance({ reference, current }: Omit<AlignedBins, 'edges'>): number {
  const [n, m] = [sum(reference), sum(current)]
  let [below, distance] = [0, 0]
  for (const [i, count] of reference.entries()) {
    below += count / n - (current[i] ?? 0) / m
    distance = Math.max(distance, Math.abs(below))
  }
  return Math.min(1, distance)
}

/** Wasserstein distance in the values' unit, each bin's values at its lower edge; bins between, which are empty, count too. */
export function wassersteinDistance({ edges, reference, current }: AlignedBins): number {
  const [n, m] = [sum(reference), sum(current)]
  let [below, distance] = [0, 0]
  for (const [i, count] of reference.entries()) {
    below += count / n - (current[i] ?? 0) / m
    distance += Math.abs(below) * ((edges[i + 1] ?? 0) - (edges[i] ?? 0))
  }
  return distance
}

/** Jensen-Shannon distance to base 2: 0 for equal shares, 1 for nothing in common. Symmetric. */
export function jensenShannonDistance(reference: ReadonlyArray<number>, current: ReadonlyArray<number>): number {
  const [n, m] = [sum(reference), sum(current)]
  let divergence = 0
  for (const [i, count] of reference.entries()) {
    const [p, q] = [count / n, (current[i] ?? 0) / m]
    const middle = (p + q) / 2
    if (p > 0) divergence += (p / 2) * Math.log2(p / middle)
    if (q > 0) divergence += (q / 2) * Math.log2(q / middle)
  }
  return Math.sqrt(Math.min(1, Math.max(0, divergence)))
}

/** Chi-square of two lists of counts being drawn alike, and its degrees of freedom; lists of nothing are left out. */
export function twoSampleChiSquare(
  reference: ReadonlyArray<number>,
  current: ReadonlyArray<number>,
): { readonly chiSquare: number; readonly degrees: number } {
  const [n, m] = [sum(reference), sum(current)]
  let [chiSquare, cells] = [0, 0]
  for (const [i, count] of reference.entries()) {
    const both = count + (current[i] ?? 0)
    if (both === 0) continue
    cells++
    const expected = (both * n) / (n + m)
    chiSquare += (count - expected) ** 2 / expected + (count - expected) ** 2 / (both - expected)
  }
  return { chiSquare, degrees: cells - 1 }
}

function sum(counts: ReadonlyArray<number>): number {
  return counts.reduce((a, b) => a + b, 0)
}
