/**
 * The regularised incomplete gamma function and, by it, the error function.
 * Source: M. Abramowitz, I. Stegun (1964), Handbook of mathematical functions, 6.5.29 (series), 6.5.31 (continued fraction, by
 * Lentz's method) and 7.1.22.
 */
import { logGamma } from './log-gamma.ts'

const EPSILON = 2 ** -53
const TINY = 1e-300

/** Q(a, x) = Gamma(a, x) / Gamma(a): the share of a gamma distribution of shape a above x, in [0, 1]. @param a - > 0 */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  return x < a + 1 ? Math.max(0, 1 - lowerBySeries(a, x)) : upperByFraction(a, x)
}

/** erf(x), the share of a normal distribution within x sqrt(2) standard deviations, with x's sign; in [-1, 1]. */
export function errorFunction(x: number): number {
  const square = x * x
  const magnitude = square < 1.5 ? lowerBySeries(0.5, square) : 1 - upperByFraction(0.5, square)
  return x < 0 ? -magnitude : magnitude
}

function lowerBySeries(a: number, x: number): number {
  if (x === 0) return 0
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return front(a, x) * sum
}

function upperByFraction(a: number, x: number): number {
  const factor = front(a, x)
  if (factor === 0) return 0
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let value = d
  for (let n = 1, change = 0; Math.abs(change - 1) > 2 * EPSILON; n++) {
    const numerator = n * (a - n)
    b += 2
    d = 1 / (numerator * d + b)
    c = b + numerator / c
    change = d * c
    value *= change
  }
  return factor * value
}

function front(a: number, x: number): number {
  return Math.exp(a * Math.log(x) - x - logGamma(a))
}
