/** Distances of two samples of numbers, in terms of their empirical distributions F and G. */
import { walkTogether } from './walk-together.ts'

/**
 * The first Wasserstein distance: the integral of |F - G|, how far values have to be moved on average.
 * @param a - ascending, not empty
 * @param b - ascending, not empty
 * @returns in the unit of the values, >= 0
 */
export function wasserstein(a: Float64Array, b: Float64Array): number {
  return distanceBetween(a, b, Math.abs)
}

/**
 * The energy distance as SciPy has it: the root of 2 E|X - Y| - E|X - X'| - E|Y - Y'|, which is that of twice the integral of
 * (F - G)^2. Source: G. Székely, M. Rizzo (2013), Energy statistics: a class of statistics based on distances.
 * @param a - ascending, not empty
 * @param b - ascending, not empty
 * @returns in the root of the unit of the values, >= 0
 */
export function energyDistance(a: Float64Array, b: Float64Array): number {
  return Math.sqrt(2 * distanceBetween(a, b, (gap) => gap * gap))
}

function distanceBetween(a: Float64Array, b: Float64Array, costOf: (gap: number) => number): number {
  let area = 0
  let i = 0
  let j = 0
  let before = 0
  walkTogether(a, b, (value, inA, inB) => {
    if (i + j > 0) area += costOf(i / a.length - j / b.length) * (value - before)
    i += inA
    j += inB
    before = value
  })
  return area
}
