/**
 * The regularised incomplete beta function. Source: NIST Digital Library of Mathematical Functions, 8.17.22 (continued
 * fraction), by Lentz's method, and 8.17.4 (the other side).
 */
import { logGamma } from './log-gamma.ts'

const EPSILON = 2 ** -53
const TINY = 1e-300

/**
 * I_x(a, b), in [0, 1]; also P(X >= a) for X binomial of a + b - 1 trials with probability x.
 * @param x - in [0, 1]
 * @param a - > 0
 * @param b - > 0
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x))
  if (x > (a + 1) / (a + b + 2)) return 1 - (front === 0 ? 0 : (front * fraction(1 - x, b, a)) / b)
  return front === 0 ? 0 : (front * fraction(x, a, b)) / a
}

function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1, change = 0; Math.abs(change - 1) > 2 * EPSILON; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    change = d * c
    value *= change
  }
  return value
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}
