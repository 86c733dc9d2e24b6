import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/combination.json' with { type: 'json' } // pyod 3.6.5, combo 0.1.3: see make_golden.py
import { averageOfMaximum, dealIntoBuckets, maximumOfAverage } from './buckets.ts'
import { averageOf, maximumOf, medianOf } from './combine-scores.ts'
import { modelCentrality } from './model-centrality.ts'
import { rankCorrelation, standardRanks } from './rank-correlation.ts'
import { stackedOf, stackingOf } from './stacking.ts'
import { voteOf } from './vote.ts'

const members = golden.new.map((scores) => Float64Array.from(scores))
const weights = Float64Array.from(golden.weights)
// PyOD deals by a shuffled order: the first two of it are the first bucket
const bucketOf = Int32Array.from(members, (_, member) => Math.floor(golden.order.indexOf(member) / 2))

describe('combination agrees with PyOD', () => {
  it.each([
    ['average', averageOf(members), golden.average],
    ['weighted average', averageOf(members, weights), golden.weightedAverage],
    ['maximization', maximumOf(members), golden.maximization],
    ['median', medianOf(members), golden.median],
    ['average of maximum', averageOfMaximum(members, bucketOf), golden.aom],
    ['maximum of average', maximumOfAverage(members, bucketOf), golden.moa],
  ] as const)('%s', (_, actual, expected) => {
    for (const [row, value] of expected.entries()) expect(actual[row]).toBeCloseTo(value, 12)
  })

  it('majority vote, where it lies above one half', () => {
    // the 90th of 100 percentiles of 60 numbers: 0.1 past the 54th (from 1), towards the 55th
    const thresholds = Float64Array.from(golden.train, (scores) => {
      const sorted = Float64Array.from(scores).sort()
      return (sorted[53] ?? 0) + 0.1 * ((sorted[54] ?? 0) - (sorted[53] ?? 0))
    })
    const votes = voteOf(members, thresholds, weights)
    expect([...votes].map((share) => (share > 0.5 ? 1 : 0))).toEqual(golden.vote)
    expect(new Set(golden.vote).size).toBe(2)
  })
})

describe('by hand', () => {
  const [a, b, c] = [Float64Array.of(1, 0, 4), Float64Array.of(3, 2, 5), Float64Array.of(8, 1, 0)]

  it('combines', () => {
    expect([...averageOf([a, b, c])]).toEqual([4, 1, 3])
    expect([...averageOf([a, b], Float64Array.of(1, 3))]).toEqual([2.5, 1.5, 4.75])
    expect([...medianOf([a, b, c])]).toEqual([3, 1, 4])
    expect([...medianOf([a, b])]).toEqual([2, 1, 4.5])
    const pairs = Int32Array.of(0, 0, 1)
    // (max(1, 3) + 8) / 2 and max((1 + 3) / 2, 8)
    expect([...averageOfMaximum([a, b, c], pairs)]).toEqual([5.5, 1.5, 2.5])
    expect([...maximumOfAverage([a, b, c], pairs)]).toEqual([8, 1, 4.5])
  })

  it('counts votes, and settles equal shares by the mean score', () => {
    // above 2: b, c | nobody | a, b. Shares 2/3, 0, 2/3; the mean of row 0 (4) is higher than that of row 2 (3)
    const votes = voteOf([a, b, c], Float64Array.of(2, 2, 2), Float64Array.of(1, 1, 1))
    const tie = (mean: number): number => (1 - (0.5 + (0.5 * mean) / (1 + mean))) / 1024
    expect(votes[0]).toBeCloseTo(2 / 3 - tie(4), 12)
    expect(votes[1]).toBeCloseTo(0 - tie(1), 12)
    expect(votes[2]).toBeCloseTo(2 / 3 - tie(3), 12)
    // a member of weight 2 against two of weight 1: half of the votes is no majority
    const half = voteOf([a, b, c], Float64Array.of(3, 4, 9), Float64Array.of(2, 1, 1))
    expect([...half].map((share) => share > 0.5)).toEqual([false, false, true])
  })

  it('deals members into buckets that differ by one at most, none empty', () => {
    const dealt = dealIntoBuckets(7, 3, seededRandom(1))
    expect([0, 1, 2].map((bucket) => dealt.filter((one) => one === bucket).length)).toEqual([3, 2, 2])
    expect([...dealIntoBuckets(7, 3, seededRandom(1))]).toEqual([...dealt])
    expect([...dealIntoBuckets(7, 3, seededRandom(3))]).not.toEqual([...dealt])
  })

  it("correlates ranks, equal values sharing theirs, as Spearman's rho", () => {
    // 1 - 6 * (1 + 1 + 0 + 0) / (4 * 15) = 0.8
    const [up, swapped] = [standardRanks(Float64Array.of(1, 2, 3, 9)), standardRanks(Float64Array.of(2, 1, 3, 4))]
    expect(rankCorrelation(up, swapped)).toBeCloseTo(0.8, 12)
    // ranks 1.5, 1.5, 3 and 1, 2, 3: covariance 1.5, variances 1.5 and 2
    const tied = standardRanks(Float64Array.of(5, 5, 6))
    expect(rankCorrelation(tied, standardRanks(Float64Array.of(1, 2, 3)))).toBeCloseTo(1.5 / Math.sqrt(3), 12)
    expect(rankCorrelation(standardRanks(Float64Array.of(2, 2)), standardRanks(Float64Array.of(1, 2)))).toBe(0)
  })

  it('finds the detector that agrees with the others', () => {
    const centrality = modelCentrality([
      Float64Array.of(1, 2, 3, 4),
      Float64Array.of(1, 2, 4, 3),
      Float64Array.of(4, 3, 2, 1),
      Float64Array.of(7, 7, 7, 7),
    ])
    // rho 0.8, -1, 0 of the first; 0.8, -0.8, 0 of the second; -1, -0.8, 0 of the third
    for (const [i, sum] of [-0.2, 0, -1.8, 0].entries()) expect(centrality[i]).toBeCloseTo(sum / 3, 12)
    expect([...modelCentrality([Float64Array.of(1, 2)])]).toEqual([0])
  })
})

