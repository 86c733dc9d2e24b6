import { argsort } from './argsort.ts'

/**
 * For each value, how many of the sorted ones lie below it and how many are at most it: by binary search where the
 * values are few, else by sorting them and walking both lists once.
 * @param sorted - shape (n), ascending
 * @param values - shape (m)
 * @param below - shape (m), filled with #{s < v}
 * @param atMost - shape (m), filled with #{s <= v}
 */
export function rankInto(sorted: Float64Array, values: Float64Array, below: Uint32Array, atMost: Uint32Array): void {
  const searching = values.length * 2 * Math.log2(sorted.length + 1)
  if (searching < sorted.length + 8 * values.length) rankBySearch(sorted, values, below, atMost)
  else rankByMerge(sorted, values, below, atMost)
}

/** #{s < v} for sorted s. */
function countBelow(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** #{s <= v} for sorted s. */
function countAtMost(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low
}

function rankBySearch(sorted: Float64Array, values: Float64Array, below: Uint32Array, atMost: Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    below[i] = countBelow(sorted, values[i] as number)
    atMost[i] = countAtMost(sorted, values[i] as number)
  }
}

function rankByMerge(sorted: Float64Array, values: Float64Array, below: Uint32Array, atMost: Uint32Array): void {
  const n = sorted.length
  const order = argsort(values)
  let under = 0
  let upTo = 0
  for (const index of order) {
    const value = values[index] as number
    while (under < n && (sorted[under] as number) < value) under++
    if (upTo < under) upTo = under
    while (upTo < n && (sorted[upTo] as number) <= value) upTo++
    below[index] = under
    atMost[index] = upTo
  }
}
