import { logGamma } from './log-gamma.ts'

/** Whether rows suffice to conclude; see `powerOf`. */
export interface Power {
  readonly sufficient: boolean
  readonly rows: number
  /** Rows that would suffice if the share of unexpected rows stays; null where no number would. */
  readonly needed: number | null
}

const Z = 1.6448536269514722 // the normal quantile of 0.95: one-sided

/**
 * Are there enough rows to say that the share of good rows is at least (or below) `mostly`? An exact one-sided binomial test on
 * either side at 95 %, taking the rows for a sample of those to come. `mostly` 1 always concludes: one bad row refutes it.
 */
export function powerOf(rows: number, unexpected: number, mostly: number): Power {
  if (mostly >= 1 || mostly <= 0) return { sufficient: true, rows, needed: rows }
  const allowed = 1 - mostly
  const conclusive = (n: number, bad: number): boolean =>
    n > 0 && (atMost(bad, n, allowed) <= 0.05 || 1 - (bad > 0 ? atMost(bad - 1, n, allowed) : 0) <= 0.05)
  if (conclusive(rows, unexpected)) return { sufficient: true, rows, needed: rows }
  const share = rows === 0 ? 0 : unexpected / rows
  if (Math.abs(share - allowed) < 1e-9) return { sufficient: false, rows, needed: null }
  const byNormal = Math.ceil((Z ** 2 * allowed * mostly) / (share - allowed) ** 2)
  const byNone = Math.ceil(Math.log(0.05) / Math.log(mostly))
  return { sufficient: false, rows, needed: Math.max(rows + 1, share === 0 ? byNone : byNormal) }
}

/** P(X <= k) of a binomial with n trials of probability p. */
function atMost(k: number, n: number, p: number): number {
  return k >= n ? 1 : 1 - regularizedBeta(p, k + 1, n - k)
}

// Source: W. Press et al., Numerical Recipes (3rd ed.), section 6.4: the continued fraction by Lentz's method.
function regularizedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b
}

function betaFraction(x: number, a: number, b: number): number {
  const guard = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let [c, d] = [1, 1 / guard(1 - ((a + b) * x) / (a + 1))]
  let result = d
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guard(1 + even * d)
    c = guard(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guard(1 + odd * d)
    c = guard(1 + odd / c)
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-14) break
  }
  return result
}
