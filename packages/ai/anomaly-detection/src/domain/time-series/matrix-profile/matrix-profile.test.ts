import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../numeric/seeded-random.ts'
import { discordsOf } from './discords.ts'
import { LeftMatrixProfile } from './left-matrix-profile.ts'
import { matrixProfile } from './matrix-profile.ts'
import { multidimensionalProfile } from './multidimensional-profile.ts'
import { plainSweepOf, profileSweepFor } from './profile-sweep.ts'
import { windowStatisticsOf } from './window-statistics.ts'

const LENGTH = 5
const EXCLUSION = 2

/** From the definition, pair by pair. */
function slowDistance(values: ReadonlyArray<number>, i: number, j: number): number {
  const [a, b] = [values.slice(i, i + LENGTH), values.slice(j, j + LENGTH)]
  if (![...a, ...b].every(Number.isFinite)) return Number.NaN
  const isConstant = (window: ReadonlyArray<number>): boolean => window.every((value) => value === window[0])
  if (isConstant(a) || isConstant(b)) return isConstant(a) && isConstant(b) ? 0 : Math.sqrt(LENGTH)
  const normal = (window: ReadonlyArray<number>): ReadonlyArray<number> => {
    const mean = window.reduce((sum, value) => sum + value, 0) / LENGTH
    const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / LENGTH)
    return window.map((value) => (value - mean) / deviation)
  }
  const other = normal(b)
  return Math.sqrt(normal(a).reduce((sum, value, k) => sum + (value - (other[k] ?? 0)) ** 2, 0))
}

function slowNearest(values: ReadonlyArray<number>, i: number, isLeft: boolean): number {
  let best = Number.NaN
  for (let j = 0; j + LENGTH <= values.length; j++) {
    if (Math.abs(i - j) <= EXCLUSION || (isLeft && j > i)) continue
    const distance = slowDistance(values, i, j)
    if (!Number.isNaN(distance) && !(distance >= best)) best = distance
  }
  return best
}

// few values, so that constant stretches and doubles are common, and some that are missing
const series = fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(Number.NaN)), {
  minLength: 12,
  maxLength: 60,
})

