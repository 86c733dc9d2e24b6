import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { standardNormal } from '../numeric/standard-normal.ts'
import { autocorrelation } from './autocorrelation.ts'
import { calendarCycle } from './calendar-cycle.ts'
import { fillMissing } from './fill-missing.ts'
import { fourierTransform, inverseFourierTransform } from './fourier-transform.ts'
import { generalisedEsd } from './generalised-esd.ts'
import { HoltWinters } from './holt-winters.ts'
import { nearestShape } from './nearest-shape.ts'
import { nearestWindows } from './nearest-windows.ts'
import { findPeriod } from './period.ts'
import { regularGrid } from './regular-grid.ts'
import { seasonalBaseline } from './seasonal-baseline.ts'
import { stl } from './stl.ts'
import { epochUnitOf, parseIsoTime, parseTimes } from './timestamp.ts'

const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 })

describe('the Fourier transform', () => {
  it('is the definition for any length, and is undone', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const n = values.length
        const series = { real: Float64Array.from(values), imaginary: new Float64Array(n) }
        const found = fourierTransform(series)
        for (let k = 0; k < n; k++) {
          let [re, im] = [0, 0]
          values.forEach((value, t) => {
            re += value * Math.cos((2 * Math.PI * k * t) / n)
            im -= value * Math.sin((2 * Math.PI * k * t) / n)
          })
          expect(found.real[k]).toBeCloseTo(re, 8)
          expect(found.imaginary[k]).toBeCloseTo(im, 8)
        }
        inverseFourierTransform(found).real.forEach((value, t) => expect(value).toBeCloseTo(values[t] ?? 0, 9))
      }),
      { numRuns: 40 },
    )
  })
})

describe('autocorrelation and periods', () => {
  it('of a constant series is 0, of any other at most 1', () => {
    expect(Array.from(autocorrelation(new Float64Array(9).fill(0.1), 4))).toEqual([1, 0, 0, 0, 0])
    fc.assert(
      fc.property(numbers, (values) => {
        for (const one of autocorrelation(Float64Array.from(values), 50))
          expect(Math.abs(one)).toBeLessThanOrEqual(1 + 1e-9)
      }),
    )
  })

  it.each([7, 24, 100, 333])('finds a cycle of %i points under noise and a trend', (period) => {
    const normal = standardNormal(seededRandom(period))
    const shape = Float64Array.from({ length: period }, normal)
    const smooth = shape.map(
      (_, k) => (shape[k] ?? 0) + (shape[(k + 1) % period] ?? 0) + (shape[(k + 2) % period] ?? 0),
    )
    const values = Float64Array.from(
      { length: period * 8 },
      (_, t) => (smooth[t % period] ?? 0) + 0.3 * normal() + t / 50,
    )
    const found = findPeriod(values)

    expect(found?.length).toBe(period)
    expect(found?.strength).toBeGreaterThan(0.5)
  })

  it('finds a cycle beside a spike that outweighs it', () => {
    const values = Float64Array.from({ length: 960 }, (_, t) => Math.sin((2 * Math.PI * t) / 48))
    values[500] = 1e4
    expect(findPeriod(values)?.length).toBe(48)
  })

  it('finds none in noise, in a random walk, in a line', () => {
    for (let seed = 0; seed < 20; seed++) {
      const normal = standardNormal(seededRandom(seed))
      expect(findPeriod(Float64Array.from({ length: 500 }, normal)), `noise ${seed}`).toBeUndefined()
    }
    expect(findPeriod(Float64Array.from({ length: 500 }, (_, t) => 3 * t))).toBeUndefined()
    expect(findPeriod(new Float64Array(500))).toBeUndefined()
  })

  it('knows days and weeks', () => {
    expect(calendarCycle({ length: 2010 }, 300_000)).toEqual({ name: 'a week', length: 2016 })
    expect(calendarCycle({ length: 24 }, 3_600_000)).toEqual({ name: 'a day', length: 24 })
    expect(calendarCycle({ length: 30 }, 3_600_000)).toBeUndefined()
  })
})

