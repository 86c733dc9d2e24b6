/**
 * Selection in O(n) on average, without sorting.
 * Source: C. Hoare (1961), Algorithm 65: FIND, with the median of three as pivot.
 */

/**
 * Rearranges `values` so that the k-th smallest stands at k, nothing larger before it and nothing smaller after it.
 * @param values - shape (n), no NaN; rearranged
 * @param k - 0 <= k < n
 */
export function selectInPlace(values: Float64Array, k: number): number {
  let low = 0
  let high = values.length - 1
  while (high > low) {
    const pivot = medianOfThree(at(values, low), at(values, (low + high) >>> 1), at(values, high))
    let i = low
    let j = high
    while (i <= j) {
      while (at(values, i) < pivot) i++
      while (at(values, j) > pivot) j--
      if (i > j) break
      const held = at(values, i)
      values[i++] = at(values, j)
      values[j--] = held
    }
    if (k <= j) high = j
    else if (k >= i) low = i
    else break
  }
  return at(values, k)
}

function at(values: Float64Array, index: number): number {
  return values[index] as number
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
