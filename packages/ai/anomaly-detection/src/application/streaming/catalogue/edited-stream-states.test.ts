import { expect, it } from 'vitest'

import { AnomalyDetectionError } from '../../../domain/errors.ts'
import { randomStream } from '../../../domain/numeric/random-stream.ts'
import type { ScoreCalibrator } from '../../../domain/streaming/score-calibrator.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
import { scoreCalibrators } from './calibrator-catalogue.ts'
import { streamDetectors } from './stream-catalogue.ts'

const HOUR_MS = 3_600_000
const EDITS: ReadonlyArray<unknown> = [-1, 0, 1, 2, 0.5, 1e9, 1e300, null, 'x', [], {}, undefined]

const random = randomStream(1)

type Place = { readonly holder: Record<string, unknown>; readonly field: string }

// Every field of an object; of a list the ends and one between.
function placesIn(value: unknown, found: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return found
  const holder = value as Record<string, unknown>
  const fields = Object.keys(holder)
  const few = [fields[0], fields[Math.floor(random.next() * fields.length)], fields.at(-1)]
  for (const field of Array.isArray(value) ? new Set(few) : fields) {
    if (field === undefined) continue
    found.push({ holder, field })
    placesIn(holder[field], found)
  }
  return found
}

function learnSome(detector: StreamDetector): void {
  for (let i = 0; i < 40; i++) {
    const sample = [Math.floor(random.next() * 6), random.next()]
    expect(detector.scoreThenLearn(sample, i * HOUR_MS)).toSatisfy(Number.isFinite)
  }
}

it.each([
  ['rcf', { trees: 2, sampleSize: 16, shingleSize: 2, outputAfter: 4 }],
  ['rrcf', { trees: 2, windowSize: 16, outputAfter: 4 }],
  ['surprise', { trees: 2, sampleSize: 16, dayParts: 3, warmUp: 20 }],
  ['half-space-trees', { trees: 2, height: 3, window: 12 }],
  ['online-iforest', { trees: 2, window: 32, leafSamples: 2 }],
  ['knn', { neighbours: 2, window: 12 }],
  ['lof', { neighbours: 2, window: 12 }],
  ['loda', { projections: 4, bins: 3, window: 12 }],
  ['xstream', { projections: 4, chains: 3, depth: 4, window: 12 }],
  ['rs-hash', { grids: 4, window: 12 }],
  ['robust-z-score', { window: 12, warmUp: 5 }],
  ['ewma', { warmUp: 5 }],
  ['z-score', { window: 12, warmUp: 5 }],
  ['z-score', { unit: 'probability', warmUp: 5 }],
  ['p2-quantile', { warmUp: 10 }],
  ['windowed', { detector: { id: 'iforest', parameters: { nEstimators: 3 } }, size: 12, refitEvery: 10, fewest: 5 }],
  ['combined', { members: ['ewma', { id: 'knn', parameters: { neighbours: 2, window: 8 } }], memory: 12, warmUp: 5 }],
])('refuses an edited state of %s, or goes on with finite scores', (id, parameters) => {
  const detector = streamDetectors.create(id, parameters, { columns: 2, seed: 1 })
  learnSome(detector)
  const state: unknown = JSON.parse(JSON.stringify(detector))
  const refused = refusedEdits(state, (edited) => learnSome(streamDetectors.restore(edited)))
  expect(refused).toBeGreaterThan(60)
  learnSome(streamDetectors.restore(state))
})

it.each([
  ['conformal', { window: 20, warmUp: 10 }],
  ['spot', { initial: 20, peaks: 10, level: 0.8 }],
  ['dspot', { initial: 15, peaks: 10, level: 0.8, depth: 5 }],
  ['quantile', { warmUp: 10 }],
  ['gaussian-tail', { window: 20, warmUp: 10 }],
])('refuses an edited state of %s, or goes on with probabilities', (id, parameters) => {
  const calibrateSome = (calibrator: ScoreCalibrator): void => {
    for (let i = 0; i < 40; i++) {
      const answer = calibrator.calibrateThenLearn(random.next() ** 4)
      expect(answer >= 0 && answer <= 1, `${answer}`).toBe(true)
    }
  }
  const calibrator = scoreCalibrators.create(id, parameters, { columns: 1, seed: 1 })
  calibrateSome(calibrator)
  const state: unknown = JSON.parse(JSON.stringify(calibrator))
  const refused = refusedEdits(state, (edited) => calibrateSome(scoreCalibrators.restore(edited)))
  expect(refused).toBeGreaterThan(40)
  calibrateSome(scoreCalibrators.restore(state))
})

// How many edits were refused, of all fields and all values; the others went on.
function refusedEdits(state: unknown, goOn: (edited: unknown) => void): number {
  let refused = 0
  for (const { holder, field } of placesIn(state)) {
    const before = holder[field]
    for (const edit of EDITS) {
      holder[field] = edit
      try {
        goOn(structuredClone(state))
      } catch (error) {
        if (!AnomalyDetectionError.is(error)) throw error
        expect(error.code).toBe('anomaly-detection/invalid-stream-state')
        refused++
      }
    }
    holder[field] = before
  }
  return refused
}