describe('what is expected of a series', () => {
  const normal = standardNormal(seededRandom(6))
  const values = Float64Array.from(
    { length: 24 * 20 },
    (_, t) => 10 * Math.sin((2 * Math.PI * t) / 24) + t / 40 + 0.2 * normal(),
  )
  values[200] = 60
  const truth = (t: number): number => 10 * Math.sin((2 * Math.PI * t) / 24) + t / 40

  it('by medians is not moved by an outlier', () => {
    const { expected, spreads, season } = seasonalBaseline(values, { period: 24 })
    for (let t = 24; t < values.length - 24; t++) expect(Math.abs((expected[t] ?? 0) - truth(t))).toBeLessThan(0.6)
    spreads.forEach((spread) => expect(spread).toBeLessThan(0.5))
    expect(season.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0, 9)
  })

  it('by robust STL sums to the series, and gives the outlier no weight', () => {
    const { trend, seasonal, residual, weights } = stl(values, { period: 24, robust: true })
    for (let t = 0; t < values.length; t++) {
      expect((trend[t] ?? 0) + (seasonal[t] ?? 0) + (residual[t] ?? 0)).toBeCloseTo(values[t] ?? 0, 9)
    }
    expect(weights[200]).toBe(0)
    expect(Math.abs((trend[200] ?? 0) + (seasonal[200] ?? 0) - truth(200))).toBeLessThan(1)
  })

  it('by STL with jumps is near that without', () => {
    const [exact, quick] = [stl(values, { period: 24 }), stl(values, { period: 24, jump: 3 })]
    for (let t = 0; t < values.length; t++)
      expect(Math.abs((exact.trend[t] ?? 0) - (quick.trend[t] ?? 0))).toBeLessThan(0.6)
  })

  it('by Holt-Winters goes past points that are missing', () => {
    const smoothing = new HoltWinters(
      'additive',
      { alpha: 0.3, beta: 0.1, gamma: 0 },
      { level: 0, trend: 1, season: [0] },
    )
    for (const point of [1, 2, Number.NaN, 4]) smoothing.learn(point)
    expect(smoothing.forecast()).toEqual({
      value: expect.closeTo(5, 12) as number,
      spread: expect.closeTo(0, 6) as number,
    })
    expect(() => smoothing.learn(Infinity)).toThrow(/Infinity/)
  })

  it('refuses less than two cycles', () => {
    expect(() => stl(values.subarray(0, 40), { period: 24 })).toThrow(/two cycles/)
    expect(() => stl(values, { period: 24, seasonal: 8 })).toThrow(/odd/)
  })
})

describe('generalised ESD', () => {
  it('takes off the farthest, and says which are outliers', () => {
    const values = Float64Array.from({ length: 60 }, (_, t) => Math.sin(t * 7.1))
    values[10] = 9
    values[40] = -9
    const { outliers, centre } = generalisedEsd(values, { maxOutliers: 6, alpha: 0.05, hybrid: true })

    expect(Array.from(outliers).sort((a, b) => a - b)).toEqual([10, 40])
    expect(Math.abs(centre)).toBeLessThan(0.3)
  })
})

describe('nearest windows', () => {
  it('are those of the definition', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 8, maxLength: 30 }), (list) => {
        const values = Float64Array.from(list)
        const { distances, nearest } = nearestWindows(values, 4, 2, 1)
        for (let i = 0; i + 4 <= list.length; i++) {
          const all: number[] = []
          for (let j = 0; j + 4 <= list.length; j++) {
            if (Math.abs(i - j) > 1)
              all.push(Math.hypot(...[0, 1, 2, 3].map((k) => (list[i + k] ?? 0) - (list[j + k] ?? 0))))
          }
          all.sort((a, b) => a - b)
          expect(distances[i]).toBeCloseTo(all[Math.min(1, all.length - 1)] ?? 0, 6)
          const at = nearest[i] ?? -1
          if (all.length > 0) {
            const own = Math.hypot(...[0, 1, 2, 3].map((k) => (list[i + k] ?? 0) - (list[at + k] ?? 0)))
            expect(own).toBeCloseTo(all[0] ?? 0, 6)
          }
        }
      }),
      { numRuns: 50 },
    )
  })

  it('explain: the stretch beside the one that it should have been', () => {
    const values = Float64Array.from({ length: 200 }, (_, t) => Math.sin((2 * Math.PI * t) / 20))
    values[105] = 4
    const { nearest } = nearestWindows(values, 20, 1, 5)
    const shape = nearestShape(values, { scores: new Float64Array(200), window: 20, nearest }, 105)

    expect(shape?.at).toBe(95)
    expect((shape?.nearestAt ?? 0) % 20).toBe(15)
    const worst = shape?.difference.findIndex((one) => one === Math.max(...(shape?.difference ?? [])))
    expect(worst).toBe(10)
    expect(nearestShape(values, { scores: new Float64Array(200) }, 105)).toBeUndefined()
  })
})

