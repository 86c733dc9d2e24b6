/**
 * Order statistics by selection, O(n) on average, without sorting.
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

/**
 * The q-quantile with linear interpolation between order statistics, as numpy's default and R's type 7.
 * @param values - shape (n), n >= 1, no NaN; left as it is
 * @param q - in [0, 1]
 */
export function quantile(values: Float64Array, q: number): number {
  const work = values.slice()
  const position = q * (work.length - 1)
  const index = Math.floor(position)
  const lower = selectInPlace(work, index)
  const weight = position - index
  if (weight === 0) return lower
  let upper = Infinity
  for (let i = index + 1; i < work.length; i++) upper = Math.min(upper, at(work, i))
  const gap = upper - lower
  return weight >= 0.5 ? upper - gap * (1 - weight) : lower + gap * weight // numpy's own order of operations
}

/** The middle value, or the mean of the two middle ones. @param values - shape (n), n >= 1; left as it is */
export function median(values: Float64Array): number {
  return quantile(values, 0.5)
}

function at(values: Float64Array, index: number): number {
  return values[index] as number
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c))
}
