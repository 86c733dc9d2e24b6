import type { RankedColumn } from './ranked-column.ts'

/**
 * Kendall's tau-b in O(n log n), over the rows where both have a value. In [-1, 1]; null where one does not vary.
 * Source: W. Knight (1966), A computer method for calculating Kendall's tau with ungrouped data.
 */
export function kendall(x: RankedColumn, y: RankedColumn): number | null {
  const rows = x.order.filter((row) => !Number.isNaN(y.values[row] ?? Number.NaN))
  const valueX = (i: number): number => x.values[rows[i] ?? 0] ?? 0
  const valueY = (i: number): number => y.values[rows[i] ?? 0] ?? 0
  const n = rows.length
  let [tiesX, tiesBoth] = [0, 0]
  for (let from = 0; from < n;) {
    let to = from + 1
    while (to < n && valueX(to) === valueX(from)) to++
    tiesX += pairs(to - from)
    if (to - from > 1) rows.subarray(from, to).sort((a, b) => (y.values[a] ?? 0) - (y.values[b] ?? 0))
    tiesBoth += tiedPairs(to - from, (i) => valueY(from + i))
    from = to
  }
  const sequence = Float64Array.from(rows, (row) => y.values[row] ?? 0)
  const swaps = inversions(sequence)
  const tiesY = tiedPairs(n, (i) => sequence[i] ?? 0)
  const all = pairs(n)
  const tau = (all - tiesX - tiesY + tiesBoth - 2 * swaps) / Math.sqrt(all - tiesX) / Math.sqrt(all - tiesY)
  return Number.isFinite(tau) ? Math.min(1, Math.max(-1, tau)) : null
}

function pairs(n: number): number {
  return (n * (n - 1)) / 2
}

function tiedPairs(n: number, value: (i: number) => number): number {
  let ties = 0
  for (let from = 0; from < n;) {
    let to = from + 1
    while (to < n && value(to) === value(from)) to++
    ties += pairs(to - from)
    from = to
  }
  return ties
}

// Sorts in place by merging runs of 1, 2, 4, ... and counts how many pairs stood the wrong way round.
function inversions(values: Float64Array): number {
  let count = 0
  const merged = new Float64Array(values.length)
  for (let width = 1; width < values.length; width *= 2) {
    for (let from = 0; from < values.length; from += 2 * width) {
      const middle = Math.min(from + width, values.length)
      const to = Math.min(from + 2 * width, values.length)
      let [left, right] = [from, middle]
      for (let at = from; at < to; at++) {
        const fromLeft = right >= to || (left < middle && (values[left] ?? 0) <= (values[right] ?? 0))
        if (!fromLeft) count += middle - left
        merged[at] = (fromLeft ? values[left++] : values[right++]) ?? 0
      }
    }
    values.set(merged)
  }
  return count
}