describe('a regular grid', () => {
  const minute = 60_000
  const times = Float64Array.of(0, 1, 2, 2, 5, 6).map((one) => one * minute)
  const values = Float64Array.of(10, 11, 12, 14, 20, Number.NaN)

  it('merges what shares a point, and fills gaps by a line', () => {
    const grid = regularGrid(times, values)
    expect(grid.stepMs).toBe(minute)
    expect(Array.from(grid.values)).toEqual([10, 11, 13, 13 + 7 / 3, 13 + 14 / 3, 20, 20])
    expect(Array.from(grid.pointOf)).toEqual([0, 1, 2, 2, 5, 6])
    expect([grid.merged, grid.empty, grid.gaps]).toEqual([1, 3, 2])
  })

  it('repeats the value before, or leaves gaps, by policy', () => {
    expect(Array.from(regularGrid(times, values, { gaps: 'previous' }).values).slice(2)).toEqual([13, 13, 13, 20, 20])
    expect(Array.from(regularGrid(times, values, { gaps: 'missing', aggregate: 'max' }).values).slice(2, 5)).toEqual([
      14,
      Number.NaN,
      Number.NaN,
    ])
    expect(regularGrid(times, values, { longestGap: 1 }).values[3]).toBeNaN()
  })

  it('refuses disorder, and a step that makes too many points', () => {
    expect(() => regularGrid(Float64Array.of(2, 1), Float64Array.of(1, 1))).toThrow(/before the one ahead/)
    expect(() => regularGrid(times, values, { stepMs: 1e-6 })).toThrow(/points/)
    expect(() => regularGrid(times, values, { stepMs: 0 })).toThrow(/above 0/)
  })
})

describe('times', () => {
  it.each([
    ['2026-11-20T08:30:00Z', '2026-11-20T08:30:00.000Z'],
    ['2026-11-20 08:30', '2026-11-20T08:30:00.000Z'],
    ['2026/11/20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T08:30:00.125+02:00', '2026-11-20T06:30:00.125Z'],
    ['2026-11-20 08:30:00-0530', '2026-11-20T14:00:00.000Z'],
  ])('reads %s', (text, iso) => {
    expect(new Date(parseIsoTime(text)).toISOString()).toBe(iso)
  })

  it.each(['yesterday', '2026-02-30', '2026-13-01', '20.11.2026', ''])('does not take %j for one', (text) => {
    expect(parseIsoTime(text)).toBeNaN()
  })

  it('tells seconds, milli-, micro- and nanoseconds apart', () => {
    const now = Date.UTC(2026, 10, 20)
    const all = [now / 1000, now, now * 1e3, now * 1e6]
    expect(all.map(epochUnitOf)).toEqual(['s', 'ms', 'us', 'ns'])
    for (const one of all) expect(parseTimes(Float64Array.of(one))[0]).toBe(now)
    expect(parseTimes([String(now), null, ' '])).toEqual(Float64Array.of(now, Number.NaN, Number.NaN))
  })

  it('names the row of what is none', () => {
    expect(() => parseTimes(['2026-11-20', 'soon'])).toThrow(
      expect.objectContaining({ code: 'anomaly-detection/invalid-timestamp', details: { row: 1 } }),
    )
  })
})

it('missing points are filled by lines, at the ends by the nearest', () => {
  const gap = Number.NaN
  expect(Array.from(fillMissing(Float64Array.of(gap, 1, gap, gap, 4, gap)))).toEqual([1, 1, 2, 3, 4, 4])
  expect(() => fillMissing(Float64Array.of(gap, gap))).toThrow(/every point/)
})
