import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Adwin, type AdwinParameters } from '../../domain/drift/stream/adwin.ts'
import type { StreamDriftDetector } from '../../domain/drift/stream/stream-drift-detector.ts'
import { driftDetectionQuality } from '../../domain/metrics/series/drift-detection-quality.ts'
import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { streamDriftDetectors } from './stream-drift-catalogue.ts'

const CONTEXT = { columns: 1, seed: 3 }
const { ids } = streamDriftDetectors
const OF_ERRORS = new Set(['ddm', 'eddm'])

const made = (id: string, parameters: unknown = {}): StreamDriftDetector =>
  streamDriftDetectors.create(id, parameters, CONTEXT)

// In [0, 1], and 0 or 1 for detectors of errors: the first half with a mean of about 0.2, the second of about 0.8.
function changing(id: string, items: number, seed: number): number[] {
  const random = seededRandom(seed)
  const normal = standardNormal(random)
  return Array.from({ length: items }, (_, at) => {
    const mean = at < items / 2 ? 0.2 : 0.8
    if (OF_ERRORS.has(id)) return random() < mean ? 1 : 0
    return Math.min(1, Math.max(0, mean + 0.1 * normal()))
  })
}

describe.each(ids)('%s', (id) => {
  it('goes on from its JSON with the same signals, wherever it is stopped', () => {
    const values = changing(id, 1500, 5)
    const whole = made(id)
    const signals = values.map((value) => whole.update(value))
    expect(signals).toContain('drift')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: values.length }), (stop) => {
        const first = made(id)
        for (const value of values.slice(0, stop)) first.update(value)
        const second = streamDriftDetectors.restore(JSON.parse(JSON.stringify(first)))
        expect(JSON.stringify(second)).toBe(JSON.stringify(first))
        expect(values.slice(stop).map((value) => second.update(value))).toEqual(signals.slice(stop))
        expect(JSON.stringify(second)).toBe(JSON.stringify(whole))
      }),
      { numRuns: 12 },
    )
  })

  it('finds a change, and is as new after a reset', () => {
    const values = changing(id, 1500, 5)
    const detector = made(id)
    const fresh = JSON.stringify(detector)
    const drifts = values.flatMap((value, at) => (detector.update(value) === 'drift' ? [at] : []))
    expect(driftDetectionQuality(drifts, [750], 1500)).toMatchObject({ missed: 0 })
    expect(detector.seen).toBe(1500)
    detector.reset()
    expect(JSON.stringify(detector)).toBe(fresh)
  })

  it('keeps bounded memory', () => {
    const detector = made(id)
    const sizes = [2000, 40_000].map((items) => {
      for (const value of changing(id, items, 1)) detector.update(value)
      return JSON.stringify(detector).length
    })
    expect((sizes[1] ?? 0) - (sizes[0] ?? 0)).toBeLessThan(1500) // ADWIN: a few numbers more for each doubling
  })

  it('refuses what is no finite number, and is as before', () => {
    const detector = made(id)
    for (const value of changing(id, 300, 1)) detector.update(value)
    const before = JSON.stringify(detector)
    for (const bad of [Number.NaN, Infinity, -Infinity, 1e300]) expect(() => detector.update(bad)).toThrow(/value is/)
    expect(JSON.stringify(detector)).toBe(before)
  })

  it('refuses a state that is none, and parameters out of range', () => {
    const state = JSON.parse(JSON.stringify(made(id))) as Record<string, unknown>
    for (const bad of [{ ...state, seen: -1 }, { ...state, format: 2 }, { ...state, parameters: {}, id: 'x' }, null]) {
      expect(() => streamDriftDetectors.restore(bad)).toThrow(
        expect.objectContaining({ code: 'anomaly-detection/invalid-stream-state' }),
      )
    }
    expect(() => made(id, { unheardOf: 1 })).toThrow(/parameters of/)
  })
})

describe('detectors of errors and shares', () => {
  it('refuse other numbers, and are as before', () => {
    for (const id of ['ddm', 'eddm']) expect(() => made(id).update(0.5)).toThrow(/reads errors/)
    for (const id of ['hddm-a', 'hddm-w']) expect(() => made(id).update(-0.1)).toThrow(/numbers from 0 to 1/)
  })
})

describe('false alarms at the defaults', () => {
  const RUNS = 12
  const ITEMS = 10_000
  const streams = {
    'normal numbers': (random: () => number) => standardNormal(random),
    'numbers about 0.5': (random: () => number) => {
      const normal = standardNormal(random)
      return () => Math.min(1, Math.max(0, 0.5 + normal() / 12))
    },
    'one error in three': (random: () => number) => () => (random() < 1 / 3 ? 1 : 0),
    'one error in five': (random: () => number) => () => (random() < 0.2 ? 1 : 0),
  }
  const cases: ReadonlyArray<readonly [string, keyof typeof streams]> = [
    ['adwin', 'normal numbers'],
    ['page-hinkley', 'numbers about 0.5'],
    ['page-hinkley', 'one error in five'],
    ['kswin', 'normal numbers'],
    ['cusum', 'normal numbers'],
    ['ewma-chart', 'normal numbers'],
    ['ddm', 'one error in five'],
    ['eddm', 'one error in five'],
    ['hddm-a', 'one error in five'],
    ['hddm-w', 'one error in five'],
    ['hddm-w', 'one error in three'],
  ]

  it.each(cases)('of %s on %s are one in 10,000 items at most', (id, stream) => {
    const next = streams[stream](seededRandom(11))
    let alarms = 0
    for (let run = 0; run < RUNS; run++) {
      const detector = made(id)
      for (let item = 0; item < ITEMS; item++) if (detector.update(next()) === 'drift') alarms++
    }
    expect(alarms / RUNS).toBeLessThanOrEqual(1)
  })
})

describe('adwin', () => {
  it('keeps the sum of its window exact after values that had rounded all others away are gone', () => {
    const normal = standardNormal(seededRandom(2))
    const parameters = streamDriftDetectors.entry('adwin').parse({}) as unknown as AdwinParameters
    const detector = new Adwin(parameters)
    for (let item = 0; item < 300; item++) detector.update(1e17)
    const values = Array.from({ length: 2000 }, normal)
    for (const value of values) detector.update(value)
    const kept = values.slice(-detector.width)
    expect(detector.width).toBeGreaterThan(1000)
    expect(detector.width).toBeLessThanOrEqual(2000)
    expect(detector.mean).toBeCloseTo(kept.reduce((sum, value) => sum + value, 0) / kept.length, 9)
  })
})
