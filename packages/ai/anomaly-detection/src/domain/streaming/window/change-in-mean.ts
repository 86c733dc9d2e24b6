/**
 * Where in a run of numbers their mean most likely changed once, and how sure that is.
 * Source: M. Csörgő, L. Horváth (1997), Limit Theorems in Change-Point Analysis, chapter 2: the place is that of the
 * largest likelihood ratio; the cumulative sum of deviations there, over sd * sqrt(n), is at most the largest value of a
 * Brownian bridge where nothing changed. The sd is that within the two parts, so that a large change does not hide itself.
 */

/** A change of the mean. */
export interface ChangeInMean {
  /** The index of the first number after it. */
  readonly at: number
  /** How likely so large a deviation is where nothing changed and the numbers are independent; in [0, 1]. */
  readonly pValue: number
}

/**
 * @param values - shape (n); those that are NaN are passed over
 * @param margin - the fewest numbers on either side of a change, >= 1
 * @returns undefined where there are fewer than 2 * margin numbers, or all are alike
 */
export function changeInMean(values: ArrayLike<number>, margin: number): ChangeInMean | undefined {
  const { count, mean } = momentsOf(values, 0, values.length)
  let [at, sumThere, largest] = [-1, 0, 0]
  let sum = 0
  let seen = 0
  for (let i = 0; i < values.length && count - seen >= margin; i++) {
    const value = values[i] ?? Number.NaN
    if (Number.isNaN(value)) continue
    if (seen >= margin) {
      const ratio = (sum * sum) / (seen * (count - seen))
      if (ratio > largest) [at, sumThere, largest] = [i, sum, ratio]
    }
    sum += value - mean
    seen++
  }
  if (at === -1) return undefined
  const squares = momentsOf(values, 0, at).squares + momentsOf(values, at, values.length).squares
  const sd = Math.sqrt(squares / Math.max(1, count - 2))
  return { at, pValue: sd === 0 ? 0 : bridgeTail(Math.abs(sumThere) / (sd * Math.sqrt(count))) }
}

/** Count, mean and sum of squared deviations of the numbers of a range that are not NaN. */
export function momentsOf(
  values: ArrayLike<number>,
  from: number,
  to: number,
): { readonly count: number; readonly mean: number; readonly squares: number } {
  let count = 0
  let mean = 0
  let squares = 0
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN
    if (Number.isNaN(value)) continue
    const deviation = value - mean
    mean += deviation / ++count
    squares += deviation * (value - mean)
  }
  return { count, mean, squares }
}

// P(sup |Brownian bridge| > x), Kolmogorov's distribution.
function bridgeTail(x: number): number {
  if (x < 0.2) return 1 // to 1e-12; the series converges slowly there
  let sum = 0
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x)
    sum += k % 2 === 1 ? term : -term
    if (term < 1e-17) break
  }
  return Math.min(1, Math.max(0, 2 * sum))
}
