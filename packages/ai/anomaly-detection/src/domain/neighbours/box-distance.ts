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
  euclidean: (boxes, boxAt, columns, queries, queryAt) => {
    let sum = 0
    let at = boxAt
    for (let feature = 0; feature < columns; feature++) {
      const gap = gapOf(boxes[at] ?? 0, boxes[at + 1] ?? 0, queries[queryAt + feature] ?? 0)
      sum += gap * gap
      at += 2
    }
    return sum
  },
  manhattan: (boxes, boxAt, columns, queries, queryAt) => {
    let sum = 0
    let at = boxAt
    for (let feature = 0; feature < columns; feature++) {
      sum += gapOf(boxes[at] ?? 0, boxes[at + 1] ?? 0, queries[queryAt + feature] ?? 0)
      at += 2
    }
    return sum
  },
  chebyshev: (boxes, boxAt, columns, queries, queryAt) => {
    let largest = 0
    let at = boxAt
    for (let feature = 0; feature < columns; feature++) {
      largest = Math.max(largest, gapOf(boxes[at] ?? 0, boxes[at + 1] ?? 0, queries[queryAt + feature] ?? 0))
      at += 2
    }
    return largest
  },
}

function gapOf(low: number, high: number, value: number): number {
  return value < low ? low - value : value > high ? value - high : 0
}
