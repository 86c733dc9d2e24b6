import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { createEwma } from './ewma.ts'
import type { MarginalDetector } from './marginal-detector.ts'
import { createQuantileBand } from './quantile-band.ts'
import { createRobustZScore } from './robust-z-score.ts'
import { createZScore } from './z-score.ts'

interface Vectors {
  readonly x: ReadonlyArray<number>
  readonly sad: ReadonlyArray<number>
  readonly gaussian: { readonly grace: number; readonly score: ReadonlyArray<number> }
}

it.skipIf(!hasReferenceData)(`z-scores agree with the reference values${referenceNote}`, () => {
  const { x, sad, gaussian } = referenceJson('stream/running.json') as Vectors
  const deviations = createZScore(1, { window: 0, unit: 'deviations', warmUp: 2 })
  const probability = createZScore(1, { window: 0, unit: 'probability', warmUp: gaussian.grace })
  for (const [i, value] of x.entries()) {
    expect(deviations.scoreThenLearn([value])).toBeCloseTo(sad[i] ?? Number.NaN, 8) // theirs adds 1e-10 to the deviation
    expect(probability.scoreThenLearn([value])).toBeCloseTo(gaussian.score[i] ?? Number.NaN, 9)
  }
})

describe('detectors that judge each column by itself', () => {
  const detectors: ReadonlyArray<[string, () => MarginalDetector]> = [
    ['ewma', () => createEwma(3, { alpha: 0.05, warmUp: 20 })],
    ['z-score', () => createZScore(3, { window: 50, unit: 'deviations', warmUp: 20 })],
    ['robust-z-score', () => createRobustZScore(3, { window: 50, warmUp: 20 })],
    ['p2-quantile', () => createQuantileBand(3, { tail: 0.05, warmUp: 20 })],
  ]

  it.each(detectors)('%s: says which column, and whether it is too high or too low', (_, make) => {
    const detector = make()
    for (let i = 0; i < 200; i++) detector.learnOne([Math.sin(i * i), 5 * Math.cos(i * i), 3])
    const high = detector.attributeOne([0, 60, 3])
    expect(Array.from(high.high)).toEqual([0, detector.scoreOne([0, 60, 3]), 0])
    expect(Array.from(high.low)).toEqual([0, 0, 0])
    expect(detector.attributeOne([-9, 0, 3]).low[0]).toBeGreaterThan(3)
  })

  it.each(detectors)('%s: any change of a constant column scores highest, rounding does not', (_, make) => {
    const detector = make()
    for (let i = 0; i < 100; i++) detector.learnOne([Math.sin(i * i), 0, 0.3])
    expect(detector.scoreOne([0, 0, 0.1 + 0.2])).toBeLessThan(1)
    expect(detector.scoreOne([0, 0, 0.31])).toBe(1e6)
  })
})

it('the robust z-score is the modified one: |x - median| / (1.4826 MAD)', () => {
  const detector = createRobustZScore(1, { window: 5, warmUp: 2 })
  for (const value of [100, 1, 2, 4, 8, 1000]) detector.learnOne([value])
  // the last five: 1, 2, 4, 8, 1000; median 4, distances 0, 2, 3, 4, 996: MAD 3
  expect(detector.scoreOne([10])).toBeCloseTo(6 / (1.4826 * 3), 12)
})

it('a quantile band that is lopsided gives each side its own measure', () => {
  const detector = createQuantileBand(1, { tail: 0.1, warmUp: 20 })
  for (let i = 0; i < 2000; i++) detector.learnOne([((i * 7919) % 2000) ** 2]) // quantiles near 40,000, 1e6, 3.24e6
  expect(detector.scoreOne([3.24e6])).toBeCloseTo(1, 1)
  expect(detector.scoreOne([40_000])).toBeCloseTo(1, 1)
})
