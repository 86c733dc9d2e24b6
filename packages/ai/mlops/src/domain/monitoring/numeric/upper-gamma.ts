/**
 * The upper tail of the gamma distribution, and by it those of chi-squared and of the normal distribution.
 * Source: M. Abramowitz, I. Stegun (1964), Handbook of mathematical functions, 6.5.29 (series), 6.5.31 (continued fraction, by
 * Lentz's method), 26.4.2 and 7.1.22.
 */
import { logGamma } from './log-gamma.ts'

const EPSILON = 2 ** -53
const TINY = 1e-300

/** P(X >= x) for a chi-squared X of k >= 1 degrees of freedom; in [0, 1], 1 at x <= 0. */
export function chiSquaredTail(x: number, degrees: number): number {
  return upperGamma(degrees / 2, x / 2)
}

/** P(|Z| >= |z|) for a standard normal Z; in [0, 1]. */
export function twoSidedNormalTail(z: number): number {
  return upperGamma(0.5, (z * z) / 2)
}

function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  return x < a + 1 ? Math.max(0, 1 - lowerBySeries(a, x)) : upperByFraction(a, x)
}

function lowerBySeries(a: number, x: number): number {
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
