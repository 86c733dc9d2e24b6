import { describe, expect, it } from 'vitest'

import { BracketedRank, WORTH_A_BRACKET } from './bracketed-rank.ts'
import { median, quantile } from './order-statistic.ts'
import { seededRandom } from './seeded-random.ts'

const n = WORTH_A_BRACKET + 4321
const random = seededRandom(1)
const shapes: Readonly<Record<string, Float64Array>> = {
  uniform: Float64Array.from({ length: n }, () => random()),
  heavy: Float64Array.from({ length: n }, () => 1 / (random() - 0.5)),
  sorted: Float64Array.from({ length: n }, (_, i) => i),
  periodic: Float64Array.from({ length: n }, (_, i) => i % 7),
  constant: new Float64Array(n).fill(3),
  'nearly constant': Float64Array.from({ length: n }, (_, i) => (i % 1000 === 0 ? random() : 0)),
}

describe.each(Object.entries(shapes))('%s values', (_, values) => {
  const sorted = values.toSorted()

  it.each([0, 0.001, 0.25, 0.5, 0.9, 0.99999, 1])('have the quantile %d that sorting gives', (q) => {
    const position = q * (n - 1)
    const index = Math.floor(position)
    const [lower, upper] = [sorted[index] as number, sorted[Math.min(n - 1, index + 1)] as number]
    const [weight, gap] = [position - index, upper - lower]
    expect(quantile(values, q)).toBe(weight >= 0.5 ? upper - gap * (1 - weight) : lower + gap * weight)
  })

  it('have a bracket, which finds what the sorted values have, also in several parts', () => {
    const k = n >> 1
    const bracket = new BracketedRank(n, k, (i) => values[i] as number)
    bracket.add(values, 0, 1000, 1)
    bracket.add(values, 1000, n, 2)
    bracket.add(values, 1001, n, 2)
    expect(bracket.ranks()).toEqual({ lower: sorted[k], upper: sorted[k + 1] })
  })
})

it('does not guess where the sample misled it', () => {
  const values = shapes['sorted'] as Float64Array
  const bracket = new BracketedRank(n, 5, () => n * 2)
  bracket.add(values, 0, n, 1)
  expect(bracket.ranks()).toBeUndefined()
  expect(median(values)).toBe((n - 1) / 2)
})

it('gives up where more values lie within the bracket than it keeps', () => {
  const values = shapes['uniform'] as Float64Array
  let flip = 0
  const bracket = new BracketedRank(n, n >> 1, () => (flip++ % 2 === 0 ? -1 : 2))
  bracket.add(values, 0, n, 1)
  expect(bracket.ranks()).toBeUndefined()
})
