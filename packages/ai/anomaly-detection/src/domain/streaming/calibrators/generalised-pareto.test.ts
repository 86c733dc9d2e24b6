import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { fitGeneralisedPareto, meanLossOf, paretoExcess, paretoTail } from './generalised-pareto.ts'

interface Vectors {
  readonly quantiles: ReadonlyArray<Readonly<Record<'gamma' | 'sigma' | 't' | 'q' | 'n' | 'Nt' | 'z_q', number>>>
  readonly fit: {
    readonly excesses: ReadonlyArray<number>
    readonly gamma: number
    readonly sigma: number
    readonly negative_log_likelihood: number
  }
}

it.skipIf(!hasReferenceData)(`limits and the fitted tail are the reference's${referenceNote}`, () => {
  const { quantiles, fit } = referenceJson('timeseries/spot.json') as Vectors
  for (const { gamma, sigma, t, q, n, Nt, z_q: wanted } of quantiles)
    expect(t + paretoExcess({ gamma, sigma }, (q * n) / Nt)).toBeCloseTo(wanted, 9)
  const excesses = Float64Array.from(fit.excesses)
  const fitted = fitGeneralisedPareto(excesses)
  expect(fitted.gamma).toBeCloseTo(fit.gamma, 3)
  expect(fitted.sigma).toBeCloseTo(fit.sigma, 3)
  expect(meanLossOf(fitted, excesses) * excesses.length).toBeLessThan(fit.negative_log_likelihood + 1e-4)
})

it.each([-0.3, 0, 0.3, 0.8])('finds the shape %d that excesses were drawn with, whatever their unit', (gamma) => {
  const { next } = randomStream(2)
  for (const sigma of [1e-9, 1, 1e9]) {
    const excesses = Float64Array.from({ length: 3000 }, () => paretoExcess({ gamma, sigma }, 1 - next()))
    const fitted = fitGeneralisedPareto(excesses.filter((excess) => excess > 0))
    expect(Math.abs(fitted.gamma - gamma)).toBeLessThan(0.08)
    expect(Math.abs(fitted.sigma / sigma - 1)).toBeLessThan(0.1)
  }
})

it("a tail and its limits are each other's inverse", () => {
  for (const gamma of [-0.4, 0, 1e-3, 0.5])
    for (const p of [0.9, 0.1, 1e-4])
      expect(paretoTail({ gamma, sigma: 3 }, paretoExcess({ gamma, sigma: 3 }, p))).toBeCloseTo(p, 9)
})
