/**
 * The chi-squared distribution by the incomplete gamma function.
 * Source: M. Abramowitz, I. Stegun (1964), Handbook of mathematical functions, 26.4.19, 6.5.29 (series) and 6.5.31 (continued
 * fraction, evaluated by Lentz's method).
 */

/** P(X <= x) for X of chi-squared distribution. @param degrees - a whole number >= 1 */
export function chiSquaredCdf(x: number, degrees: number): number {
  if (x <= 0) return 0
  const a = degrees / 2
  const half = x / 2
  const front = Math.exp(a * Math.log(half) - half - logGammaOfHalf(degrees))
  return half < a + 1 ? front * series(a, half) : 1 - front * continuedFraction(a, half)
}

/** The x with P(X <= x) = p, to 1e-14 relative. @param p - in (0, 1) @param degrees - a whole number >= 1 */
export function chiSquaredQuantile(p: number, degrees: number): number {
  let low = 0
  let high = degrees + 10
  while (chiSquaredCdf(high, degrees) < p) high *= 2
  while (high - low > 1e-15 * high) {
    const middle = low + (high - low) / 2
    if (middle === low || middle === high) break
    if (chiSquaredCdf(middle, degrees) < p) low = middle
    else high = middle
  }
  return high
}

// ln Gamma(n / 2), downwards by Gamma(a) = (a - 1) Gamma(a - 1).
function logGammaOfHalf(n: number): number {
  let sum = n % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI)
  for (let a = n / 2 - 1; a > 0; a--) sum += Math.log(a)
  return sum
}

function series(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

function continuedFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / 1e-300
  let d = 1 / b
  let value = d
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return value
}
