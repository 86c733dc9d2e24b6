/** What every detector of a stream promises, whatever it computes. */
import * as fc from 'fast-check'

import type { Case } from './detector-laws.ts'

/** A detector of a stream, by structure. */
export interface StreamDetectorUnderLaw {
  readonly id: string
  readonly columns: number
  readonly learned: number
  readonly isReady: boolean
  readonly acceptsMissing: boolean
  readonly scoreOne: (sample: ArrayLike<number>) => number
  readonly learnOne: (sample: ArrayLike<number>) => void
  readonly scoreThenLearn: (sample: ArrayLike<number>) => number
  readonly toJSON: () => unknown
  readonly attributeOne?: (sample: ArrayLike<number>) => StreamAttributionUnderLaw
}

/** What each column of a sample adds to its score, by structure. */
export interface StreamAttributionUnderLaw {
  readonly high: Float64Array
  readonly low: Float64Array
}

/** How a detector is made, with parameters that are ready after some 100 samples. */
export interface StreamDetectorMaker {
  readonly create: (columns: number, seed: number) => StreamDetectorUnderLaw
  readonly restore: (state: unknown) => StreamDetectorUnderLaw
}

/** Promises that not every detector makes. */
export interface StreamDetectorLawOptions {
  /** A sample far outside scores above 95 % of the usual ones. Default true. */
  readonly findsFarSamples?: boolean
}

/** States the laws of one stream detector as cases of the runner in use. */
export function streamDetectorLaws(
  it: Case,
  name: string,
  { create, restore }: StreamDetectorMaker,
  { findsFarSamples = true }: StreamDetectorLawOptions = {},
): void {
  it(`${name} gives every sample one finite score, in any stream, and comes to be ready`, () => {
    fc.assert(
      fc.property(streams, (samples) => {
        const detector = create(samples[0]?.length ?? 1, 1)
        for (const [i, sample] of samples.entries()) {
          const wasReady = detector.isReady
          const score = detector.scoreThenLearn(sample)
          must(Number.isFinite(score), `sample ${i} scores ${score}`)
          must(wasReady || score === 0, `sample ${i} scores ${score} though the detector is not ready`)
          must(detector.learned === i + 1, `after ${i + 1} samples it says that it learned ${detector.learned}`)
        }
      }),
      { numRuns: 25 },
    )
    must(taught(create(3, 1), cloud(LEARNED, 3, 1)).isReady, `it is not ready after ${LEARNED} samples`)
  })

  it(`${name} scores without side effects, and as scoring and learning in one`, () => {
    const [apart, joined] = [create(3, 7), create(3, 7)]
    for (const [i, sample] of cloud(LEARNED, 3, 2).entries()) {
      const before = i % 16 === 0 ? JSON.stringify(apart) : ''
      const score = apart.scoreOne(sample)
      apart.attributeOne?.(sample)
      if (i % 16 === 0) must(JSON.stringify(apart) === before, `scoring sample ${i} changed the state`)
      must(Object.is(score, apart.scoreOne(sample)), `sample ${i} scores differently when scored again`)
      const inOne = joined.scoreThenLearn(sample)
      must(Object.is(score, inOne), `sample ${i} scores ${score}, but ${inOne} by scoreThenLearn`)
      apart.learnOne(sample)
    }
    must(JSON.stringify(apart) === JSON.stringify(joined), 'the states differ in the end')
  })

  it(`${name} gives the same scores for the same seed, and leaves samples as they were`, () => {
    const [first, second] = [create(2, 5), create(2, 5)]
    for (const sample of cloud(LEARNED, 2, 3)) {
      const copy = sample.slice()
      must(Object.is(first.scoreThenLearn(sample), second.scoreThenLearn(Array.from(sample))), 'scores differ')
      must(
        sample.every((value, column) => Object.is(value, copy[column])),
        'a sample was changed',
      )
    }
  })

  it(`${name} goes on from its state as JSON in the middle of a stream, to the last bit`, () => {
    for (const cut of [0, 1, 17, 64, 150, 331]) {
      const whole = create(3, 11)
      const samples = cloud(LEARNED, 3, 4)
      for (const sample of samples.slice(0, cut)) whole.learnOne(sample)
      const text = JSON.stringify(whole)
      const resumed = restore(JSON.parse(text))
      must(JSON.stringify(resumed) === text, `its state after ${cut} samples is another once restored`)
      must(resumed.columns === 3 && resumed.id === whole.id && resumed.isReady === whole.isReady, 'it is another')
      for (const [i, sample] of samples.slice(cut).entries()) {
        const [wanted, found] = [whole.scoreThenLearn(sample), resumed.scoreThenLearn(sample)]
        must(Object.is(found, wanted), `${i} samples after ${cut}: ${found} instead of ${wanted}`)
      }
      must(JSON.stringify(resumed) === JSON.stringify(whole), 'the states differ in the end')
    }
  })

  it(`${name} refuses a bad sample, and is as before`, () => {
    for (const detector of [create(2, 1), taught(create(2, 1), cloud(LEARNED, 2, 5))]) {
      const before = JSON.stringify(detector)
      for (const sample of [
        [1],
        [1, 2, 3],
        [],
        [1, Infinity],
        [-Infinity, 1],
        ...(detector.acceptsMissing ? [] : [[1, Number.NaN]]),
      ])
        for (const use of [detector.scoreOne, detector.learnOne, detector.scoreThenLearn])
          mustBeRefused(() => use.call(detector, sample), sample)
      must(JSON.stringify(detector) === before, 'a bad sample changed the state')
    }
  })

  it(`${name} refuses a state that is not one of its own`, () => {
    const state = JSON.parse(JSON.stringify(taught(create(2, 1), cloud(LEARNED, 2, 5)))) as Record<string, unknown>
    const bad = [null, 5, 'x', [], {}, { ...state, id: 'nobody' }, { ...state, format: 99 }, { ...state, columns: 0 }]
    for (const field of Object.keys(state)) {
      bad.push({ ...state, [field]: 'x' })
      if (state[field] !== null) bad.push({ ...state, [field]: -1.5 })
    }
    for (const one of bad)
      mustThrow(() => restore(one), 'anomaly-detection/invalid-stream-state', JSON.stringify(one).slice(0, 80))
  })

  it(`${name} keeps bounded memory`, () => {
    const detector = taught(create(2, 1), cloud(3 * LEARNED, 2, 6))
    const size = JSON.stringify(detector).length
    taught(detector, cloud(6 * LEARNED, 2, 7))
    const later = JSON.stringify(detector).length
    must(later <= 1.3 * size + 2000, `its state has grown from ${size} to ${later} characters`)
  })

  if (create(1, 1).attributeOne !== undefined) {
    it(`${name} shares its score out to columns`, () => {
      const detector = taught(create(3, 1), cloud(LEARNED, 3, 8))
      for (const sample of [...cloud(20, 3, 9), [30, 0, 0], [0, -30, 0]]) {
        const { high, low } = detector.attributeOne?.(sample) ?? { high: [], low: [] }
        const parts = [...high, ...low]
        const sum = parts.reduce((a, b) => a + b, 0)
        must(high.length === 3 && low.length === 3 && parts.every((part) => part >= 0), 'a share is below 0')
        const score = detector.scoreOne(sample)
        must(Math.abs(sum - score) <= 1e-9 * Math.max(1, score), `shares of ${score} sum to ${sum}`)
      }
    })
  }

  if (!findsFarSamples) return
  it(`${name} scores a sample far outside above 95 % of the usual ones`, () => {
    const samples = cloud(LEARNED, 3, 10)
    const detector = create(3, 3)
    const usual = samples.map((sample) => detector.scoreThenLearn(sample)).slice(LEARNED / 2)
    for (const far of [
      [40, 40, 40],
      [-40, -40, -40],
      [1e9, 1e9, 1e9],
    ]) {
      const score = detector.scoreOne(far)
      const below = usual.filter((one) => one < score).length
      must(below >= 0.95 * usual.length, `${far.join(', ')} scores above ${below} of ${usual.length} only`)
    }
  })
}

