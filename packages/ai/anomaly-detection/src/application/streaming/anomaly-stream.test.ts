import { describe, expect, it } from 'vitest'

import { randomStream } from '../../domain/numeric/random-stream.ts'
import { standardNormal } from '../../domain/numeric/standard-normal.ts'
import { createMemoryEventPublisher } from '../../infrastructure/memory-event-publisher.ts'
import { AnomalyStream } from './anomaly-stream.ts'
import { streamDetectors } from './catalogue/stream-catalogue.ts'
import type { StreamSample } from './sample-reader.ts'
import type { StreamResult } from './stream-result.ts'
import type { StreamingOptions } from './streaming-options.ts'

const light = { detector: 'ewma', falseAlarms: 0.01 } as const

function noise(count: number, seed = 1): ReadonlyArray<number> {
  const normal = standardNormal(randomStream(seed).next)
  return Array.from({ length: count }, normal)
}

function pushAll(stream: AnomalyStream, samples: Iterable<StreamSample>): ReadonlyArray<StreamResult> {
  return [...samples].flatMap((sample) => stream.push(sample))
}

async function collected<T>(source: AsyncIterable<T>): Promise<ReadonlyArray<T>> {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}

const copyOf = (stream: AnomalyStream): AnomalyStream =>
  new AnomalyStream({ from: JSON.parse(JSON.stringify(stream)) as unknown })

describe('a stream of single numbers', () => {
  it('scores each before it learns from it, as the bare detector does', () => {
    const samples = noise(300)
    const stream = new AnomalyStream({ detector: 'half-space-trees', features: ['v'], seed: 7 })
    const bare = streamDetectors.create('half-space-trees', {}, { columns: 1, seed: 7 })
    const scores = pushAll(stream, samples).map(({ score }) => score)
    expect(scores).toEqual(samples.map((value) => bare.scoreThenLearn([value])))
  })

  it('tells a spike as one alarm, from its start to its end', () => {
    const samples = [...noise(400), 60, 70, ...noise(20, 2)]
    const results = pushAll(
      new AnomalyStream({ detector: 'robust-z-score', threshold: 10, calibrator: 'none' }),
      samples,
    )
    expect(results.slice(399, 404).map(({ alarm }) => alarm)).toEqual(['quiet', 'start', 'ongoing', 'end', 'quiet'])
    expect(results.filter(({ isAnomaly }) => isAnomaly).map(({ index }) => index)).toEqual([400, 401])
  })

  it('finds it with nothing chosen at all', () => {
    const stream = new AnomalyStream({})
    const results = pushAll(stream, [...noise(1500), 40, ...noise(20, 3)])
    expect(results.find(({ index }) => index === 1500)?.isAnomaly).toBe(true)
    expect(stream.counts.alarms).toBeLessThan(8)
  })
})

it('anomalies come with what was expected and which feature was off; without, the scores are the same', () => {
  const [a, b] = [noise(700, 20), noise(700, 21)]
  const samples = a.map((value, i) => [value, i === 650 ? -40 : (b[i] ?? 0)])
  const options = { detector: 'rcf', features: ['a', 'b'], falseAlarms: 0.005 } as const
  const told = pushAll(new AnomalyStream(options), samples)
  const bare = pushAll(new AnomalyStream({ ...options, attribution: 'never', expected: false }), samples)
  expect(told.map(({ score }) => score)).toEqual(bare.map(({ score }) => score))
  expect(told[650]?.isAnomaly).toBe(true)
  const [ofA, ofB] = told[650]?.attribution ?? []
  expect(ofB?.low).toBeGreaterThan((ofA?.high ?? 0) + (ofA?.low ?? 0))
  expect(Math.abs(told[650]?.expected?.[1] ?? 99)).toBeLessThan(5)
  expect(bare.every(({ attribution, expected }) => attribution === undefined && expected === undefined)).toBe(true)
})

