/**
 * P values of several tests, adjusted so that each may be held against the same alpha.
 * Sources: C. Bonferroni (1936); S. Holm (1979), A simple sequentially rejective multiple test procedure; Y. Benjamini, Y. Hochberg
 * (1995), Controlling the false discovery rate.
 */

/**
 * `bonferroni` and `holm` bound the chance of any false drift by alpha, holm with more power; `benjamini-hochberg` the expected
 * share of false ones among those found; `none` nothing.
 */
export type Correction = 'holm' | 'bonferroni' | 'benjamini-hochberg' | 'none'

/** @param pValues - shape (m), in [0, 1] @returns shape (m), in [0, 1], each at least what it was */
export function adjustPValues(pValues: ReadonlyArray<number>, correction: Correction): ReadonlyArray<number> {
  const m = pValues.length
  if (correction === 'none') return [...pValues]
  if (correction === 'bonferroni') return pValues.map((p) => Math.min(1, p * m))
  const order = pValues.map((_, index) => index).toSorted((i, j) => (pValues[i] ?? 0) - (pValues[j] ?? 0))
  const adjusted = [...pValues]
  if (correction === 'holm') {
    let largest = 0
    for (const [rank, index] of order.entries()) {
      largest = Math.max(largest, Math.min(1, (pValues[index] ?? 0) * (m - rank)))
      adjusted[index] = largest
    }
    return adjusted
  }
  let smallest = 1
  for (const [rank, index] of [...order.entries()].toReversed()) {
    smallest = Math.min(smallest, ((pValues[index] ?? 0) * m) / (rank + 1))
    adjusted[index] = smallest
  }
  return adjusted
}
