/**
 * The changes of a series that explain it best, each at a price.
 * Source: R. Killick, P. Fearnhead, I. Eckley (2012), Optimal Detection of Changepoints With a Linear Computational Cost,
 * Journal of the American Statistical Association 107 (PELT).
 */
import { throwIfCancelled } from '../../cancellation.ts'
import type { SegmentCost } from './segment-cost.ts'

/**
 * Exact: the pieces whose costs, and `penalty` for each change, sum to the least. O(n) where changes are many, O(n^2) where
 * there are none.
 * @param least - points of a piece at the least
 * @returns the first point of each piece but the first, ascending
 */
export function pelt(cost: SegmentCost, least: number, penalty: number, signal?: AbortSignal): Int32Array {
  const n = cost.points
  const shortest = Math.max(least, cost.least)
  const best = new Float64Array(n + 1).fill(Infinity)
  const before = new Int32Array(n + 1)
  const failed = new Int32Array(n + 1).fill(n + 1)
  best[0] = -penalty
  let candidates: number[] = [0]
  for (let end = shortest; end <= n; end++) {
    if (end % 1024 === 0) throwIfCancelled(signal)
    const entering = end - shortest // a piece may begin there from here on
    if (entering >= shortest) candidates.push(entering)
    const open: number[] = []
    for (const from of candidates) {
      const total = (best[from] as number) + cost.of(from, end) + penalty
      if (total < (best[end] as number)) {
        best[end] = total
        before[end] = from
      }
      if (end < (failed[from] as number) + shortest) open.push(from)
    }
    // What costs more even without paying for a change is never a last change again, once a piece fits in behind.
    for (const from of open) {
      if (failed[from] === n + 1 && (best[from] as number) + cost.of(from, end) > (best[end] as number))
        failed[from] = end
    }
    candidates = open
  }
  return startsOf(before, n)
}

function startsOf(before: Int32Array, n: number): Int32Array {
  const starts: number[] = []
  for (let end = before[n] as number; end > 0; end = before[end] as number) starts.push(end)
  return Int32Array.from(starts.reverse())
}
