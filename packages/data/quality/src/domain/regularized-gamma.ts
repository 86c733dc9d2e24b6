import { logGamma } from './log-gamma.ts'

/** P(a, x), the lower regularised incomplete gamma function. Source: Numerical Recipes (3rd ed.), section 6.2. */
export function regularizedGamma(a: number, x: number): number {
  if (x <= 0) return 0
  const front = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? front * series(a, x) : 1 - front * fraction(a, x)
}

function series(a: number, x: number): number {
  let [sum, term] = [1 / a, 1 / a]
  for (let n = 1; n < 100_000 && Math.abs(term) > Math.abs(sum) * 1e-16; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let result = d
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / (an * d + b || 1e-300)
    c = b + an / c || 1e-300
    result *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return result
}