const LEARNED = 400

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 4, arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e300, -1e300, 1e-310, Number.MIN_VALUE, Number.MAX_VALUE, -0) },
)

/** Streams with ties, constant stretches and extremes among them, some long enough for every detector to be ready. */
const streams: fc.Arbitrary<ReadonlyArray<ReadonlyArray<number>>> = fc
  .integer({ min: 1, max: 4 })
  .chain((columns) =>
    fc
      .tuple(
        fc.array(fc.array(value, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 10 }),
      )
      .map(([samples, times]) => Array.from({ length: times }, () => samples).flat()),
  )

/** Samples around 0 with spread 1 and no ties. */
function cloud(n: number, columns: number, seed: number): ReadonlyArray<Float64Array> {
  let state = seed * 7919 + 1
  const random = (): number => {
    state = (state * 48271) % 2147483647 // Park and Miller's: the same samples on every machine
    return state / 2147483647
  }
  const bell = (): number => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += random()
    return sum
  }
  return Array.from({ length: n }, () => Float64Array.from({ length: columns }, bell))
}

function taught(detector: StreamDetectorUnderLaw, samples: ReadonlyArray<ArrayLike<number>>): StreamDetectorUnderLaw {
  for (const sample of samples) detector.learnOne(sample)
  return detector
}

function must(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
}

function mustBeRefused(run: () => unknown, sample: ReadonlyArray<number>): void {
  const code =
    sample.length !== 2 ? 'shape-mismatch' : sample.some((one) => Number.isNaN(one)) ? 'missing-value' : 'non-finite'
  mustThrow(run, `anomaly-detection/${code}`, `[${sample.join(', ')}]`)
}

function mustThrow(run: () => unknown, code: string, what: string): void {
  try {
    run()
  } catch (error) {
    must(error instanceof Error && 'code' in error && error.code === code, `${what}: ${String(error)}, not ${code}`)
    return
  }
  throw new Error(`${what} was taken`)
}
