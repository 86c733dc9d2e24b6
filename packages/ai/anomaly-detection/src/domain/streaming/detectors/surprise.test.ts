import { expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { Surprise, surpriseDefaults, type SurpriseParameters } from './surprise.ts'

const MINUTE_MS = 60_000
const small: SurpriseParameters = { ...surpriseDefaults, trees: 15, sampleSize: 64, warmUp: 60, dayParts: 6, quiet: 20 }

/** Ten-minute samples of a day's rhythm with noise. */
function rhythm(count: number, seed: number): { readonly value: number; readonly time: number }[] {
  const random = randomStream(seed)
  return Array.from({ length: count }, (_, i) => {
    const time = i * 10 * MINUTE_MS
    return { time, value: 50 + 20 * Math.sin((2 * Math.PI * i) / 144) + 4 * (random.next() - 0.5) }
  })
}

it.each(['alarm', 'level'] as const)('goes on with the same scores from its state: %s', (score) => {
  const detector = new Surprise(1, { ...small, score }, 3)
  const stream = rhythm(600, 1)
  for (const { value, time } of stream.slice(0, 333)) detector.learnOne([value], time)
  const again = Surprise.fromJSON(JSON.parse(JSON.stringify(detector)))
  expect(again.toJSON()).toEqual(detector.toJSON())
  for (const { value, time } of stream.slice(333)) {
    const before = JSON.stringify(again)
    const next = detector.scoreThenLearn([value], time)
    expect(again.scoreOne([value], time)).toBe(next)
    expect(JSON.stringify(again)).toBe(before)
    again.learnOne([value], time)
  }
  expect(JSON.stringify(again)).toBe(JSON.stringify(detector))
})

it('speaks once when something begins, and is quiet about what is usual', () => {
  const detector = new Surprise(1, surpriseDefaults, 1)
  const scores = rhythm(2000, 2).map(({ value, time }, i) =>
    detector.scoreThenLearn([i < 1900 ? value : value + 60], time),
  )
  expect(Math.max(...scores.slice(0, 1900))).toBeLessThan(surpriseDefaults.alarmLevel)
  expect(scores[1900]).toBe(1) // beyond the range
  expect(Math.max(...scores.slice(1901))).toBeLessThan(surpriseDefaults.alarmLevel)
})

it('sees the usual at an unusual time of day, given the time', () => {
  const stream = rhythm(3000, 3)
  const flat = stream.map((sample, i) => (i >= 2912 && i < 2950 ? { ...sample, value: 50 } : sample)) // the day's high
  const scoresOf = (timed: boolean): number[] => {
    const detector = new Surprise(1, surpriseDefaults, 1)
    return flat.map(({ value, time }) => detector.scoreThenLearn([value], timed ? time : Number.NaN))
  }
  expect(Math.max(...scoresOf(true).slice(2912, 2950))).toBeGreaterThan(surpriseDefaults.alarmLevel)
  expect(Math.max(...scoresOf(false).slice(2912, 2950))).toBeLessThan(surpriseDefaults.alarmLevel)
})

it('expects what is usual at the time of day', () => {
  const detector = new Surprise(1, surpriseDefaults, 1)
  for (const { value, time } of rhythm(1000, 4)) detector.learnOne([value], time)
  const sixInTheMorning = 20 * 144 * 10 * MINUTE_MS + 6 * 60 * MINUTE_MS
  const [expected = 0] = detector.expectOne([50], sixInTheMorning)
  expect(Math.abs(expected - 70)).toBeLessThan(3)
})

it('has a level that lasts as long as the anomaly does', () => {
  const detector = new Surprise(1, { ...small, score: 'level', levelWindow: 10 }, 1)
  const scores = rhythm(1000, 5).map(({ value, time }, i) =>
    detector.scoreThenLearn([i >= 900 && i < 930 ? 120 : value], time),
  )
  const before = Math.max(...scores.slice(500, 900))
  for (const score of scores.slice(905, 930)) expect(score).toBeGreaterThan(before)
})
