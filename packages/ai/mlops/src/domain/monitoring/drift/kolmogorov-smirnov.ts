/**
 * The two-sample Kolmogorov-Smirnov test.
 * Sources: G. Schröer, D. Trenkler (1995), Exact and randomization distributions of Kolmogorov-Smirnov tests (the recursion over
 * lattice paths, ties not regarded); N. Smirnov (1948) for the limit.
 */
const EXACT_CELLS = 4_000_000 // some 20 ms; past it the limit is right to three digits

/**
 * @param a - ascending, n >= 1 values, no NaN
 * @param b - ascending, m >= 1 values, no NaN
 * @returns `statistic`: the greatest distance of the two empirical distributions, in [0, 1], 0 for equal ones; `pValue`: how
 *   likely a distance at least as great is when both samples come from one distribution: exact where n m <= 4,000,000
 */
export function kolmogorovSmirnov(a: Float64Array, b: Float64Array): { statistic: number; pValue: number } {
  const statistic = greatestDistance(a, b)
  const pValue =
    a.length * b.length <= EXACT_CELLS
      ? exactTail(statistic, Math.min(a.length, b.length), Math.max(a.length, b.length))
      : limitTail(statistic * Math.sqrt((a.length * b.length) / (a.length + b.length)))
  return { statistic, pValue }
}

function greatestDistance(a: Float64Array, b: Float64Array): number {
  let greatest = 0
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] as number, b[j] as number)
    while (i < a.length && (a[i] as number) === value) i++
    while (j < b.length && (b[j] as number) === value) j++
    greatest = Math.max(greatest, Math.abs(i / a.length - j / b.length))
  }
  return greatest
}

// The chance that a random path from (0, 0) to (n, m) strays as far from the diagonal.
function exactTail(statistic: number, n: number, m: number): number {
  const bound = (0.5 + Math.floor(statistic * n * m - 1e-7)) / (n * m)
  const touched = new Float64Array(m + 1)
  for (let j = 1; j <= m; j++) touched[j] = j / m > bound ? 1 : (touched[j - 1] as number)
  for (let i = 1; i <= n; i++) {
    if (i / n > bound) touched[0] = 1
    for (let j = 1; j <= m; j++) {
      const strays = Math.abs(i / n - j / m) > bound
      touched[j] = strays ? 1 : (i * (touched[j] as number) + j * (touched[j - 1] as number)) / (i + j)
    }
  }
  return touched[m] as number
}

function limitTail(x: number): number {
  if (x < 0.2) return 1 // 1 - 1e-13
  let sum = 0
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x)
    sum += k % 2 === 1 ? term : -term
    if (term < 1e-17) break
  }
  return Math.min(1, 2 * sum)
}
