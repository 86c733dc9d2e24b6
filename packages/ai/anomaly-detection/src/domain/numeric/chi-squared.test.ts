import { describe, expect, it } from 'vitest'

import { chiSquaredCdf, chiSquaredQuantile } from './chi-squared.ts'

describe('chi-squared', () => {
  it('with two degrees is exponential: 1 - e^(-x / 2)', () => {
    for (const x of [0.01, 1, 3, 10, 40]) expect(chiSquaredCdf(x, 2)).toBeCloseTo(1 - Math.exp(-x / 2), 14)
    expect(chiSquaredQuantile(0.975, 2)).toBeCloseTo(-2 * Math.log(0.025), 12)
    expect(chiSquaredCdf(0, 2)).toBe(0)
  })

  // scipy 1.17 stats.chi2.ppf
  it.each([
    [0.5, 1, 0.454936423119572],
    [0.975, 1, 5.02388618731489],
    [0.5, 7, 6.3458111955215],
    [0.975, 7, 16.0127642746291],
    [0.975, 9, 19.0227677986416],
    [0.5, 166, 165.333811407161],
    [0.975, 166, 203.567242272136],
  ])('has the quantile %d of %d degrees', (p, degrees, expected) => {
    expect(chiSquaredQuantile(p, degrees) / expected).toBeCloseTo(1, 11)
    expect(chiSquaredCdf(expected, degrees)).toBeCloseTo(p, 11)
  })
})
