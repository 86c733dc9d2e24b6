/**
 * The first Wasserstein distance: the area between the two empirical distributions.
 * @param a - ascending, not empty
 * @param b - ascending, not empty
 * @returns in the unit of the values, >= 0, 0 for equal distributions; larger is further apart
 */
export function wasserstein(a: Float64Array, b: Float64Array): number {
  let area = 0
  let i = 0
  let j = 0
  let before = Math.min(a[0] as number, b[0] as number)
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity)
    area += Math.abs(i / a.length - j / b.length) * (value - before)
    while (i < a.length && (a[i] as number) === value) i++
    while (j < b.length && (b[j] as number) === value) j++
    before = value
  }
  return area
}
