/**
 * Asymptotic p-value of the two-sample Kolmogorov-Smirnov test.
 * Source: M. Stephens (1970), the correction for finite samples as in Numerical Recipes 14.3.
 * @param distance - greatest difference of the two distribution functions, 0 to 1
 */
export function kolmogorovTail(distance: number, n: number, m: number): number {
  const root = Math.sqrt((n * m) / (n + m))
  const x = (root + 0.12 + 0.11 / root) * distance
  if (!(x > 0.04)) return 1
  let sum = 0
  if (x < 1.18) {
    const y = Math.exp((-Math.PI * Math.PI) / (8 * x * x))
    sum = y + y ** 9 + y ** 25 + y ** 49
    return Math.min(1, Math.max(0, 1 - (Math.sqrt(2 * Math.PI) / x) * sum))
  }
  const y = Math.exp(-2 * x * x)
  return Math.min(1, Math.max(0, 2 * (y - y ** 4 + y ** 9)))
}