describe('the matrix profile', () => {
  it('agrees with the definition on constant stretches, doubles and gaps', () => {
    fc.assert(
      fc.property(series, (values) => {
        const found = matrixProfile(Float64Array.from(values), LENGTH)
        for (let i = 0; i + LENGTH <= values.length; i++) {
          for (const isLeft of [false, true]) {
            const distance = (isLeft ? found.leftDistances : found.distances)[i] ?? 0
            const at = (isLeft ? found.leftNearest : found.nearest)[i] ?? -1
            const expected = slowNearest(values, i, isLeft)
            if (Number.isNaN(expected)) {
              expect([distance, at]).toEqual([Number.NaN, -1])
              continue
            }
            expect(distance).toBeCloseTo(expected, 6)
            expect(slowDistance(values, i, at)).toBeCloseTo(expected, 6)
            expect(Math.abs(i - at)).toBeGreaterThan(EXCLUSION)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is the same to the last bit without WebAssembly', () => {
    const random = seededRandom(3)
    let level = 0
    const statistics = windowStatisticsOf(
      Float64Array.from({ length: 1500 }, () => (level += random() - 0.5)),
      50,
    )
    const results = [profileSweepFor(statistics), plainSweepOf(statistics)].map((sweep) => {
      for (let lag = 14; lag < statistics.windows; lag += sweep.band) {
        for (let from = 0; from < statistics.windows - lag; from += 300) {
          sweep.start(from, lag)
          sweep.rows(from, Math.min(from + 300, statistics.windows - lag), lag)
        }
      }
      return Object.values(sweep.best).map((values: ArrayLike<number>) => Array.from(values))
    })
    expect(results[0]).toEqual(results[1])
  })

  it('does not mind scale and level, and keeps its digits beside a spike', () => {
    const random = seededRandom(5)
    const values = Float64Array.from({ length: 400 }, (_, t) => Math.sin(t / 7) + 0.1 * random())
    const moved = matrixProfile(
      values.map((value) => 1e5 + 1e-3 * value),
      30,
    )
    const plain = matrixProfile(values, 30)
    plain.distances.forEach((distance, at) => expect(moved.distances[at]).toBeCloseTo(distance, 3))
  })

  it('names both changed stretches as discords, which do not overlap', () => {
    const values = Float64Array.from({ length: 600 }, (_, t) => Math.sin((2 * Math.PI * t) / 40))
    for (const from of [200, 430]) for (let t = from; t < from + 10; t++) values[t] = -2 * (values[t] ?? 0) + t / 100
    const found = discordsOf(matrixProfile(values, 40), 4).map(({ at }) => at)

    for (const from of [200, 430]) expect(found.some((at) => at < from + 10 && at + 40 > from)).toBe(true)
    const sorted = found.toSorted((x, y) => x - y)
    sorted.slice(1).forEach((at, k) => expect(at - (sorted[k] ?? 0)).toBeGreaterThanOrEqual(40))
  })

  it('of several series is that of each where one is asked for, and never falls with their number', () => {
    const random = seededRandom(9)
    const all = [0, 1, 2].map(() => Float64Array.from({ length: 120 }, random))
    const { distances } = multidimensionalProfile(all, 10)
    const alone = all.map((values) => matrixProfile(values, 10).distances)
    for (let at = 0; at < 111; at++) {
      expect(distances[0]?.[at]).toBeCloseTo(Math.min(...alone.map((values) => values[at] ?? 0)), 8)
      expect(distances[1]?.[at]).toBeGreaterThanOrEqual(distances[0]?.[at] ?? 0)
      expect(distances[2]?.[at]).toBeGreaterThanOrEqual(distances[1]?.[at] ?? 0)
    }
  })

  it.each([
    [10, 4, 'series-too-short'],
    [100, 2, 'invalid-parameters'],
  ])('refuses %i points with windows of %i', (points, length, code) => {
    const refused = (): unknown => matrixProfile(new Float64Array(points), length === 4 ? 9 : length)
    expect(refused).toThrow(expect.objectContaining({ code: `anomaly-detection/${code}` }))
  })
})

describe('the left matrix profile of a stream', () => {
  const parameters = { length: 8, history: 64, warmUp: 20 }
  const random = seededRandom(11)
  const values = Array.from({ length: 500 }, (_, t) =>
    t % 97 === 0 ? Number.NaN : t % 60 < 12 ? 1 : Math.sin(t / 5) + 0.1 * random(),
  )

  it('is that of the history it keeps', () => {
    const stream = new LeftMatrixProfile(parameters)
    values.forEach((value, t) => {
      const score = stream.scoreThenLearn([value])
      if (t < 100 || t % 7 !== 0) return
      const kept = Float64Array.from(values.slice(t + 1 - parameters.history, t + 1))
      const expected = matrixProfile(kept, 8).leftDistances.at(-1) ?? 0
      expect(score).toBeCloseTo(Number.isNaN(expected) ? 0 : expected, 6)
    })
  })

  it('scores without a trace, the same one by one, and goes on from its state to the last bit', () => {
    let one = new LeftMatrixProfile(parameters)
    const other = new LeftMatrixProfile(parameters)
    values.forEach((value, t) => {
      const before = t % 50 === 0 ? JSON.stringify(one) : ''
      const score = one.scoreOne([value])
      if (before !== '') expect(JSON.stringify(one)).toBe(before)
      one.learnOne([value])
      expect(other.scoreThenLearn([value])).toBe(score)
      if (t % 113 === 0) one = LeftMatrixProfile.fromJSON(JSON.parse(JSON.stringify(one)))
    })
    expect(JSON.stringify(one)).toBe(JSON.stringify(other))
  })

  it('of several columns is the highest of each', () => {
    const both = new LeftMatrixProfile(parameters, 2)
    const alone = [0, 1].map(() => new LeftMatrixProfile(parameters))
    for (let t = 0; t < 200; t++) {
      const sample = [values[t] ?? 0, Math.cos(t / 3) + random()]
      const scores = sample.map((value, column) => alone[column]?.scoreThenLearn([value]) ?? 0)
      expect(both.scoreThenLearn(sample)).toBe(Math.max(...scores))
    }
  })

  it('shows what would have been normal', () => {
    const stream = new LeftMatrixProfile({ length: 20, history: 400, warmUp: 0 })
    for (let t = 0; t < 300; t++) stream.learnOne([Math.sin((2 * Math.PI * t) / 20)])
    const shape = stream.explainOne([5])

    expect(shape?.ago).toBeGreaterThan(5)
    expect(shape?.shape.at(-1)).toBe(5)
    expect(shape?.distance).toBeCloseTo(stream.scoreOne([5]), 12)
    expect(shape?.nearest.at(-1)).toBeLessThan(2)
  })

  it('refuses what is no sample and what is no state, and stays as it is', () => {
    const stream = new LeftMatrixProfile(parameters)
    values.slice(0, 50).forEach((value) => stream.learnOne([value]))
    const before = JSON.stringify(stream)
    for (const sample of [[], [1, 2], [Infinity]]) expect(() => stream.learnOne(sample)).toThrow()
    expect(JSON.stringify(stream)).toBe(before)
    const state = JSON.parse(before) as Record<string, unknown>
    const [history] = state['histories'] as ReadonlyArray<object>
    const wrongs = [
      {},
      { ...state, id: 'ewma' },
      { ...state, histories: [] },
      { ...state, histories: [{ ...history, values: [1] }] },
      { ...state, histories: [{ ...history, products: 'x' }] },
    ]
    for (const wrong of wrongs) {
      expect(() => LeftMatrixProfile.fromJSON(wrong)).toThrow(
        expect.objectContaining({ code: 'anomaly-detection/invalid-stream-state' }),
      )
    }
  })
})
