import { describe, expect, it } from 'vitest'

import { randomStream } from '../../domain/numeric/random-stream.ts'
import { detectorIds } from '../catalogue/catalogue.ts'
import { streamDetectors } from './catalogue/stream-catalogue.ts'

const context = { columns: 2, seed: 1 }

function cloud(n: number, place: number, seed = 1): ReadonlyArray<Float64Array> {
  const { next } = randomStream(seed)
  return Array.from({ length: n }, () => Float64Array.of(place + next() + next() - 1, place + next() + next() - 1))
}

const windowed = (parameters: Readonly<Record<string, unknown>>) =>
  streamDetectors.create('windowed', parameters, context)

describe('a detector of tables over a window', () => {
  it.each(detectorIds)('%s: scores a far sample above usual ones, and goes on from its state', (id) => {
    const univariate = ['grubbs', 'gesd', 'dixon'].includes(id)
    const detector = windowed({ detector: id, size: univariate ? 25 : 64, refitEvery: 30, fewest: 20 })
    for (const sample of cloud(70, 0)) detector.learnOne(sample)
    const far = detector.scoreOne([30, 30])
    const usual = cloud(40, 0, 2).map((sample) => detector.scoreOne(sample))
    expect(usual.filter((score) => score <= far).length).toBeGreaterThan(35)
    const resumed = streamDetectors.restore(JSON.parse(JSON.stringify(detector)))
    for (const sample of cloud(40, 0, 3)) expect(resumed.scoreThenLearn(sample)).toBe(detector.scoreThenLearn(sample))
  })

  it('sliding: is fitted when the window is full, and every so many samples then', () => {
    const detector = windowed({ detector: 'knn', size: 40, refitEvery: 10 })
    for (const sample of cloud(39, 0)) detector.learnOne(sample)
    expect(detector.isReady).toBe(false)
    detector.learnOne([0, 0])
    expect(detector.isReady).toBe(true)
    const models = cloud(30, 5).map((sample) => {
      detector.learnOne(sample)
      return detector.scoreOne([5, 5])
    })
    // samples of the new place: fitted at 10, 20 and 30 of them
    expect(models.map((score, i) => (i > 0 && score !== models[i - 1] ? i + 1 : 0)).filter((i) => i > 0)).toEqual([
      10, 20, 30,
    ])
  })

  it('tumbling: is a model of the last whole window alone', () => {
    const detector = windowed({ detector: 'knn', window: 'tumbling', size: 40 })
    for (const sample of [...cloud(40, 0), ...cloud(39, 9)]) detector.learnOne(sample)
    expect(detector.scoreOne([0, 0])).toBeLessThan(1)
    detector.learnOne([9, 9])
    expect(detector.scoreOne([0, 0])).toBeGreaterThan(5)
    expect(detector.scoreOne([9, 9])).toBeLessThan(1)
  })

  it('session: is a model of the last run of samples without a gap; too short ones are left out', () => {
    const detector = windowed({ detector: 'knn', window: 'session', gapMs: 1000, fewest: 20 })
    let time = 0
    const learn = (samples: ReadonlyArray<Float64Array>): void => {
      for (const sample of samples) detector.learnOne(sample, (time += 100))
      time += 5000
    }
    learn(cloud(30, 0))
    expect(detector.isReady).toBe(false)
    learn(cloud(5, 50))
    expect(detector.scoreOne([0, 0])).toBeLessThan(1)
    learn(cloud(30, 9))
    expect(detector.scoreOne([9, 9])).toBeGreaterThan(5) // five samples at 50 were no session
    const resumed = streamDetectors.restore(JSON.parse(JSON.stringify(detector)))
    for (const one of [detector, resumed]) {
      one.learnOne([0, 0], time)
      expect(one.scoreOne([9, 9])).toBeLessThan(1)
      expect(one.scoreOne([0, 0])).toBeGreaterThan(5)
    }
  })

  it('on drift: the model stays until the scores change, then it is one of what came since', () => {
    const detector = windowed({ detector: 'knn', drift: 'adwin', size: 100, fewest: 25 })
    for (const sample of cloud(100, 0)) detector.learnOne(sample)
    const before = detector.scoreOne([3, 3])
    for (const sample of cloud(400, 0, 2)) detector.learnOne(sample)
    expect(detector.scoreOne([3, 3])).toBe(before)
    for (const sample of cloud(400, 9)) detector.learnOne(sample)
    expect(detector.scoreOne([9, 9])).toBeLessThan(1)
    expect(detector.scoreOne([0, 0])).toBeGreaterThan(5)
  })

  it('refuses what does not fit together', () => {
    expect(() => windowed({ size: 10, fewest: 20 })).toThrow(/fewest/)
    expect(() => windowed({ detector: 'nobody' })).toThrow(/there is no detector 'nobody'/)
    expect(() => windowed({ drift: 'nobody' })).toThrow(/there is no drift detector 'nobody'/)
    const detector = windowed({ detector: { id: 'knn', parameters: { nNeighbors: 50 } }, size: 10, fewest: 5 })
    expect(() => cloud(10, 0).forEach((sample) => detector.learnOne(sample))).toThrow(/nNeighbors/)
  })
})
