import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { hasReferenceData, referenceNote } from '@nomaly/tool-laws'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { volumeUnderSurface } from '../../domain/metrics/series/volume-under-surface.ts'
import { vusBufferOf } from '../../domain/metrics/series/vus-buffer.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { detectTimeSeries } from './detect-time-series.ts'
import { evenlySpaced } from './evenly-spaced.ts'
import { configureTimeSeriesDetector, describeTimeSeriesDetectors } from './time-series-catalogue.ts'

const all = describeTimeSeriesDetectors()
const ids = all.map(({ id }) => id)

function daily(days: number, seed = 1): Float64Array {
  const normal = standardNormal(seededRandom(seed))
  return Float64Array.from({ length: days * 48 }, (_, t) => 20 + 5 * Math.sin((2 * Math.PI * t) / 48) + 0.5 * normal())
}

const extremes = fc.constantFrom(1e300, -1e300, Number.MAX_VALUE, 1e-310, Number.MIN_VALUE, -0)

describe.each(ids)('%s', (id) => {
  const flags = ['seasonal-baseline', 'stl', 'holt-winters', 'seasonal-esd'].includes(id) ? { period: 12 } : {}

  it('gives one finite score a point, leaves the series alone, and says the same again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 2 }), extremes), {
          minLength: 30,
          maxLength: 120,
        }),
        (list) => {
          const values = Float64Array.from(list)
          const detector = configureTimeSeriesDetector(id, id === 'matrix-profile' ? { window: 6 } : flags)
          const { scores, expected, lower, upper } = detector.detect(values, { seed: 3 })

          expect(scores).toHaveLength(list.length)
          for (const part of [scores, expected, lower, upper]) {
            if (part !== undefined) expect(Array.from(part).every(Number.isFinite)).toBe(true)
          }
          expect(Array.from(values)).toEqual(list)
          expect(detector.detect(values, { seed: 3 }).scores).toEqual(scores)
        },
      ),
      { numRuns: 20 },
    )
  })

  it('ranks what is out of place first', () => {
    const values = daily(16)
    for (let t = 402; t < 426; t++) values[t] = (values[t] ?? 0) + 12
    const { scores } = detectTimeSeries(values, { detector: id })
    const best = scores.indexOf(Math.max(...scores))

    expect(best).toBeGreaterThan(360)
    expect(best).toBeLessThan(470)
  })

  it('takes a constant series for normal throughout', () => {
    const { anomalies } = detectTimeSeries(new Float64Array(300).fill(7.1), { detector: id, period: 24 })
    expect(anomalies).toEqual([])
  })

  it('takes points that are missing, which are no anomalies', () => {
    const values = daily(12).map((value, t) => (t % 50 < 3 ? Number.NaN : value))
    const { scores, anomalies } = detectTimeSeries(values, { detector: id })
    expect(scores.filter((_, t) => t % 50 < 3).every((score) => score === 0)).toBe(true)
    expect(anomalies.every(({ peak }) => !Number.isNaN(values[peak]))).toBe(true)
  })

  it('is described, with a schema of its parameters', () => {
    const description = all.find((one) => one.id === id)
    expect(description).toMatchObject({ name: expect.stringMatching(/./), cost: expect.stringMatching(/^O\(/) })
    expect(Object.keys(configureTimeSeriesDetector(id).parameters).sort()).toEqual(
      Object.keys(description?.parameters['properties'] ?? {}).sort(),
    )
    expect(() => configureTimeSeriesDetector(id, { nonsense: 1 })).toThrow(/nonsense/)
  })
})

