/**
 * The changes of a series, the one that saves most first, each found without regard to later ones.
 * Source: A. Scott, M. Knott (1974), A Cluster Analysis Method for Grouping Means in the Analysis of Variance, Biometrics 30.
 */
import { throwIfCancelled } from '../../cancellation.ts'
import type { SegmentCost } from './segment-cost.ts'

interface Split {
  readonly from: number
  readonly to: number
  readonly at: number
  readonly saved: number
}

/**
 * Not exact, but fast: O(n log n) or so. Splits while a change saves more than `penalty`.
 * @param least - points of a piece at the least
 * @param most - changes at most; default as many as pay
 * @returns the first point of each piece but the first, ascending
 */
export function binarySegmentation(
  cost: SegmentCost,
  least: number,
  penalty: number,
  { most = Infinity, signal }: { readonly most?: number; readonly signal?: AbortSignal | undefined } = {},
): Int32Array {
  const shortest = Math.max(least, cost.least)
  const open = [bestSplit(cost, 0, cost.points, shortest)]
  const starts: number[] = []
  while (starts.length < most) {
    throwIfCancelled(signal)
    const next = open.reduce<Split | undefined>((a, b) => (b && (!a || b.saved > a.saved) ? b : a), undefined)
    if (next === undefined || !(next.saved > penalty)) break
    starts.push(next.at)
    open[open.indexOf(next)] = bestSplit(cost, next.from, next.at, shortest)
    open.push(bestSplit(cost, next.at, next.to, shortest))
  }
  return Int32Array.from(starts).sort()
}

function bestSplit(cost: SegmentCost, from: number, to: number, shortest: number): Split | undefined {
  const whole = to - from >= 2 * shortest ? cost.of(from, to) : 0
  let best: Split | undefined
  for (let at = from + shortest; at <= to - shortest; at++) {
    const saved = whole - cost.of(from, at) - cost.of(at, to)
    if (best === undefined || saved > best.saved) best = { from, to, at, saved }
  }
  return best
}
