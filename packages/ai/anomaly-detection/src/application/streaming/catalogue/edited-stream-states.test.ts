import { expect, it } from 'vitest'

import { AnomalyDetectionError } from '../../../domain/errors.ts'
import { randomStream } from '../../../domain/numeric/random-stream.ts'
import type { StreamDetector } from '../../../domain/streaming/stream-detector.ts'
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
])('refuses an edited state of %s, or goes on with finite scores', (id, parameters) => {
  const detector = streamDetectors.create(id, parameters, { columns: 2, seed: 1 })
  learnSome(detector)
  const state: unknown = JSON.parse(JSON.stringify(detector))
  let refused = 0
  for (const { holder, field } of placesIn(state)) {
    const before = holder[field]
    for (const edit of EDITS) {
      holder[field] = edit
      try {
        learnSome(streamDetectors.restore(structuredClone(state)))
      } catch (error) {
        if (!AnomalyDetectionError.is(error)) throw error
        expect(error.code).toBe('anomaly-detection/invalid-stream-state')
        refused++
      }
    }
    holder[field] = before
  }
  expect(refused).toBeGreaterThan(300)
  learnSome(streamDetectors.restore(state))
})
