import { describe, expect, it } from 'vitest'

import { sampleWithoutReplacement } from './sample.ts'
import { seededRandom } from './seeded-random.ts'

describe('seededRandom', () => {
  it('repeats itself for a seed, and differs between seeds, also beyond 32 bits', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed))
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    expect(draw(1)).not.toEqual(draw(1 + 2 ** 40))
  })

  it('is uniform on [0, 1)', () => {
    const random = seededRandom(7)
    const bins = new Uint32Array(10)
    let sum = 0
    for (let i = 0; i < 100_000; i++) {
      const value = random()
      sum += value
      bins[Math.floor(value * 10)] = (bins[Math.floor(value * 10)] ?? 0) + 1
    }
    expect(sum / 100_000).toBeCloseTo(0.5, 2)
    // 10,000 expected a bin with a standard deviation of 95: five of them is one chance in some 200,000
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(475)
  })
})

describe('sampleWithoutReplacement', () => {
  it('draws distinct numbers in range, all of them when asked', () => {
    const random = seededRandom(3)
    expect([...sampleWithoutReplacement(5, 5, random)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4])
    for (let i = 0; i < 100; i++) {
      const chosen = sampleWithoutReplacement(20, 7, random)
      expect(new Set(chosen).size).toBe(7)
      expect(chosen.every((pick) => pick >= 0 && pick < 20)).toBe(true)
    }
  })

  it('takes every number equally often', () => {
    const random = seededRandom(11)
    const counts = new Uint32Array(10)
    for (let i = 0; i < 10_000; i++)
      for (const pick of sampleWithoutReplacement(10, 3, random)) counts[pick] = (counts[pick] ?? 0) + 1
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(230) // 5 standard deviations of 46
  })
})