const drifting: StreamingOptions = {
  ...light,
  features: ['load', 'heat'],
  drift: { watch: 'both', policy: 'retrain' },
}
const shifted = (): ReadonlyArray<Record<string, number>> => {
  const [load, heat] = [noise(1600, 4), noise(1600, 5)]
  return load.map((value, i) => ({ load: value, heat: 20 + (heat[i] ?? 0) + (i < 900 ? 0 : 6) }))
}

describe('a state', () => {
  const cases: ReadonlyArray<readonly [string, StreamingOptions, ReadonlyArray<StreamSample>]> = [
    ['of numbers', {}, noise(500)],
    ['with a drift and a retrained model', drifting, shifted()],
    ['with a trial of two models', { ...drifting, drift: { watch: 'features', policy: 'switch' } }, shifted()],
    [
      'with a model that may be rolled back',
      { ...drifting, drift: { watch: 'score', policy: 'roll-back' } },
      shifted(),
    ],
    [
      'with keys, late samples, steps and gaps',
      {
        ...light,
        key: 'host',
        time: 'at',
        missing: 'carry',
        order: { latenessMs: 5000 },
        resample: { stepMs: 2000 },
      },
      noise(900, 6).map((v, i) => ({ host: `h${i % 7}`, at: i * 1000 - (i % 5) * 1500, v: i % 11 === 3 ? null : v })),
    ],
  ]

  it.each(cases)('%s goes on in the middle with the same results', (_, options, samples) => {
    const whole = new AnomalyStream(options)
    const expected = [...pushAll(whole, samples), ...whole.flush()]
    let stopped = new AnomalyStream(options)
    const found: StreamResult[] = []
    for (const [i, sample] of samples.entries()) {
      found.push(...stopped.push(sample))
      if (i % 97 === 50) stopped = copyOf(stopped)
    }
    found.push(...copyOf(stopped).flush())
    expect(found).toEqual(expected)
    expect(stopped.counts.received).toBe(samples.length)
  })

  it.each([
    ['nothing', null],
    ['something else', { kind: 'nomaly-stream' }],
    ['another form', { format: 2 }],
    ['counts below 0', { counts: { received: -1 } }],
  ])('that is %s is refused', (_, wrong) => {
    const stream = new AnomalyStream(light)
    pushAll(stream, noise(50))
    const state = JSON.parse(JSON.stringify(stream)) as Record<string, unknown>
    const edited = wrong === null || 'kind' in wrong ? wrong : { ...state, ...wrong }
    expect(() => new AnomalyStream({ from: edited })).toThrow(
      expect.objectContaining({ code: 'anomaly-detection/invalid-stream-state' }),
    )
  })

  it('with an edited entity is refused', () => {
    const stream = new AnomalyStream({ ...light, drift: {} })
    pushAll(stream, noise(50))
    const text = JSON.stringify(stream)
    const edits: ReadonlyArray<readonly [string, string]> = [
      ['"generations":1', '"generations":0'],
      ['"columns":3', '"columns":4'],
      ['"id":"ewma"', '"id":"z-score"'],
      ['"wanted":100', '"wanted":"x"'],
    ]
    for (const [from, to] of edits) {
      expect(text).toContain(from)
      const state: unknown = JSON.parse(text.replace(from, to))
      expect(() => new AnomalyStream({ from: state }), to).toThrow(
        expect.objectContaining({ code: 'anomaly-detection/invalid-stream-state' }),
      )
    }
  })
})

