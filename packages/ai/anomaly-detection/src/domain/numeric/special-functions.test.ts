import { expect, it } from 'vitest'

// scipy 1.17.1: see combination/__fixtures__/make_golden.py
import golden from '../combination/__fixtures__/combination.json' with { type: 'json' }
import { incompleteBeta } from './incomplete-beta.ts'
import { errorFunction, upperGamma } from './incomplete-gamma.ts'
import { logGamma } from './log-gamma.ts'

const near = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.abs(expected) + 1e-14)

it("the error function agrees with SciPy's, and is odd", () => {
  for (const [x = 0, expected = 0] of golden.erf) {
    near(errorFunction(x), expected, 1e-14)
    near(errorFunction(-x), -expected, 1e-14)
  }
  expect(errorFunction(0)).toBe(0)
  expect(errorFunction(2 ** 500)).toBe(1)
})

it("the upper gamma function agrees with SciPy's", () => {
  for (const [a = 0, x = 0, expected = 0] of golden.gammaSf) near(upperGamma(a, x), expected, 1e-12)
  // shape 1 is the exponential distribution
  near(upperGamma(1, 3), Math.exp(-3), 1e-14)
})

it("the logarithm of the gamma function agrees with SciPy's", () => {
  for (const [x = 0, expected = 0] of golden.gammaLn) near(logGamma(x), expected, 2e-15)
})

it("the incomplete beta function agrees with SciPy's binomial distribution", () => {
  for (const [n = 0, m = 0, p = 0, expected = 0] of golden.binomial)
    near(incompleteBeta(p, m, n - m + 1), expected, 1e-9)
  // two coins: at least one head 3/4, two heads 1/4
  near(incompleteBeta(0.5, 1, 2), 0.75, 1e-15)
  near(incompleteBeta(0.5, 2, 1), 0.25, 1e-15)
  expect([incompleteBeta(0, 1, 1), incompleteBeta(1, 1, 1)]).toEqual([0, 1])
})
