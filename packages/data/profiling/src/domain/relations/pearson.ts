import { pairedRanks, type RankedColumn } from './ranked-column.ts'

/**
 * Pearson's correlation over the rows where both have a value, in two passes. In [-1, 1]; null below two such rows or where
 * one does not vary.
 */
export function pearson(x: Float64Array, y: Float64Array): number | null {
  let [n, meanX, meanY] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] ?? Number.NaN, y[i] ?? Number.NaN]
    if (Number.isNaN(a + b)) continue
    n++
    meanX += (a - meanX) / n
    meanY += (b - meanY) / n
  }
  if (n < 2) return null
  let [xx, yy, xy] = [0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [(x[i] ?? Number.NaN) - meanX, (y[i] ?? Number.NaN) - meanY]
    if (Number.isNaN(a + b)) continue
    xx += a * a
    yy += b * b
    xy += a * b
  }
  const r = xy / Math.sqrt(xx) / Math.sqrt(yy)
  return Number.isFinite(r) ? Math.min(1, Math.max(-1, r)) : null
}

/** Spearman's correlation: Pearson's of the mean ranks, over the rows where both have a value. */
export function spearman(x: RankedColumn, y: RankedColumn): number | null {
  return pearson(pairedRanks(x, y), pairedRanks(y, x))
}