describe('a drift', () => {
  it('says which feature moved, from what to what, since when; the new model takes over', async () => {
    const published = createMemoryEventPublisher()
    let id = 0
    const publishing = {
      events: published,
      clock: { now: () => 0, monotonicMs: () => 0 },
      ids: { next: () => String(id++) },
    }
    const stream = new AnomalyStream(drifting, { publishing })
    const results = pushAll(stream, shifted())
    await stream.settled()

    const drift = results.find((result) => result.drift !== undefined)?.drift
    expect(drift?.features[0]).toMatchObject({ feature: 'heat', moved: 'mean' })
    expect(drift?.features[0]?.from.mean).toBeCloseTo(20, 0)
    expect(drift?.features[0]?.to.mean).toBeCloseTo(26, 0)
    expect(Math.abs((drift?.since.index ?? 0) - 900)).toBeLessThan(3)
    expect(stream.counts).toMatchObject({ promoted: 1, drifts: 1 })
    const types = published.published().map(({ type }) => type)
    expect(types).toContain('nomaly.anomaly.detected')
    const later = ['nomaly.drift.detected', 'nomaly.model.trained', 'nomaly.model.promoted']
    expect(types.filter((type) => later.includes(type))).toEqual(later)
  })

  it('is none on a stream that stays as it is', () => {
    const [a, b] = [noise(5000, 8), noise(5000, 9)]
    const stream = new AnomalyStream({ ...light, drift: { watch: 'both' } })
    pushAll(
      stream,
      a.map((value, i) => [value, b[i] ?? 0]),
    )
    expect(stream.counts.drifts).toBe(0)
  })

  // A forest that hardly forgets keeps the old level for normal; the stream has left it for good.
  it.each(['switch', 'roll-back'] as const)('with %s compares two models and keeps the better', (policy) => {
    const stream = new AnomalyStream({
      ...drifting,
      detector: { id: 'rcf', parameters: { trees: 20, sampleSize: 64, timeDecay: 0 } },
      drift: { watch: 'features', policy, trial: 100, fewest: 200 },
    })
    pushAll(stream, shifted())
    expect(stream.counts).toMatchObject({ drifts: 1, promoted: 1, restored: 0 })
  })
})

describe('samples', () => {
  it.each([
    ['of another length', [1], 'shape-mismatch'],
    ['with text', { a: 'x', b: 1 }, 'non-finite'],
    ['with an infinite number', { a: Infinity, b: 1 }, 'non-finite'],
  ])('%s are refused, and change nothing', (_, sample, code) => {
    const stream = new AnomalyStream({ ...light, features: ['a', 'b'] })
    pushAll(stream, [
      [1, 2],
      [2, 3],
    ])
    const before = JSON.stringify(stream.toJSON().entities)
    expect(() => stream.push(sample)).toThrow(expect.objectContaining({ code: `anomaly-detection/${code}` }))
    expect(JSON.stringify(stream.toJSON().entities)).toBe(before)
    expect(stream.counts).toMatchObject({ received: 3, refused: 1 })
  })

  it('that come late or twice are counted, or refused', () => {
    const at = (second: number): Record<string, unknown> => ({
      t: `2026-01-01 00:00:${String(second).padStart(2, '0')}`,
      v: 1,
    })
    const lenient = new AnomalyStream({ ...light, time: 't' })
    pushAll(lenient, [at(5), at(6), at(6), at(3), at(7)])
    expect(lenient.counts).toMatchObject({ scored: 3, duplicates: 1, late: 1 })
    const strict = new AnomalyStream({ ...light, time: 't', order: { late: 'refuse', duplicates: 'refuse' } })
    pushAll(strict, [at(5), at(6)])
    for (const second of [6, 3]) {
      expect(() => strict.push(at(second))).toThrow(expect.objectContaining({ code: 'anomaly-detection/late-sample' }))
    }
  })

  it('are put in order within the lateness allowed, and given out at the end', () => {
    const stream = new AnomalyStream({ ...light, time: 't', order: { latenessMs: 3 } })
    const results = pushAll(
      stream,
      [4, 2, 3, 7, 5, 9].map((t) => ({ t, v: t })),
    )
    expect(results.map(({ time }) => time)).toEqual([2, 3, 4, 5])
    expect(stream.flush().map(({ time, index }) => [time, index])).toEqual([
      [7, 3],
      [9, 5],
    ])
  })

  it('become steps: the mean of each, gaps carried forward, too long ones left out', () => {
    const options: StreamingOptions = {
      ...light,
      time: 't',
      features: ['v'],
      missing: 'carry',
      resample: { stepMs: 10, longestGap: 2 },
    }
    const stream = new AnomalyStream(options)
    const times = [0, 4, 12, 31, 95].map((t) => ({ t, v: t }))
    expect([...pushAll(stream, times), ...stream.flush()].map(({ time }) => time)).toEqual([0, 10, 20, 30, 90])
  })

  it.each([
    ['skip', [0, 3]],
    ['carry', [0, 1, 2, 3]],
  ] as const)('without a number: %s', (missing, indices) => {
    const stream = new AnomalyStream({ ...light, features: ['v'], missing })
    const results = pushAll(stream, [{ v: 1 }, { v: null }, {}, { v: 4 }])
    expect(results.map(({ index }) => index)).toEqual(indices)
    expect(stream.counts.missing).toBe(4 - indices.length)
  })

  it('without a number are refused, or left to a detector that accepts them', () => {
    const strict = new AnomalyStream({ ...light, features: ['v'], missing: 'refuse' })
    expect(() => strict.push({})).toThrow(expect.objectContaining({ code: 'anomaly-detection/missing-value' }))
    const imputing = new AnomalyStream({ detector: 'rcf', features: ['a', 'b'], missing: 'impute' })
    expect(
      pushAll(imputing, [
        [1, 2],
        [Number.NaN, 2],
      ]),
    ).toHaveLength(2)
    expect(() => new AnomalyStream({ ...light, missing: 'impute' })).toThrow(/accepts no missing/)
  })
})

