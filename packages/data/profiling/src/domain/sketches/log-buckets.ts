import type { DistributionCell } from './column-sketch.ts'

/**
 * Quantiles from log-spaced buckets, which any SQL engine counts with one GROUP BY and which merge by adding.
 * Source: C. Masson et al. (2019), DDSketch, without collapsing: a double has at most 71,000 buckets, data some hundred.
 */
export const QUANTILE_RELATIVE_ERROR = 0.01
/** ln of the ratio of two edges of a bucket: (1 + a) / (1 - a). */
export const LOG_BUCKET_RATIO: number = Math.log((1 + QUANTILE_RELATIVE_ERROR) / (1 - QUANTILE_RELATIVE_ERROR))

/** The bucket of a finite value that is not 0; its sign stands apart. */
export function logBucketOf(value: number): number {
  return Math.ceil(Math.log(Math.abs(value)) / LOG_BUCKET_RATIO)
}

/**
 * Quantiles of type 7 (R's default, linear between order statistics).
 * @param cells - ascending; each order statistic is known to within 1 % of itself
 * @returns one value for each p; empty without values
 */
export function quantilesOf(
  cells: ReadonlyArray<DistributionCell>,
  ps: ReadonlyArray<number>,
): ReadonlyArray<{ readonly p: number; readonly value: number }> {
  const n = cells.reduce((sum, cell) => sum + cell.n, 0)
  if (n === 0) return []
  return ps.map((p) => {
    const at = p * (n - 1)
    const low = orderStatistic(cells, Math.floor(at))
    const high = orderStatistic(cells, Math.ceil(at))
    return { p, value: low + (high - low) * (at - Math.floor(at)) }
  })
}

function orderStatistic(cells: ReadonlyArray<DistributionCell>, rank: number): number {
  let below = 0
  for (const cell of cells) {
    if (rank < below + cell.n) return withinCell(cell, rank - below)
    below += cell.n
  }
  return cells.at(-1)?.max ?? Number.NaN
}

// The ends of a cell are known exactly. In between, the bucket's own middle is within 1 % of every value of the bucket.
function withinCell(cell: DistributionCell, rank: number): number {
  if (rank === 0) return cell.min
  if (rank === cell.n - 1) return cell.max
  if (cell.bucket === null) return cell.mean
  const upper = Math.exp(cell.bucket * LOG_BUCKET_RATIO)
  const middle = (2 * upper) / (Math.exp(LOG_BUCKET_RATIO) + 1)
  return Math.min(cell.max, Math.max(cell.min, cell.min < 0 ? -middle : middle))
}
