import { argsort } from '../numeric/argsort.ts'

/**
 * Ranks from 1 to n, equal values sharing the mean of theirs, less the mean rank and divided by the root of the sum of their
 * squares: the dot product of two such arrays is Spearman's rank correlation. All 0 where all values are alike.
 * @param values - shape (n), no NaN
 */
export function standardRanks(values: Float64Array): Float64Array {
  const n = values.length
  const order = argsort(values)
  const ranks = new Float64Array(n)
  let squares = 0
  for (let start = 0, end = 0; start < n; start = end) {
    const value = values[order[start] as number]
    while (end < n && values[order[end] as number] === value) end++
    const centered = (start + end - n) / 2
    for (let at = start; at < end; at++) ranks[order[at] as number] = centered
    squares += (end - start) * centered * centered
  }
  return squares === 0 ? ranks : ranks.map((rank) => rank / Math.sqrt(squares))
}

/** Spearman's rank correlation, in [-1, 1]; 0 where one of the two is constant. @param a - as `standardRanks` gives it */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return Math.max(-1, Math.min(1, sum))
}
