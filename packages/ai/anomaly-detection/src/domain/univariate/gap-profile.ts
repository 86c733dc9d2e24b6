/**
 * Gaps in a sorted column, outwards from its middle: at each value the widest gap passed so far, each as a share of the
 * range that ends behind it. At either end this is at least Dixon's ratio r10.
 */

/** @param sorted - shape (n), ascending, n >= 1. @returns shape (n), in [0, 1]; 0 in the middle, rising outwards */
export function gapProfileOf(sorted: Float64Array): Float64Array {
  const last = sorted.length - 1
  const profile = new Float64Array(sorted.length)
  for (let at = ((last + 1) >> 1) + 1; at <= last; at++) {
    profile[at] = Math.max(
      profile[at - 1] as number,
      shareOf(valueAt(sorted, at), valueAt(sorted, at - 1), valueAt(sorted, 0)),
    )
  }
  for (let at = (last >> 1) - 1; at >= 0; at--) {
    profile[at] = Math.max(
      profile[at + 1] as number,
      shareOf(valueAt(sorted, at), valueAt(sorted, at + 1), valueAt(sorted, last)),
    )
  }
  return profile
}

/** The profile at any value: that of an equal one, else of a value put between its neighbours. In [0, 1]. */
export function gapAt(sorted: Float64Array, profile: Float64Array, value: number): number {
  const last = sorted.length - 1
  const at = firstNotBelow(sorted, value)
  if (at <= last && sorted[at] === value) return profile[at] as number
  if (at - 1 >= (last + 1) >> 1) {
    return Math.max(profile[at - 1] as number, shareOf(value, valueAt(sorted, at - 1), valueAt(sorted, 0)))
  }
  if (at <= last >> 1)
    return Math.max(profile[at] as number, shareOf(value, valueAt(sorted, at), valueAt(sorted, last)))
  return 0
}

function firstNotBelow(sorted: Float64Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (valueAt(sorted, middle) < value) from = middle + 1
    else to = middle
  }
  return from
}

/** How much of the way from `value` to `end` lies before `next`; halved first where that overflows. */
function shareOf(value: number, next: number, end: number): number {
  if (value === next) return 0
  const range = Math.abs(value - end)
  return range === Infinity
    ? Math.abs(value / 2 - next / 2) / Math.abs(value / 2 - end / 2)
    : Math.abs(value - next) / range
}

function valueAt(sorted: Float64Array, at: number): number {
  return sorted[at] as number
}
