import { describe, expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import type { StreamDetector } from '../stream-detector.ts'
import { CombinedStreamDetector, type CombinedStreamParameters } from './combined-stream-detector.ts'
import { combinedScore } from './stream-combination-rule.ts'

describe('scores of five members as one', () => {
  const scores = Float64Array.of(1, 5, 2, 4, 3)
  const weights = Float64Array.of(0.5, 0.5, 0, 0, 0)
  const bucketOf = Int32Array.of(0, 1, 0, 1, 0)

  it.each([
    ['mean', 3], // (1 + 5) / 2
    ['max', 5],
    ['median', 3],
    ['aom', 4], // (max(1, 2, 3) + max(5, 4)) / 2
    ['moa', 4.5], // max(mean(1, 2, 3), mean(5, 4))
  ] as const)('%s: %d', (rule, wanted) => {
    expect(combinedScore(rule, scores, weights, bucketOf)).toBe(wanted)
  })
})

/** A detector whose score is what a function makes of the sample. */
function scripted(scoreOf: (value: number) => number): StreamDetector {
  let learned = 0
  const scoreOne = (sample: ArrayLike<number>): number => scoreOf(sample[0] ?? 0)
  return {
    id: 'scripted',
    columns: 1,
    acceptsMissing: false,
    get learned() {
      return learned
    },
    isReady: true,
    scoreOne,
    learnOne: () => {
      learned++
    },
    scoreThenLearn: (sample) => {
      learned++
      return scoreOne(sample)
    },
    toJSON: () => ({ id: 'scripted', format: 1 }),
  }
}

const usual: CombinedStreamParameters = { rule: 'mean', weights: 'equal', memory: 500, warmUp: 30 }

describe('combined stream detectors', () => {
  const { next } = randomStream(8)
  const values = Array.from({ length: 600 }, () => next() + next())

  it('do not care for the units of their members, nor for how long their tails are', () => {
    const make = (unit: number) =>
      new CombinedStreamDetector([scripted((v) => v), scripted((v) => unit * v * v)], Int32Array.of(0, 1), usual)
    const [one, other] = [make(1), make(1e6)]
    for (const value of values) expect(one.scoreThenLearn([value])).toBeCloseTo(other.scoreThenLearn([value]), 9)
    expect(one.scoreOne([1e6])).toBeLessThan(3 * one.scoreOne([1e2])) // by the logarithm
  })

  it('by agreement weigh a member down that goes its own way', () => {
    const noise = randomStream(9).next
    const members = [scripted((v) => v), scripted((v) => 2 * v + 1), scripted(() => noise())]
    const combined = new CombinedStreamDetector(members, Int32Array.of(0, 0, 1), { ...usual, weights: 'agreement' })
    for (const value of values) combined.learnOne([value])
    const [first = 0, second = 0, third = 0] = combined.weights
    expect(first + second + third).toBeCloseTo(1, 12)
    expect(third).toBeLessThan(0.25 * Math.min(first, second))
  })

  it('refuse a sample before any member has learned from it', () => {
    const member = scripted((v) => v)
    const combined = new CombinedStreamDetector([member], Int32Array.of(0), usual)
    expect(() => combined.learnOne([Number.NaN])).toThrow(/NaN/)
    expect(member.learned).toBe(0)
  })
})
