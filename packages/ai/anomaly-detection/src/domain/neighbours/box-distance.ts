import type { Metric } from './metric.ts'

/**
 * Reduced distance from a query to the nearest point of a box, 0 inside. `boxes` holds low and high of each feature in
 * turn, from `boxAt`. Never above the reduced distance to any point in the box, rounding included: each difference is
 * at most the point's, and rounding keeps that order as long as the sums run the same way as the scans'.
 */
export type BoxDistance = (
  boxes: Float64Array,
  boxAt: number,
  columns: number,
  queries: Float64Array,
  queryAt: number,
) => number

/** A bound for one metric. */
export const boxDistance: Readonly<Record<Metric, BoxDistance>> = {
  euclidean: euclideanToBox,
  manhattan: manhattanToBox,
  chebyshev: chebyshevToBox,
}

// x + |x| is twice x above zero and zero below it, exactly and without a branch: whether a query lies below, in or
// above a box's side is a coin's toss to the processor, and a comparison here took longer than the scans themselves.
// At most one of below and above is positive, and halving is exact, so the gap has the bits of a point's difference.

function euclideanToBox(
  boxes: Float64Array,
  boxAt: number,
  columns: number,
  queries: Float64Array,
  queryAt: number,
): number {
  let sum = 0
  let at = boxAt
  for (let feature = queryAt; feature < queryAt + columns; feature++) {
    const q = queries[feature] ?? 0
    const below = (boxes[at] ?? 0) - q
    const above = q - (boxes[at + 1] ?? 0)
    const gap = (below + Math.abs(below) + (above + Math.abs(above))) * 0.5
    sum += gap * gap
    at += 2
  }
  return sum
}

function manhattanToBox(
  boxes: Float64Array,
  boxAt: number,
  columns: number,
  queries: Float64Array,
  queryAt: number,
): number {
  let sum = 0
  let at = boxAt
  for (let feature = queryAt; feature < queryAt + columns; feature++) {
    const q = queries[feature] ?? 0
    const below = (boxes[at] ?? 0) - q
    const above = q - (boxes[at + 1] ?? 0)
    sum += (below + Math.abs(below) + (above + Math.abs(above))) * 0.5
    at += 2
  }
  return sum
}

function chebyshevToBox(
  boxes: Float64Array,
  boxAt: number,
  columns: number,
  queries: Float64Array,
  queryAt: number,
): number {
  let largest = 0
  let at = boxAt
  for (let feature = queryAt; feature < queryAt + columns; feature++) {
    const q = queries[feature] ?? 0
    const below = (boxes[at] ?? 0) - q
    const above = q - (boxes[at + 1] ?? 0)
    const gap = (below + Math.abs(below) + (above + Math.abs(above))) * 0.5
    if (gap > largest) largest = gap
    at += 2
  }
  return largest
}
