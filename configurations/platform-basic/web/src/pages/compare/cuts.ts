import { overlapOf } from './overlap.ts'

/** What two results would call anomalies if each called so many rows ones. */
export interface Cut {
  /** Of all rows, 0 to 1. */
  readonly share: number
  readonly rows: number
  /** The lowest of the scores that are above the cut. */
  readonly scoreA: number
  readonly scoreB: number
  /** Rows above both cuts. */
  readonly both: number
}

// Shares of rows that are looked at.
const SHARES = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1] as const

/** How two lists of scores of the same rows agree when each is cut at shares of the rows; shares of less than a row are left out. */
export function cutsOf(a: ReadonlyArray<number>, b: ReadonlyArray<number>): ReadonlyArray<Cut> {
  const [orderA, orderB] = [descending(a), descending(b)]
  return SHARES.flatMap((share) => {
    const rows = Math.round(share * a.length)
    const [topA, topB] = [orderA.slice(0, rows), orderB.slice(0, rows)]
    const [lastA, lastB] = [topA.at(-1), topB.at(-1)]
    if (lastA === undefined || lastB === undefined) return []
    const both = overlapOf(topA, topB).both.length
    return [{ share, rows, scoreA: a[lastA] ?? 0, scoreB: b[lastB] ?? 0, both }]
  })
}

function descending(scores: ReadonlyArray<number>): ReadonlyArray<number> {
  return scores.map((_, at) => at).sort((i, j) => (scores[j] ?? 0) - (scores[i] ?? 0))
}
