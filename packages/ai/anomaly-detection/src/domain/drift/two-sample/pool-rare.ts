const LEAST_EXPECTED = 5 // W. Cochran (1954), Some methods for strengthening the common chi-squared tests

/**
 * Counts by category with the rare ones put together, so that the chi-squared test holds: each group that remains is expected at
 * least 5 times in either sample. One group alone remains where there is too little to tell.
 * @param a - shape (k)
 * @param b - shape (k)
 */
export function poolRare(
  a: ReadonlyArray<number>,
  b: ReadonlyArray<number>,
): { readonly a: ReadonlyArray<number>; readonly b: ReadonlyArray<number> } {
  const [sumA, sumB] = [a, b].map((counts) => counts.reduce((sum, count) => sum + count, 0)) as [number, number]
  const share = Math.min(sumA, sumB) / (sumA + sumB)
  const rarestFirst = a.map((_, i) => i).toSorted((i, j) => (a[i] ?? 0) + (b[i] ?? 0) - (a[j] ?? 0) - (b[j] ?? 0))
  const groups = { a: [] as number[], b: [] as number[] }
  let [poolA, poolB] = [0, 0]
  for (const index of rarestFirst) {
    const [inA, inB] = [a[index] ?? 0, b[index] ?? 0]
    if ((inA + inB) * share >= LEAST_EXPECTED && (poolA + poolB === 0 || (poolA + poolB) * share >= LEAST_EXPECTED)) {
      groups.a.push(inA)
      groups.b.push(inB)
    } else {
      poolA += inA
      poolB += inB
    }
  }
  return { a: [poolA, ...groups.a], b: [poolB, ...groups.b] }
}
