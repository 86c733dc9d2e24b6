import { expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { TimeDecayedSample } from './time-decayed-sample.ts'

function agesAfter(items: number, decay: number, seed: number): number[] {
  const random = randomStream(seed)
  const sample = new TimeDecayedSample(20, decay)
  for (let item = 0; item < items; item++) {
    const key = sample.draw(item, random)
    if (!Number.isNaN(key)) sample.put(key, item)
  }
  expect(sample.size).toBe(Math.min(items, 20))
  return Array.from({ length: sample.size }, (_, place) => items - 1 - sample.itemAt(place))
}

const meanAge = (decay: number): number => {
  const ages = Array.from({ length: 300 }, (_, seed) => agesAfter(1000, decay, seed)).flat()
  return ages.reduce((sum, age) => sum + age, 0) / ages.length
}

it('keeps all that came while there is room, and then as many as it holds', () => {
  expect(agesAfter(7, 0.1, 1).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(agesAfter(500, 0, 1)).toHaveLength(20)
})

it('is uniform without decay', () => {
  // the mean age of 6000 draws from 0..999 is 499.5, its sd 288.7 / sqrt(6000) = 3.7
  expect(Math.abs(meanAge(0) - 499.5)).toBeLessThan(15)
})

it('holds ages as the decay asks', () => {
  // Chance to be in at age a: 1 - exp(-c e^(-decay a)), with c such that the chances add up to 20. At decay 1/200 the sum
  // is 200 Ein(c) = 20 and c = 0.1026; so near 0 the chances fall as e^(-a/200): mean age about 200 (e^-5 of 1000 are cut off).
  const age = meanAge(1 / 200)
  expect(age).toBeGreaterThan(185)
  expect(age).toBeLessThan(212)
})

it('goes on from its state', () => {
  const random = randomStream(3)
  const sample = new TimeDecayedSample(20, 0.01)
  const take = (into: TimeDecayedSample, position: number, from = random): void => {
    const key = into.draw(position, from)
    if (!Number.isNaN(key)) into.put(key, position)
  }
  for (let item = 0; item < 100; item++) take(sample, item)
  const again = new TimeDecayedSample(20, 0.01, JSON.parse(JSON.stringify(sample)))
  const twin = randomStream(random.toJSON())
  for (let item = 100; item < 400; item++) {
    take(sample, item)
    take(again, item, twin)
  }
  expect(again.toJSON()).toEqual(sample.toJSON())
})