describe('run', () => {
  it('takes any iterable, skips what is refused where asked to, and lets go of a source that is left', async () => {
    let closed = false
    async function* source(): AsyncGenerator<StreamSample> {
      try {
        for (let i = 0; ; i++) yield i === 5 ? { v: 'x' } : { v: i }
      } finally {
        closed = true
      }
    }
    const refused: number[] = []
    const stream = new AnomalyStream({ ...light, features: ['v'] })
    for await (const { index } of stream.run(source(), { onRefused: (_, at) => refused.push(at) }))
      if (index === 9) break
    expect([refused, closed]).toEqual([[5], true])
    await expect(collected(stream.run([{ v: 'x' }]))).rejects.toThrow(/finite number/)
    expect(await collected(stream.run([{ v: 1 }]))).toHaveLength(1)
  })

  it('ends when it is told to, also while it waits', async () => {
    const controller = new AbortController()
    async function* silent(): AsyncGenerator<StreamSample> {
      yield 1
      await new Promise(() => undefined)
    }
    setTimeout(() => controller.abort(), 20)
    const stream = new AnomalyStream(light)
    await expect(collected(stream.run(silent(), { signal: controller.signal }))).rejects.toMatchObject({
      code: 'anomaly-detection/cancelled',
    })
    expect(stream.counts.received).toBe(1)
  })
})

describe('entities', () => {
  const of = (count: number, rounds: number): ReadonlyArray<Record<string, unknown>> => {
    const values = noise(count * rounds, 12)
    return values.map((v, i) => ({ host: `host-${(i * 7) % count}`, v }))
  }

  it('have models of their own, the same whatever comes beside them', () => {
    const samples = of(20, 60)
    const together = pushAll(new AnomalyStream({ ...light, key: 'host' }), samples)
    const alone = pushAll(
      new AnomalyStream({ ...light, key: 'host' }),
      samples.filter(({ host }) => host === 'host-3'),
    )
    expect(together.filter(({ key }) => key === 'host-3').map(({ score }) => score)).toEqual(
      alone.map(({ score }) => score),
    )
  })

  it('that are idle are forgotten where there is no store, and counted', () => {
    const stream = new AnomalyStream({ ...light, key: 'host', liveKeys: 5 })
    pushAll(stream, of(8, 1))
    expect(stream.counts.forgotten).toBe(3)
  })
})
