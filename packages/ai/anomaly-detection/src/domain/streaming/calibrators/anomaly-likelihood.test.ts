import { expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { AnomalyLikelihood, anomalyLikelihoodDefaults } from './anomaly-likelihood.ts'
import { BlockMoments } from './block-moments.ts'

const scoresOf = (count: number, seed: number): number[] => {
  const random = randomStream(seed)
  return Array.from({ length: count }, () => random.next() + random.next())
}

it('says how improbable a score is: worked by hand', () => {
  const parameters = { ...anomalyLikelihoodDefaults, shortWindow: 1, settling: 0, warmUp: 4, firstOfRun: false }
  const calibrator = new AnomalyLikelihood(parameters)
  for (const score of [1, 3, 1]) expect(calibrator.calibrateThenLearn(score)).toBe(0)
  calibrator.learnOne(3) // mean 2, sd 1
  // Q(0) = 1/2, Q(2) = 0.02275013194817921, Q(10) = 8e-24
  expect(calibrator.calibrateOne(2)).toBeCloseTo(Math.log(0.5) / Math.log(1e-10), 9)
  expect(calibrator.calibrateOne(4)).toBeCloseTo(Math.log(0.02275013194817921) / Math.log(1e-10), 8)
  expect(calibrator.calibrateOne(12)).toBeCloseTo(1, 9)
  expect(calibrator.calibrateOne(-10)).toBeCloseTo(0, 9)
})

it('speaks at full strength once in a run', () => {
  const calibrator = new AnomalyLikelihood({ ...anomalyLikelihoodDefaults, shortWindow: 2 })
  for (const score of scoresOf(1000, 1)) calibrator.learnOne(score)
  const run = [9, 9, 9, 9].map((score) => calibrator.calibrateThenLearn(score))
  expect(run[0]).toBeGreaterThan(0.9)
  for (const later of run.slice(1)) expect(later).toBeCloseTo(0.3, 6)
})

it('goes on from its state with the same answers, and leaves it alone to answer', () => {
  const calibrator = new AnomalyLikelihood({ ...anomalyLikelihoodDefaults, longWindow: 300, refitEvery: 50 })
  const scores = scoresOf(2000, 2)
  for (const score of scores.slice(0, 777)) calibrator.learnOne(score)
  const again = AnomalyLikelihood.fromJSON(JSON.parse(JSON.stringify(calibrator)))
  for (const score of scores.slice(777)) {
    const state = JSON.stringify(again)
    const answer = again.calibrateOne(score)
    expect(JSON.stringify(again)).toBe(state)
    again.learnOne(score)
    expect(calibrator.calibrateThenLearn(score)).toBe(answer)
  }
  expect(again.toJSON()).toEqual(calibrator.toJSON())
})

it('judges by the last blocks alone', () => {
  const numbers = scoresOf(1234, 3)
  const moments = new BlockMoments(100, 5)
  for (const number of numbers) moments.add(number)
  const kept = numbers.slice(700) // five whole blocks and the open one
  const mean = kept.reduce((sum, number) => sum + number, 0) / kept.length
  const variance = kept.reduce((sum, number) => sum + (number - mean) ** 2, 0) / kept.length
  expect(moments.moments().mean).toBeCloseTo(mean, 12)
  expect(moments.moments().variance).toBeCloseTo(variance, 12)
})
