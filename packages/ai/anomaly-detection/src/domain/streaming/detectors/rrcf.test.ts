import { expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { Rrcf, rrcfDefaults } from './rrcf.ts'

const small = { ...rrcfDefaults, trees: 10, windowSize: 50, outputAfter: 20 }

function values(count: number, seed: number): number[] {
  const random = randomStream(seed)
  return Array.from({ length: count }, () => Math.round(random.next() * 20)) // some come again
}

it('goes on with the same scores from its state', () => {
  const detector = new Rrcf(2, { ...small, shingleSize: 2 }, 5)
  const stream = values(600, 1)
  const sampleAt = (i: number): number[] => [stream[i] ?? 0, (stream[i] ?? 0) % 3]
  for (let i = 0; i < 300; i++) detector.learnOne(sampleAt(i))
  const again = Rrcf.fromJSON(JSON.parse(JSON.stringify(detector)))
  expect(again.toJSON()).toEqual(detector.toJSON())
  for (let i = 300; i < 600; i++) {
    const score = detector.scoreThenLearn(sampleAt(i))
    expect(again.scoreOne(sampleAt(i))).toBe(score)
    again.learnOne(sampleAt(i))
  }
  expect(JSON.stringify(again)).toBe(JSON.stringify(detector))
})

it('pushes many down with what lies apart, few with what does not', () => {
  const detector = new Rrcf(1, rrcfDefaults, 1)
  for (const value of values(1000, 2)) detector.learnOne([value])
  expect(detector.scoreOne([500])).toBeGreaterThan(100)
  expect(detector.scoreOne([10])).toBeLessThan(30)
})
