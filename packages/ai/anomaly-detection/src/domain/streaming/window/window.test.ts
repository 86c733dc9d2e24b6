import { describe, expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { standardNormal } from '../../numeric/standard-normal.ts'
import { changeInMean } from './change-in-mean.ts'
import { movedFeatures } from './moved-features.ts'
import { SampleWindow } from './sample-window.ts'
import { UnitScale } from './unit-scale.ts'

function normals(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, standardNormal(randomStream(seed).next))
}

describe('changeInMean', () => {
  it('is found by hand: 0 0 0 4 4 4', () => {
    // S_3 = -6, 36 / 9 is the largest ratio; nothing varies within the parts
    expect(changeInMean([0, 0, 0, 4, 4, 4], 1)).toEqual({ at: 3, pValue: 0 })
    expect(changeInMean([0, 0, Number.NaN, 0, 4, 4, 4], 1)?.at).toBe(4)
  })

  it('is none among numbers that are too few or all alike', () => {
    expect(changeInMean([1, 2, 3], 2)).toBeUndefined()
    expect(changeInMean([5, 5, 5, 5], 1)).toBeUndefined()
  })

  it('is significant at 5 % in at most 5 % of the runs without one, and in those with one at its place', () => {
    let [wrong, right] = [0, 0]
    for (let seed = 0; seed < 300; seed++) {
      const values = normals(200, seed)
      if ((changeInMean(values, 5)?.pValue ?? 1) < 0.05) wrong++
      const changed = changeInMean(
        values.map((value, i) => value + (i < 120 ? 0 : 1.5)),
        5,
      )
      if (changed !== undefined && changed.pValue < 0.001 && Math.abs(changed.at - 120) <= 8) right++
    }
    expect(wrong).toBeLessThanOrEqual(15)
    expect(right).toBeGreaterThan(280)
  })
})

describe('a window', () => {
  it('keeps the newest, and goes on from its state', () => {
    const window = new SampleWindow(3, 2)
    for (let i = 0; i < 5; i++) window.push([i, i === 3 ? Number.NaN : -i], 10 + i)
    const again = SampleWindow.fromJSON(JSON.parse(JSON.stringify(window)))
    for (const one of [window, again]) {
      one.push([5, -5], 15)
      expect([0, 1, 2].map((i) => [...one.sample(i), one.place(i)])).toEqual([
        [3, Number.NaN, 13],
        [4, -4, 14],
        [5, -5, 15],
      ])
      one.keepNewest(1)
      expect([one.size, one.place(0)]).toEqual([1, 15])
    }
  })

  it('tells which features moved, in mean or in spread', () => {
    const window = new SampleWindow(400, 3)
    const [a, b, c] = [normals(400, 1), normals(400, 2), normals(400, 3)]
    for (let i = 0; i < 400; i++) {
      const late = i >= 250
      window.push([a[i] ?? 0, (b[i] ?? 0) + (late ? 3 : 0), (c[i] ?? 0) * (late ? 5 : 1)], i)
    }
    const moved = movedFeatures(window, 3, false)
    const what = moved.toSorted((one, other) => one.column - other.column).map((one) => [one.column, one.moved])
    expect(what).toEqual([
      [1, 'mean'],
      [2, 'spread'],
    ])
    for (const { at } of moved) expect(Math.abs(at - 250)).toBeLessThan(10)
    const spread = moved.find(({ column }) => column === 2)
    expect((spread?.to.sd ?? 0) / (spread?.from.sd ?? 1)).toBeGreaterThan(3)
  })
})

describe('a unit scale', () => {
  it.each([
    ['noise', normals(50, 4)],
    ['tiny numbers', normals(50, 5).map((value) => value * 1e-12)],
    ['numbers that are all alike', new Float64Array(50).fill(7)],
    ['zeros', new Float64Array(50)],
    ['mostly one number', Float64Array.from({ length: 50 }, (_, i) => (i === 9 ? 100 : 1))],
  ])('brings %s, and what is far from it, to [0, 1]', (_, values) => {
    const scale = new UnitScale(50)
    for (const value of values) scale.learn(value)
    expect(scale.isSet).toBe(true)
    const again = UnitScale.fromJSON(JSON.parse(JSON.stringify(scale)))
    for (const value of [...values, 1e300, -1e300, Number.MAX_VALUE]) {
      expect(scale.scaled(value)).toBeGreaterThanOrEqual(0)
      expect(scale.scaled(value)).toBeLessThanOrEqual(1)
      expect(again.scaled(value)).toBe(scale.scaled(value))
    }
    expect(scale.scaled(1e300)).toBe(1)
  })
})
