/** Ten bins that hold equal shares of the reference, for distances of shares. */

/**
 * Inner edges at the deciles of the reference (linear interpolation); the outer ones are infinite, and equal edges become one.
 * @param sorted - ascending, not empty
 * @returns ascending, at most nine
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

/** The shares of the values in each bin; a value on an edge belongs to the upper one. @param sorted - ascending, not empty */
export function sharesInBins(sorted: Float64Array, edges: Float64Array): ReadonlyArray<number> {
  const shares: number[] = []
  let before = 0
  for (const edge of edges) {
    let at = before
    while (at < sorted.length && (sorted[at] as number) < edge) at++
    shares.push((at - before) / sorted.length)
    before = at
  }
  return [...shares, (sorted.length - before) / sorted.length]
}
