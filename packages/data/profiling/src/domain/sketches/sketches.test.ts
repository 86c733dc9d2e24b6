import fc from 'fast-check'
import { expect, it } from 'vitest'

import { ascending, distributionOf, histogramOf, mergeDistributions } from './distribution.ts'
import { quantilesOf, QUANTILE_RELATIVE_ERROR } from './log-buckets.ts'
import { mergeAllMoments } from './moments.ts'
import { estimateDistinct, mergeRegisters, parseRegisters, rankOf, REGISTER_COUNT, registersText } from './registers.ts'
import { spanExponent, spanOf } from './spans.ts'
import { hashCell } from './value-hash.ts'

function registersOf(values: Iterable<number | string>): Uint8Array {
  const registers = new Uint8Array(REGISTER_COUNT)
  const parts = { register: 0, rest: 0 }
  for (const value of values) {
    hashCell(value, parts)
    registers[parts.register] = Math.max(registers[parts.register] ?? 0, rankOf(parts.rest))
  }
  return registers
}

const range = (from: number, to: number): ReadonlyArray<number> => Array.from({ length: to - from }, (_, i) => from + i)

it('estimates different values within four standard errors of 1.6 %, from none to many', () => {
  for (const n of [0, 1, 10, 100, 1000, 10_000, 100_000, 400_000]) {
    const errors = [1, 2, 3].map((seed) => {
      const estimate = estimateDistinct(registersOf(range(0, n).map((i) => `${seed} ${i}`)))
      return n === 0 ? estimate : estimate / n - 1
    })
    for (const error of errors) expect(Math.abs(error), `${n} values`).toBeLessThan(0.065)
  }
})

it('gives the rank of a hash that is worked by hand', () => {
  // 52 bits: the rank is one more than the zeros in front.
  expect([rankOf(2 ** 51), rankOf(2 ** 50), rankOf(1), rankOf(0), rankOf(2 ** 32), rankOf(2 ** 31)]).toEqual([
    1, 2, 52, 53, 20, 21,
  ])
})

it('merges registers to those of the whole, through text', () => {
  const [a, b] = [registersOf(range(0, 6000)), registersOf(range(4000, 9000))]
  const merged = parseRegisters(registersText(mergeRegisters(a, b)))
  expect(merged).toEqual(registersOf(range(0, 9000)))
  expect(parseRegisters('not registers')).toBeUndefined()
  expect(parseRegisters('AAAA')).toBeUndefined()
})

/** Type 7 by definition. */
function exactQuantile(sorted: ReadonlyArray<number>, p: number): number {
  const at = p * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
  return low + (high - low) * (at - Math.floor(at))
}

it('knows quantiles within 1 % of the order statistics around them, whatever the data', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 }),
    fc.integer({ min: -50, max: 50 }),
  )
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 80 }), (values) => {
      const sorted = values.map((x) => x + 0).toSorted((a, b) => a - b)
      const exponent = spanExponent(sorted[0] ?? 0, sorted.at(-1) ?? 0)
      const { cells } = distributionOf(
        sorted.map((x) => [x, 1] as const),
        { exponent, buckets: true },
      )
      for (const { p, value: found } of quantilesOf(cells, [0, 0.01, 0.25, 0.5, 0.9, 0.999, 1])) {
        const at = p * (sorted.length - 1)
        const [low, high] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0]
        const bound = QUANTILE_RELATIVE_ERROR * Math.max(Math.abs(low), Math.abs(high)) * (1 + 1e-9)
        expect(Math.abs(found - exactQuantile(sorted, p))).toBeLessThanOrEqual(bound)
      }
    }),
    { numRuns: 300 },
  )
})

it('merges distributions to that of the whole: moments, counts by span, ends', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    fc.integer({ min: -5, max: 5 }),
  )
  const list = fc.array(
    value.map((x) => x + 0),
    { minLength: 1, maxLength: 60 },
  )
  const sketched = (values: ReadonlyArray<number>): ReturnType<typeof distributionOf> =>
    distributionOf(
      values.map((x) => [x, 1] as const),
      { exponent: spanExponent(Math.min(...values), Math.max(...values)), buckets: true },
    )
  fc.assert(
    fc.property(list, list, (a, b) => {
      const all = [...a, ...b]
      const merged = mergeDistributions(sketched(a), sketched(b))
      const moments = mergeAllMoments(merged.cells)
      const mean = all.reduce((sum, x) => sum + x, 0) / all.length
      const m2 = all.reduce((sum, x) => sum + (x - mean) ** 2, 0)
      const scale = Math.max(...all.map(Math.abs), 1e-300)
      expect(moments.n).toBe(all.length)
      expect(Math.abs(moments.mean - mean)).toBeLessThanOrEqual(1e-12 * scale)
      expect(Math.abs(moments.m2 - m2)).toBeLessThanOrEqual(1e-10 * scale * scale * all.length)
      const histogram = histogramOf(merged, 40)
      expect(histogram.counts.length).toBeLessThanOrEqual(40)
      const counted = histogram.counts.map(
        (_, i) => all.filter((x) => x >= (histogram.edges[i] ?? 0) && x < (histogram.edges[i + 1] ?? 0)).length,
      )
      expect(histogram.counts).toEqual(counted)
      expect(ascending(merged.cells)).toEqual(merged.cells)
    }),
    { numRuns: 200, examples: [[[3], [-5e-324]]] },
  )
})

it('cuts at most 512 spans, at any scale', () => {
  for (const [min, max] of [
    [0, 0],
    [5, 5],
    [0, 1e-320],
    [-1e308, 1e308],
    [1e15, 1e15 + 1],
    [-3, 1000],
    [5e-324, 1e-300],
  ] as const) {
    const exponent = spanExponent(min, max)
    expect(spanOf(max, exponent) - spanOf(min, exponent) + 1, `${min} to ${max}`).toBeLessThanOrEqual(512)
    if (max > min && exponent > -1022)
      expect(spanOf(max, exponent - 1) - spanOf(min, exponent - 1) + 1).toBeGreaterThan(512)
  }
})
