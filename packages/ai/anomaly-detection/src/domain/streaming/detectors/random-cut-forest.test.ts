import { expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { RandomCutForest, randomCutForestDefaults } from './random-cut-forest.ts'

const small = { ...randomCutForestDefaults, trees: 20, sampleSize: 64, timeDecay: 1 / 640, outputAfter: 32 }

function samples(count: number, columns: number, seed: number): Float64Array[] {
  const random = randomStream(seed)
  const bell = (): number => random.next() + random.next() + random.next() - 1.5
  return Array.from({ length: count }, () => Float64Array.from({ length: columns }, bell))
}

const sum = (...parts: ReadonlyArray<Float64Array>): number =>
  parts.reduce((total, part) => total + part.reduce((all, one) => all + one, 0), 0)

it.each([
  ['samples', { ...small }, 3],
  ['shingles', { ...small, shingleSize: 4 }, 1],
  ['rotating shingles', { ...small, shingleSize: 4, rotation: true }, 2],
])('goes on with the same scores from its state: %s', (_, parameters, columns) => {
  const detector = new RandomCutForest(columns, parameters, 5)
  const stream = samples(600, columns, 1)
  for (const sample of stream.slice(0, 400)) detector.learnOne(sample)
  const again = RandomCutForest.fromJSON(JSON.parse(JSON.stringify(detector)))
  expect(again.toJSON()).toEqual(detector.toJSON())
  for (const sample of stream.slice(400)) {
    const score = detector.scoreThenLearn(sample)
    expect(score).toBeGreaterThan(0)
    expect(again.scoreOne(sample)).toBe(score)
    again.learnOne(sample)
  }
  expect(JSON.stringify(again)).toBe(JSON.stringify(detector))
})

it('finds what lies apart, says in which number, which way, and what it expected', () => {
  const detector = new RandomCutForest(4, randomCutForestDefaults, 1)
  for (const sample of samples(1000, 4, 2)) detector.learnOne(sample)
  const usual = samples(100, 4, 3).map((sample) => detector.scoreOne(sample))
  const odd = Float64Array.of(0.1, 4, -0.2, -2)
  expect(detector.scoreOne(odd)).toBeGreaterThan(2 * Math.max(...usual))
  const { high, low } = detector.attributeOne(odd)
  expect(sum(high, low)).toBeCloseTo(detector.scoreOne(odd), 9)
  expect(high.indexOf(Math.max(...high))).toBe(1)
  expect(low.indexOf(Math.max(...low))).toBe(3)
  expect(high[1]).toBeGreaterThan(low[3] ?? 0)
  const expected = detector.expectOne(odd)
  for (const value of expected) expect(Math.abs(value)).toBeLessThan(1.5)
})

it('shares out the score of what it has learned, too', () => {
  const detector = new RandomCutForest(2, small, 1)
  const stream = samples(64, 2, 4)
  for (const sample of stream) detector.learnOne(sample)
  for (const sample of stream) {
    const { high, low } = detector.attributeOne(sample)
    expect(sum(high, low)).toBeCloseTo(detector.scoreOne(sample), 9)
  }
})

it('scores by the definition: one tree of two points, worked by hand', () => {
  const detector = new RandomCutForest(1, { ...small, trees: 1, outputAfter: 2 }, 1)
  detector.learnOne([0])
  detector.learnOne([2])
  // 6 is cut off from the box [0, 2], side 2, with probability 4 / 6, at depth 0: 1 / 1. Otherwise it reaches the leaf 2 at
  // depth 1: 1 / 2. (2/3 + 1/3 * 1/2) * log2(2 + 1)
  expect(detector.scoreOne([6])).toBeCloseTo((5 / 6) * Math.log2(3), 12)
  // 2 itself: (1 - 1 / 4) / (1 + log2(2)) * log2(3)
  expect(detector.scoreOne([2])).toBeCloseTo(0.375 * Math.log2(3), 12)
  // 1 is inside of the box: the leaf at depth 1 alone
  expect(detector.scoreOne([1])).toBeCloseTo(0.5 * Math.log2(3), 12)
})

it('fills what is missing from what it knows', () => {
  const detector = new RandomCutForest(2, randomCutForestDefaults, 1)
  const random = randomStream(9)
  for (let i = 0; i < 1000; i++) {
    const value = Math.floor(random.next() * 3) * 10
    detector.learnOne([value + random.next(), 2 * value + random.next()])
  }
  const [, filled = 0] = detector.expectOne([20.5, Number.NaN])
  expect(filled).toBeGreaterThan(38)
  expect(filled).toBeLessThan(43)
  const known = detector.scoreOne([20.5, 40.5])
  expect(detector.scoreOne([20.5, Number.NaN])).toBeLessThan(1.5 * known)
  expect(detector.scoreOne([20.5, 0])).toBeGreaterThan(1.3 * known)
  detector.learnOne([Number.NaN, Number.NaN])
  expect(detector.learned).toBe(1001)
  expect(detector.scoreOne([Number.NaN, Number.NaN])).toBeGreaterThan(0)
})

it('forecasts the next sample of a shape that repeats, and sees where the shape breaks', () => {
  const detector = new RandomCutForest(1, { ...randomCutForestDefaults, shingleSize: 8 }, 1)
  const wave = (i: number): number => Math.sin((2 * Math.PI * i) / 16)
  for (let i = 0; i < 1000; i++) detector.learnOne([wave(i)])
  const [expected = 0] = detector.expectOne([-wave(1000)])
  expect(Math.abs(expected - wave(1000))).toBeLessThan(0.1)
  expect(detector.scoreOne([-wave(1002)])).toBeGreaterThan(1.5 * detector.scoreOne([wave(1000)]))
})

it('forgets: after a change the new is normal', () => {
  const detector = new RandomCutForest(1, small, 1)
  for (const [value = 0] of samples(500, 1, 1)) detector.learnOne([value])
  const before = detector.scoreOne([50])
  for (const [value = 0] of samples(3000, 1, 2)) detector.learnOne([value + 50])
  expect(detector.scoreOne([50])).toBeLessThan(before / 2)
})

it('is not ready, and scores 0, until it has learned enough', () => {
  const detector = new RandomCutForest(1, { ...small, shingleSize: 3, outputAfter: 4 }, 1)
  const scores = samples(8, 1, 1).map((sample) => detector.scoreThenLearn(sample))
  expect(scores.map((score) => score > 0)).toEqual([false, false, false, false, false, false, true, true])
})
