import { expect, it } from 'vitest'

import { seededRandom } from './seeded-random.ts'
import { standardNormal } from './standard-normal.ts'

it('standardNormal has the moments and tails of a standard normal distribution', () => {
  const normal = standardNormal(seededRandom(5))
  const n = 100_000
  const values = Float64Array.from({ length: n }, normal)
  const mean = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / n
  // standard errors 0.0032, 0.0045, 0.0122 and 0.031: four of each
  expect(Math.abs(mean(1))).toBeLessThan(0.013)
  expect(Math.abs(mean(2) - 1)).toBeLessThan(0.018)
  expect(Math.abs(mean(3))).toBeLessThan(0.05)
  expect(Math.abs(mean(4) - 3)).toBeLessThan(0.125)
  const beyond = values.filter((value) => Math.abs(value) > 1.959964).length / n
  expect(Math.abs(beyond - 0.05)).toBeLessThan(0.0028)
})
