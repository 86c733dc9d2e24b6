import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import type { StreamDriftDetector } from '../../domain/drift/stream/stream-drift-detector.ts'
import { ascending } from '../../domain/drift/two-sample/ascending.ts'
import { distributionDistance } from '../../domain/drift/two-sample/distribution-distance.ts'
import { streamDriftDetectors } from './stream-drift-catalogue.ts'

interface Trace {
  readonly stream: string
  readonly variant?: string
  readonly chart?: string
  readonly params: Readonly<Record<string, unknown>>
  readonly detections: ReadonlyArray<number>
  readonly n_alarms?: number
  readonly warnings?: ReadonlyArray<number>
  readonly checkpoints: ReadonlyArray<Readonly<Record<string, number>>>
}

interface StreamFile {
  readonly streams: Readonly<Record<string, { readonly kind: string; readonly values: string | ReadonlyArray<number> }>>
}

type Inner = (detector: StreamDriftDetector) => Readonly<Record<string, unknown>>

const stateOf: Inner = (detector) => detector.toJSON()

function valuesOf(name: string): ReadonlyArray<number> {
  const { values } = (referenceJson('drift/streams.json') as StreamFile).streams[name] ?? { values: [] }
  return typeof values === 'string' ? Array.from(values, Number) : values
}

function tracesOf(file: string): ReadonlyArray<Trace> {
  return (referenceJson(`drift/${file}.json`) as { readonly cases: ReadonlyArray<Trace> }).cases
}

// Runs a detector over the stream of a trace, out through JSON and back in the middle of it.
function follow(id: string, trace: Trace, params: Readonly<Record<string, unknown>>, inner: Inner): void {
  let detector = streamDriftDetectors.create(id, params, { columns: 1, seed: 0 })
  const values = valuesOf(trace.stream)
  const found = { drift: [] as number[], warning: [] as number[] }
  const checkpoints = new Map(trace.checkpoints.map((point) => [point['i'], point]))
  expect(values.length).toBeGreaterThan(100)
  for (const [at, value] of values.entries()) {
    const signal = detector.update(value)
    if (signal !== 'none') found[signal].push(at)
    const { i: _, ...expected } = checkpoints.get(at) ?? { i: 0 }
    const state = Object.keys(expected).length === 0 ? {} : inner(detector)
    for (const [name, figure] of Object.entries(expected)) {
      const close = Math.abs(Number(state[name]) - figure) <= 1e-9 * Math.max(1, Math.abs(figure))
      if (!close)
        throw new Error(`${id} on ${trace.stream}, item ${at}: ${name} is ${String(state[name])}, not ${figure}`)
    }
    if (at === (values.length >> 1) + 7) {
      detector = streamDriftDetectors.restore(JSON.parse(JSON.stringify(detector)))
    }
  }
  expect(detector.seen).toBe(values.length)
  expect(found.drift.slice(0, trace.detections.length)).toEqual(trace.detections)
  expect(found.drift.length).toBe(trace.n_alarms ?? trace.detections.length)
  if (trace.warnings !== undefined) expect(found.warning).toEqual(trace.warnings)
}

function firstDrift(id: string, values: ReadonlyArray<number>, params: Readonly<Record<string, unknown>>): number {
  const detector = streamDriftDetectors.create(id, params, { columns: 1, seed: 0 })
  return values.findIndex((value) => detector.update(value) === 'drift')
}

function cutsByDefinition(values: ReadonlyArray<number>, delta: number, minWindow: number): ReadonlyArray<number> {
  const cuts: number[] = []
  let window: number[] = []
  for (const [at, value] of values.entries()) {
    window.push(value)
    let isCut = false
    while (hasSplit(window, delta, minWindow)) {
      window = window.slice(1)
      isCut = true
    }
    if (isCut) cuts.push(at)
  }
  return cuts
}

function hasSplit(window: ReadonlyArray<number>, delta: number, minWindow: number): boolean {
  const n = window.length
  const meanOf = (part: ReadonlyArray<number>): number => part.reduce((sum, value) => sum + value, 0) / part.length
  const mean = meanOf(window)
  const variance = meanOf(window.map((value) => (value - mean) ** 2))
  const d = Math.log((2 * Math.log(n)) / delta)
  for (let first = minWindow; n - first >= minWindow; first++) {
    const m = 1 / first + 1 / (n - first)
    const epsilon = Math.sqrt(2 * m * variance * d) + (2 / 3) * d * m
    if (Math.abs(meanOf(window.slice(0, first)) - meanOf(window.slice(first))) > epsilon) return true
  }
  return false
}

