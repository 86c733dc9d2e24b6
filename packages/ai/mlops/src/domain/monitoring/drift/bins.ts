/**
 * Ten bins that hold equal shares of the reference: inner edges at its deciles (linear interpolation), outer ones infinite; equal
 * edges become one.
 * @param sorted - ascending, not empty
 * @returns ascending, at most nine inner edges
 */
export function decileEdges(sorted: Float64Array): Float64Array {
  const edges: number[] = []
  for (let decile = 1; decile <= 9; decile++) {
    const position = ((sorted.length - 1) * decile) / 10
    const at = Math.floor(position)
    const low = sorted[at] as number
    const edge = low + (position - at) * ((sorted[at + 1] ?? low) - low)
    if (edge !== edges.at(-1)) edges.push(edge)
  }
  return Float64Array.from(edges)
}

/**
 * How many values lie in each bin; a value on an edge belongs to the upper bin.
 * @param sorted - ascending
 * @returns shape (edges + 1)
 */
export function countsInBins(sorted: Float64Array, edges: Float64Array): number[] {
  const counts: number[] = []
  let before = 0
  for (const edge of edges) {
    let at = before
    while (at < sorted.length && (sorted[at] as number) < edge) at++
    counts.push(at - before)
    before = at
  }
  counts.push(sorted.length - before)
  return counts
}

/** Counts as shares of their sum; all 0 where the sum is. */
export function sharesOf(counts: ReadonlyArray<number>): number[] {
  const sum = counts.reduce((total, count) => total + count, 0)
  return counts.map((count) => (sum === 0 ? 0 : count / sum))
}
