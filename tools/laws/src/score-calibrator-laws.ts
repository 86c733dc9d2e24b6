/** What everything that turns the scores of a stream into probabilities promises. */
import * as fc from 'fast-check'

import type { Case } from './detector-laws.ts'

/** A calibrator of scores, by structure. */
export interface ScoreCalibratorUnderLaw {
  readonly id: string
  readonly isReady: boolean
  readonly calibrateOne: (score: number) => number
  readonly learnOne: (score: number) => void
  readonly calibrateThenLearn: (score: number) => number
  readonly toJSON: () => unknown
}

/** How a calibrator is made, with parameters that are ready after some 150 scores. */
export interface ScoreCalibratorMaker {
  readonly create: () => ScoreCalibratorUnderLaw
  readonly restore: (state: unknown) => ScoreCalibratorUnderLaw
}

/** States the laws of one calibrator as cases of the runner in use. */
export function scoreCalibratorLaws(it: Case, name: string, { create, restore }: ScoreCalibratorMaker): void {
  it(`${name} answers from 0 to 1 to any scores, 0 until it is ready, and comes to be ready`, () => {
    fc.assert(
      fc.property(streams, (scores) => {
        const calibrator = create()
        for (const score of scores) {
          const { isReady } = calibrator
          const answer = calibrator.calibrateThenLearn(score)
          must(answer >= 0 && answer <= 1 && (isReady || answer === 0), `${score} becomes ${answer}`)
        }
      }),
      { numRuns: 40 },
    )
    must(taught(create(), usual(LEARNED, 1)).isReady, `it is not ready after ${LEARNED} scores`)
  })

  it(`${name} answers no less to a higher score`, () => {
    const calibrator = taught(create(), usual(LEARNED, 2))
    let before = 0
    for (let score = -3; score < 12; score += 0.05) {
      const answer = calibrator.calibrateOne(score)
      must(answer >= before, `${score} becomes ${answer}, a lower score ${before}`)
      before = answer
    }
    must(before > calibrator.calibrateOne(1), 'it does not tell scores apart')
  })

  it(`${name} answers without side effects, and as answering and learning in one`, () => {
    const [apart, joined] = [create(), create()]
    for (const score of usual(LEARNED, 3)) {
      const before = JSON.stringify(apart)
      const answer = apart.calibrateOne(score)
      must(JSON.stringify(apart) === before, 'answering changed the state')
      must(Object.is(joined.calibrateThenLearn(score), answer), `${score} becomes something else in one`)
      apart.learnOne(score)
    }
    must(JSON.stringify(apart) === JSON.stringify(joined), 'the states differ in the end')
  })

  it(`${name} goes on from its state as JSON in the middle of a stream, to the last bit`, () => {
    const scores = usual(LEARNED, 4)
    for (const cut of [0, 1, 40, 160, 333]) {
      const whole = taught(create(), scores.slice(0, cut))
      const text = JSON.stringify(whole)
      const resumed = restore(JSON.parse(text))
      must(JSON.stringify(resumed) === text, `its state after ${cut} scores is another once restored`)
      for (const score of scores.slice(cut))
        must(Object.is(resumed.calibrateThenLearn(score), whole.calibrateThenLearn(score)), 'answers differ')
      must(JSON.stringify(resumed) === JSON.stringify(whole), 'the states differ in the end')
    }
  })

  it(`${name} refuses a score that is no finite number, and is as before`, () => {
    const calibrator = taught(create(), usual(LEARNED, 5))
    const before = JSON.stringify(calibrator)
    for (const score of [Number.NaN, Infinity, -Infinity])
      for (const use of [calibrator.calibrateOne, calibrator.learnOne, calibrator.calibrateThenLearn])
        mustThrow(() => use.call(calibrator, score), 'anomaly-detection/non-finite', String(score))
    must(JSON.stringify(calibrator) === before, 'a bad score changed the state')
  })

  it(`${name} refuses a state that is not one of its own, and keeps bounded memory`, () => {
    const calibrator = taught(create(), usual(10 * LEARNED, 6))
    const text = JSON.stringify(calibrator)
    const state = JSON.parse(text) as Record<string, unknown>
    const bad = [null, 5, [], {}, { ...state, id: 'nobody' }, { ...state, format: 99 }]
    for (const field of Object.keys(state)) if (state[field] !== null) bad.push({ ...state, [field]: 'x' })
    for (const one of bad)
      mustThrow(() => restore(one), 'anomaly-detection/invalid-stream-state', JSON.stringify(one).slice(0, 80))
    const later = JSON.stringify(taught(calibrator, usual(20 * LEARNED, 7))).length
    must(later <= 1.3 * text.length + 2000, `its state has grown from ${text.length} to ${later} characters`)
  })
}

const LEARNED = 400

const value = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) },
  { weight: 4, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e300, -1e300, 1e-310, Number.MIN_VALUE, Number.MAX_VALUE, -0, 0) },
)

/** Streams with ties, constant stretches and extremes among them, some long enough for every calibrator to be ready. */
const streams: fc.Arbitrary<ReadonlyArray<number>> = fc
  .tuple(fc.array(value, { minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 12 }))
  .map(([scores, times]) => Array.from({ length: times }, () => scores).flat())

/** Scores as detectors give them: above 0, with a tail to the right. */
function usual(n: number, seed: number): ReadonlyArray<number> {
  let state = seed * 7919 + 1
  return Array.from({ length: n }, () => {
    state = (state * 48271) % 2147483647 // Park and Miller's: the same scores on every machine
    return -Math.log(1 - state / 2147483648)
  })
}

function taught(calibrator: ScoreCalibratorUnderLaw, scores: ReadonlyArray<number>): ScoreCalibratorUnderLaw {
  for (const score of scores) calibrator.learnOne(score)
  return calibrator
}

function must(condition: boolean, message: string): void {
  if (!condition) throw new Error(message)
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