describe(`the traces of the reference${referenceNote}`, () => {
  const plain = ['ddm', 'eddm', 'hddm-a'] as const

  it.skipIf(!hasReferenceData).each(plain)('of %s agree: drifts, warnings, inner state', (id) => {
    const traces = tracesOf(id)
    expect(traces.length).toBeGreaterThan(3)
    for (const trace of traces) {
      follow(id, trace, trace.params, (detector) => {
        const state = stateOf(detector)
        const p = Number(state['p'])
        return { ...state, s: Math.sqrt((p * (1 - p)) / Number(state['n'])) }
      })
    }
  })

  it.skipIf(!hasReferenceData)('of hddm-w agree', () => {
    for (const trace of tracesOf('hddm-w')) {
      follow('hddm-w', trace, trace.params, (detector) => {
        const { value, squares } = stateOf(detector)['total'] as { readonly value: number; readonly squares: number }
        return { ewma: value, bound: squares }
      })
    }
  })

  it.skipIf(!hasReferenceData)('of page-hinkley agree', () => {
    for (const trace of tracesOf('page-hinkley')) {
      follow('page-hinkley', trace, trace.params, (detector) => {
        const state = stateOf(detector)
        const of = (name: string): number => Number(state[name])
        return { ...state, testUp: of('sumUp') - of('minUp'), testDown: of('maxDown') - of('sumDown') }
      })
    }
  })

  it.skipIf(!hasReferenceData)('of adwin agree, where the window lives on and where it starts anew', () => {
    const traces = tracesOf('adwin').filter(({ variant }) => variant !== 'exact')
    expect(traces.length).toBe(10)
    for (const trace of traces) {
      follow('adwin', trace, { ...trace.params, afterDrift: trace.variant }, (detector) => {
        const { total, squares, sums } = stateOf(detector)['window'] as {
          readonly total: number
          readonly squares: number
          readonly sums: ReadonlyArray<ReadonlyArray<number>>
        }
        const width = sums.reduce((sum, runs, level) => sum + runs.length * 2 ** level, 0)
        const buckets = sums.reduce((sum, runs) => sum + runs.length, 0)
        return { width, sum: total, variance: squares / width, mean: total / width, buckets }
      })
    }
  })

  it.skipIf(!hasReferenceData)(
    'of adwin by its plain definition, every split at every item, are those that it approximates',
    () => {
      const traces = tracesOf('adwin').filter(({ variant }) => variant === 'exact')
      expect(traces.length).toBe(2)
      for (const { stream, params, detections } of traces) {
        const { delta, minWindow } = params as { readonly delta: number; readonly minWindow: number }
        const values = valuesOf(stream)
        expect(cutsByDefinition(values, delta, minWindow)).toEqual(detections)
        const first = firstDrift('adwin', values, { delta, minWindow, clock: 1 })
        expect(first - (detections[0] ?? NaN)).toBeLessThanOrEqual(5) // coarser cuts and a wider bound: a little later
        expect(first).toBeGreaterThanOrEqual(detections[0] ?? NaN)
      }
    },
  )

  it.skipIf(!hasReferenceData)('of kswin agree, without its random draw', () => {
    for (const trace of tracesOf('kswin')) {
      const { windowSize, statSize } = trace.params as { readonly windowSize: number; readonly statSize: number }
      const afterDrift = (i: number): boolean => trace.detections.includes(i) // the window is no longer there
      const checkpoints = trace.checkpoints.filter(({ i }) => !afterDrift(i ?? -1))
      expect(checkpoints.length).toBeGreaterThan(3)
      follow('kswin', { ...trace, checkpoints }, trace.params, (detector) => {
        const window = stateOf(detector)['window'] as ReadonlyArray<number>
        expect(window.length).toBe(windowSize)
        const [older, newer] = [window.slice(0, -statSize), window.slice(-statSize)]
        return { statistic: distributionDistance(ascending(older), ascending(newer)) }
      })
    }
  })

  it.skipIf(!hasReferenceData)('of the charts agree', () => {
    for (const { chart, params, ...trace } of tracesOf('charts')) {
      const { mu0, sigma, L, k, h, lambda } = params as Readonly<Record<string, number>>
      const baseline = { mean: mu0, sd: chart === 'cusum' ? 1 : sigma }
      if (chart === 'cusum') follow('cusum', { ...trace, params }, { ...baseline, k, h }, stateOf)
      else {
        follow('ewma-chart', { ...trace, params }, { ...baseline, lambda, limit: L }, (detector) => {
          const { z, t } = stateOf(detector) as unknown as { readonly z: number; readonly t: number }
          const spread = Math.sqrt(((lambda ?? 0) / (2 - (lambda ?? 0))) * (1 - (1 - (lambda ?? 0)) ** (2 * t)))
          return { z: (mu0 ?? 0) + z * (sigma ?? 0), limit: (L ?? 0) * (sigma ?? 0) * spread }
        })
      }
    }
  })
})
