/**
 * The statistic of Kolmogorov and Smirnov: the greatest distance of two empirical distributions; in [0, 1].
 * @param a - ascending, not empty
 * @param b - ascending, not empty
 */
export function distributionDistance(a: Float64Array, b: Float64Array): number {
  let greatest = 0
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const x = a[i] as number
    const y = b[j] as number
    const value = x < y ? x : y
    while (i < a.length && (a[i] as number) === value) i++
    while (j < b.length && (b[j] as number) === value) j++
    const distance = Math.abs(i / a.length - j / b.length)
    if (distance > greatest) greatest = distance
  }
  return greatest
}
