import { expect, it } from 'vitest'

import { normalQuantile } from './normal-quantile.ts'
import { shareToCome } from './share-to-come.ts'

it('knows the quantiles of the normal distribution', () => {
  // scipy.stats.norm.ppf
  for (const [p, z] of [
    [0.5, 0],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.9999, 3.719016485455709],
    [0.001, -3.090232306167813],
  ] as const)
    expect(normalQuantile(p)).toBeCloseTo(z, 7)
})

it('is the lower end of Wilson interval where the other table is endless', () => {
  // 10 of 100 bad at z = 1.6449: (0.9 + 0.013528 - 1.6449 * sqrt(0.0009 + 0.00006764)) / 1.027055 = 0.83966
  expect(shareToCome(10, 100, 1e12, 0.95)).toBeCloseTo(0.83966, 4)
  // None bad: 1 / (1 + z^2 / n), here n = 50 for two tables of 100.
  expect(shareToCome(0, 100, 100, 0.95)).toBeCloseTo(1 / (1 + 2.7055 / 50), 4)
  expect(shareToCome(100, 100, 100, 0.95)).toBeCloseTo(0, 9)
})

it('holds for another table of a source at least as often as it says', () => {
  let seed = 7
  const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  const badOf = (rows: number, share: number): number => {
    let bad = 0
    for (let i = 0; i < rows; i++) if (random() < share) bad++
    return bad
  }
  for (const share of [0, 0.002, 0.02, 0.3]) {
    let held = 0
    for (let i = 0; i < 400; i++) {
      const least = shareToCome(badOf(300, share), 300, 300, 0.9)
      if (1 - badOf(300, share) / 300 >= least) held++
    }
    expect(held / 400).toBeGreaterThan(0.87) // 0.9 - 2 standard errors of 400 trials
  }
})
