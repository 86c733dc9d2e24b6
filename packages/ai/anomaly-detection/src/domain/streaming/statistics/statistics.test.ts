import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { PSquareQuantile } from './p-square-quantile.ts'
import { RollingExtremes } from './rolling-extremes.ts'
import { RollingMoments } from './rolling-moments.ts'
import { RollingOrder } from './rolling-order.ts'
import { RunningMoments } from './running-moments.ts'
import { WeightedMoments } from './weighted-moments.ts'

type List = ReadonlyArray<number>
interface Vectors {
  readonly x: List
  readonly welford: { readonly mean: List; readonly variance: List }
  readonly ew: { readonly alpha: number; readonly mean: List; readonly variance: List }
  readonly rolling: Readonly<Record<'mean' | 'variance' | 'min' | 'max' | 'median' | 'mad' | 'q90', List>> & {
    readonly window: number
  }
  readonly p2_paper: {
    readonly x: List
    readonly p: number
    readonly markers: List
    readonly estimate_after_each_from_6th: List
  }
  readonly p2: { readonly p: number; readonly estimate_after_each_from_6th: List }
}

describe.skipIf(!hasReferenceData)(`running statistics${referenceNote}`, () => {
  const vectors = (): Vectors => referenceJson('stream/running.json') as Vectors

  it('of everything so far', () => {
    const { x, welford, ew } = vectors()
    const [running, weighted] = [new RunningMoments(), new WeightedMoments(ew.alpha)]
    for (const [i, value] of x.entries()) {
      running.push(value)
      weighted.push(value)
      expect(running.mean).toBeCloseTo(welford.mean[i] ?? Number.NaN, 9)
      expect(running.variance).toBeCloseTo(welford.variance[i] ?? Number.NaN, 9)
      expect(weighted.mean).toBeCloseTo(ew.mean[i] ?? Number.NaN, 9)
      expect(weighted.variance).toBeCloseTo(ew.variance[i] ?? Number.NaN, 9)
    }
  })

  it('of the last numbers', () => {
    const { x, rolling } = vectors()
    const [moments, extremes] = [new RollingMoments(rolling.window), new RollingExtremes(rolling.window)]
    const order = new RollingOrder(rolling.window)
    for (const [i, value] of x.entries()) {
      for (const statistic of [moments, extremes, order]) statistic.push(value)
      const found = [moments.mean, moments.variance, extremes.least, extremes.greatest]
      found.push(order.at(0), order.at(order.count - 1), order.median, order.medianDeviation, order.quantile(0.9))
      const { mean, variance, min, max, median, mad, q90 } = rolling
      for (const [at, list] of [mean, variance, min, max, min, max, median, mad, q90].entries())
        expect(found[at]).toBeCloseTo(list[i] ?? Number.NaN, 9)
    }
  })

  it('P-square, with the worked example of its paper', () => {
    const { x, p2, p2_paper: paper } = vectors()
    const cases = [paper, { x, ...p2 }]
    for (const { x: values, p, estimate_after_each_from_6th: wanted } of cases) {
      const quantile = new PSquareQuantile(p)
      const estimates = values.map((value) => {
        quantile.push(value)
        return quantile.estimate
      })
      expect(estimates.length).toBe(wanted.length + 5)
      for (const [i, estimate] of wanted.entries()) expect(estimates[i + 5]).toBeCloseTo(estimate, 9)
    }
    const quantile = new PSquareQuantile(paper.p)
    for (const value of paper.x) quantile.push(value)
    const { heights } = quantile.toJSON() as { readonly heights: List }
    for (const [i, marker] of paper.markers.entries()) expect(heights[i]).toBeCloseTo(marker, 9)
  })
})

const numbers = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 120,
})

it('the last numbers in order are what sorting them says', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 30 }), (list, size) => {
      const [order, extremes] = [new RollingOrder(size), new RollingExtremes(size)]
      for (const [i, value] of list.entries()) {
        order.push(value)
        extremes.push(value)
        const sorted = list.slice(Math.max(0, i + 1 - size), i + 1).sort((a, b) => a - b)
        const middle = (of: List): number => ((of[(of.length - 1) >> 1] ?? 0) + (of[of.length >> 1] ?? 0)) / 2
        const median = middle(sorted)
        expect(order.median).toBeCloseTo(median, 6)
        expect(order.medianDeviation).toBeCloseTo(
          middle(sorted.map((one) => Math.abs(one - median)).sort((a, b) => a - b)),
          6,
        )
        expect([extremes.least, extremes.greatest]).toEqual([sorted[0], sorted.at(-1)])
        expect(order.countBelow(value)).toBe(sorted.findIndex((one) => one >= value))
      }
    }),
  )
})

it('a wild value leaves no trace in rolling moments once it is gone', () => {
  const moments = new RollingMoments(10)
  for (const value of [1, 2, 3, 1e150, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]) moments.push(value)
  expect(moments.mean).toBeCloseTo(8.5, 9) // 4 to 13
  expect(moments.variance).toBeCloseTo(82.5 / 9, 9)
})

it('weighted moments that start evenly are plain ones until they forget', () => {
  const [even, plain] = [new WeightedMoments(0.1, true), new RunningMoments()]
  for (const value of [3, 1, 4, 1, 5, 9, 2, 6, 5]) {
    even.push(value)
    plain.push(value)
  }
  expect(even.mean).toBeCloseTo(plain.mean, 12)
  expect(even.variance).toBeCloseTo((plain.variance * 8) / 9, 12)
})

it('each goes on from its state as if it had never stopped, to the last bit', () => {
  const makers: ReadonlyArray<
    [() => { push: (value: number) => void }, (state: unknown) => { push: (value: number) => void }]
  > = [
    [() => new RunningMoments(), (state) => RunningMoments.fromJSON(state)],
    [() => new WeightedMoments(0.1, true), (state) => WeightedMoments.fromJSON(state)],
    [() => new RollingMoments(7), (state) => RollingMoments.fromJSON(state)],
    [() => new RollingExtremes(7), (state) => RollingExtremes.fromJSON(state)],
    [() => new RollingOrder(7), (state) => RollingOrder.fromJSON(state)],
    [() => new PSquareQuantile(0.3), (state) => PSquareQuantile.fromJSON(state)],
  ]
  fc.assert(
    fc.property(numbers, fc.nat(120), (list, cut) => {
      for (const [make, restore] of makers) {
        const whole = make()
        for (const value of list.slice(0, cut)) whole.push(value)
        const resumed = restore(JSON.parse(JSON.stringify(whole)))
        for (const value of list.slice(cut)) {
          whole.push(value)
          resumed.push(value)
        }
        expect(JSON.stringify(resumed)).toBe(JSON.stringify(whole))
      }
    }),
    { numRuns: 40 },
  )
})