describe('detectTimeSeries', () => {
  it('finds the cycle, names the day, tells what was expected and how far off is too far', () => {
    const values = daily(20)
    values[500] = 40
    const found = detectTimeSeries(values, { stepMs: 1_800_000 })

    expect(found.detector).toBe('seasonal-baseline')
    expect(found.reason).toMatch(/^a cycle of a day \(48 points\), seen 20 times, explains \d\d % of the variance$/)
    expect(found.anomalies).toHaveLength(1)
    const [anomaly] = found.anomalies
    expect(anomaly).toMatchObject({ first: 500, last: 500, peak: 500, points: 1, value: 40 })
    expect(Math.abs((anomaly?.expected ?? 0) - (20 + 5 * Math.sin((2 * Math.PI * 500) / 48)))).toBeLessThan(1)
    expect(anomaly?.upper).toBeLessThan(28)
    expect(anomaly?.lower).toBeGreaterThan(14)
  })

  it('chooses by what it finds', () => {
    const normal = standardNormal(seededRandom(3))
    const noise = Float64Array.from({ length: 600 }, normal)
    expect(detectTimeSeries(noise).detector).toBe('sub-kmeans')
    expect(detectTimeSeries(noise.subarray(0, 100))).toMatchObject({
      detector: 'seasonal-baseline',
      reason: expect.stringContaining('no cycle'),
    })
    expect(detectTimeSeries(noise, { period: 30 })).toMatchObject({ detector: 'seasonal-baseline', period: 30 })
    expect(detectTimeSeries(noise, { detector: 'poly', period: 30 })).toMatchObject({ window: 30, reason: undefined })
  })

  it('raises no alarm on most series of noise', () => {
    let alarms = 0
    for (let seed = 0; seed < 40; seed++) {
      const normal = standardNormal(seededRandom(seed + 100))
      if (detectTimeSeries(Float64Array.from({ length: 300 }, normal)).anomalies.length > 0) alarms++
    }
    expect(alarms).toBeLessThanOrEqual(6) // 5 % are asked for
  })

  it('cuts by a share, a score or MADs, and smooths', () => {
    const values = daily(20)
    const share = detectTimeSeries(values, { contamination: 0.05 })
    const cut = detectTimeSeries(values, { threshold: { kind: 'fixed', value: 2 } })
    const points = (found: typeof share): number => found.anomalies.reduce((sum, one) => sum + one.points, 0)

    expect(points(share)).toBe(48)
    expect(cut.threshold).toBe(2)
    const plain = detectTimeSeries(values).scores
    const smooth = detectTimeSeries(values, { smooth: 9 }).scores
    expect(smooth[100]).toBeCloseTo(
      plain.slice(96, 105).reduce((sum, one) => sum + one / 9, 0),
      12,
    )
  })

  it.each([
    [new Float64Array(5), {}, 'series-too-short'],
    [new Float64Array(50).fill(Infinity), {}, 'non-finite'],
    [new Float64Array(50).fill(Number.NaN), {}, 'missing-value'],
    [daily(4), { detector: 'iforest' }, 'unknown-detector'],
    [daily(4), { period: 0 }, 'invalid-options'],
    [daily(4), { detector: 'poly', parameters: { degree: 99 } }, 'invalid-parameters'],
    [daily(4), { signal: AbortSignal.abort() }, 'cancelled'],
  ])('refuses %#', (values, options, code) => {
    expect(() => detectTimeSeries(values, options)).toThrow(
      expect.objectContaining({ code: `anomaly-detection/${code}` }),
    )
  })
})

it.each(['sub-kmeans', 'sub-knn'])('%s tells what a stretch should have looked like', (detector) => {
  const values = daily(20)
  for (let t = 500; t < 512; t++) values[t] = 40
  const { anomalies } = detectTimeSeries(values, { detector })
  const found = anomalies.find(({ first, last }) => first <= 512 && last >= 500)

  expect(found).toBeDefined()
  expect(Math.abs((found?.expected ?? 0) - 20)).toBeLessThan(16)
})

it('a grid is laid over samples where that makes sense', () => {
  const values = new Float64Array(100)
  const even = evenlySpaced(
    Float64Array.from({ length: 100 }, (_, t) => t * 1000),
    values,
  )
  const uneven = evenlySpaced(
    Float64Array.from({ length: 100 }, (_, t) => 2 ** (t / 3)),
    values,
  )

  expect([even.stepMs, even.values.length, even.empty]).toEqual([1000, 100, 0])
  expect([uneven.stepMs, uneven.values.length]).toEqual([undefined, 100])
})

const NAB = resolve(
  process.env['NOMALY_REFERENCE'] ?? resolve(import.meta.dirname, '../../../../../../../shared'),
  'data/nab',
)

describe.skipIf(!hasReferenceData || !existsSync(NAB))(`on NAB's open part${referenceNote}`, () => {
  // mean VUS-PR over three of the series, so that a method that breaks is seen; all of them: see docs/benchmarks.md
  it.each([
    ['sub-pca', 0.3],
    ['sub-kmeans', 0.4],
    ['sub-knn', 0.35],
    ['poly', 0.35],
  ])('%s ranks windows above %d', (detector, least) => {
    const windows: Readonly<Record<string, ReadonlyArray<readonly [string, string]>>> = JSON.parse(
      readFileSync(join(NAB, 'combined_windows.json'), 'utf8'),
    )
    const names = [
      'artificialWithAnomaly/art_daily_jumpsup.csv',
      'realAWSCloudwatch/rds_cpu_utilization_e47b3b.csv',
      'realTraffic/occupancy_t4013.csv',
    ]
    let sum = 0
    for (const name of names) {
      const rows = readFileSync(join(NAB, 'data', name), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
      const values = Float64Array.from(rows, (row) => Number(row.split(',')[1]))
      const isLabelled = (time: string): boolean =>
        (windows[name] ?? []).some(([from, to]) => time >= from.slice(0, 19) && time <= to.slice(0, 19))
      const labels = Uint8Array.from(rows, (row) => (isLabelled(row.slice(0, 19)) ? 1 : 0))
      const { scores } = detectTimeSeries(values, { detector })
      sum += volumeUnderSurface(scores, labels, vusBufferOf(values)).vusPr
    }
    expect(sum / names.length).toBeGreaterThan(least)
  })
})
