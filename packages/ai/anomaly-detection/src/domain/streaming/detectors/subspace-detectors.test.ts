import { expect, it } from 'vitest'

import { rocAuc } from '../../metrics/roc-auc.ts'
import { randomStream } from '../../numeric/random-stream.ts'
import type { StreamDetector } from '../stream-detector.ts'
import { RsHash } from './rs-hash.ts'
import { createXStream } from './x-stream.ts'

/** Twelve columns in a line, of which one leaves it in one sample of fifty: no column by itself shows that. */
function figureOf(detector: StreamDetector): number {
  const { next } = randomStream(12)
  const labels = Uint8Array.from({ length: 4000 }, (_, i) => (i > 1500 && i % 50 === 0 ? 1 : 0))
  const scores = Float64Array.from(labels, (label) => {
    const center = next()
    const sample = Float64Array.from({ length: 12 }, () => center + 0.05 * next())
    if (label === 1) for (const column of [2, 5, 9]) sample[column] = (center + 0.5) % 1
    return detector.scoreThenLearn(sample)
  })
  return rocAuc(scores.subarray(1500), labels.subarray(1500))
}

it('xStream finds samples that only some of the columns together give away', () => {
  const parameters = { projections: 50, chains: 50, depth: 12, window: 256 }
  expect(figureOf(createXStream(12, 1, parameters))).toBeGreaterThan(0.95)
})

it('RS-Hash finds samples that only some of the columns together give away', () => {
  expect(figureOf(new RsHash(12, 1, { grids: 100, window: 1000 }))).toBeGreaterThan(0.95)
})

it('RS-Hash follows a stream that has moved far away', () => {
  const detector = new RsHash(2, 1, { grids: 50, window: 200 })
  const { next } = randomStream(5)
  for (let i = 0; i < 900; i++) detector.learnOne([next() + (i < 400 ? 0 : 1e4), next()])
  expect(detector.scoreOne([0.5, 0.5])).toBeGreaterThan(1.5 * detector.scoreOne([1e4 + 0.5, 0.5]))
})