describe('stacking', () => {
  const random = seededRandom(5)
  const truth = Uint8Array.from({ length: 400 }, (_, row) => (row % 20 === 0 ? 1 : 0))
  const seeing = Float64Array.from(truth, (label) => label * 3 + random())
  const blind = Float64Array.from(truth, () => random() * 4)
  const known = Array.from({ length: 40 }, (_, row) => ({ row, anomaly: truth[row] === 1 }))

  it('learns whom to trust', () => {
    const { weights: learned } = stackingOf([seeing, blind], known, 0.1)
    expect(learned[0]).toBeGreaterThan(5 * Math.abs(learned[1] ?? Infinity))
  })

  it('stands where the loss has no slope', () => {
    const [z1, z2, ridge] = [seeing, blind, 0.5]
    const { weights: w, intercept } = stackingOf([z1, z2], known, ridge)
    const margins = stackedOf([z1, z2], { weights: w, intercept })
    const errors = known.map(({ row, anomaly }) => 1 / (1 + Math.exp(-(margins[row] ?? 0))) - (anomaly ? 1 : 0))
    const slope = (z: Float64Array, weight: number): number =>
      errors.reduce((sum, error, i) => sum + error * (z[known[i]?.row ?? 0] ?? 0), ridge * (weight - 0.5))
    expect(slope(z1, w[0] ?? 0)).toBeCloseTo(0, 4)
    expect(slope(z2, w[1] ?? 0)).toBeCloseTo(0, 4)
    expect(errors.reduce((sum, error) => sum + error, 0)).toBeCloseTo(0, 4)
  })

  it('stays with the average when the ridge is strong, whatever the labels', () => {
    const { weights: learned } = stackingOf([seeing, blind], known, 1e9)
    expect(learned[0]).toBeCloseTo(0.5, 5)
    expect(learned[1]).toBeCloseTo(0.5, 5)
  })

  it('stays finite with labels that one score parts perfectly, and with scores far out', () => {
    const far = Float64Array.from(truth, (label) => (label === 1 ? 2 ** 500 : -(2 ** 500)))
    const { weights: learned, intercept } = stackingOf([far, far], known, 1e-3)
    for (const value of [...learned, intercept]) expect(Number.isFinite(value)).toBe(true)
    expect(learned[0]).toBeGreaterThan(0)
  })
})
