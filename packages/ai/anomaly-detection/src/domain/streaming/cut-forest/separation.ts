import type { BoxPlace } from './box-place.ts'

/** A cut between a box and a point outside of it. */
export interface Separation {
  readonly dimension: number
  /** The last number that goes left. */
  readonly cut: number
}

/** By how much a box grows, all sides together, to hold a point; 0 where it holds it. */
export function extensionOf({ values, low, high, step }: BoxPlace, point: Float64Array, dimensions: number): number {
  let extension = 0
  for (let k = 0; k < dimensions; k++) {
    const value = point[k] ?? 0
    const least = values[low + step * k] ?? 0
    const largest = values[high + step * k] ?? 0
    if (value < least) extension += least - value
    else if (value > largest) extension += value - largest
  }
  return extension
}

/**
 * The cut at a place of the gaps between the box and the point, as they lie one after another.
 * @param drawn - in [0, `extensionOf`)
 */
export function separate(
  { values, low, high, step }: BoxPlace,
  point: Float64Array,
  dimensions: number,
  drawn: number,
): Separation {
  let left = drawn
  let last: Separation = { dimension: 0, cut: 0 }
  for (let k = 0; k < dimensions; k++) {
    const value = point[k] ?? 0
    const least = values[low + step * k] ?? 0
    const largest = values[high + step * k] ?? 0
    const from = value < least ? value : largest
    const to = value < least ? least : value
    const gap = value < least || value > largest ? to - from : 0
    if (gap === 0) continue
    last = { dimension: k, cut: within(from, to, left) }
    if (left < gap) return last
    left -= gap
  }
  return last // the last gap, where sums are rounded
}

// At least `from` and below `to`, however coarse the numbers are between them.
function within(from: number, to: number, offset: number): number {
  const cut = from + offset
  return cut < to ? cut : from
}
