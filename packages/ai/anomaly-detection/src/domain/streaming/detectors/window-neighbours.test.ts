import fc from 'fast-check'
import { expect, it } from 'vitest'

import { lof } from '../../detectors/lof.ts'
import { randomStream } from '../../numeric/random-stream.ts'
import { WindowKnn } from './window-knn.ts'
import { WindowLof } from './window-lof.ts'

const { next } = randomStream(6)
const samples = Array.from({ length: 150 }, () => Float64Array.of(next(), next() ** 3, next() * 5))
const last = (count: number): Float64Array => Float64Array.from(samples.slice(-count).flatMap((row) => Array.from(row)))

it('the distance to the k-th nearest of the last samples is that of comparing all', () => {
  const [far, mean] = (['largest', 'mean'] as const).map(
    (distance) => new WindowKnn(3, { neighbours: 4, window: 60, distance, standardize: false }),
  )
  for (const sample of samples) for (const detector of [far, mean]) detector?.learnOne(sample)
  const one = [0.5, 0.9, 2]
  const distances = samples
    .slice(-60)
    .map((row) => Math.hypot(...row.map((value, column) => value - (one[column] ?? 0))))
    .sort((a, b) => a - b)
    .slice(0, 4)
  expect(far?.scoreOne(one)).toBeCloseTo(distances[3] ?? 0, 12)
  expect(mean?.scoreOne(one)).toBeCloseTo(distances.reduce((a, b) => a + b) / 4, 12)
})

it('standardized neighbours do not care for units', () => {
  const [plain, other] = [1, 1e9].map((unit) => {
    const detector = new WindowKnn(3, { neighbours: 3, window: 64, distance: 'largest', standardize: true })
    for (const [a = 0, b = 0, c = 0] of samples) detector.learnOne([a * unit, b, c / unit])
    return detector.scoreOne([0.2 * unit, 2, 0.3 / unit])
  })
  expect(other).toBeCloseTo(plain ?? Number.NaN, 9)
})

it('the local outlier factor among the last samples is that of the detector fitted to them', () => {
  const detector = new WindowLof(3, { neighbours: 7, window: 50, standardize: false })
  for (const sample of samples) detector.learnOne(sample)
  const x = { data: last(50), rows: 50, columns: 3 }
  const { state } = lof.fit(x, { nNeighbors: 7, metric: 'euclidean' }, { random: next })
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 6, noNaN: true }), { minLength: 3, maxLength: 3 }), (sample) => {
      const wanted = lof.score(state, { data: Float64Array.from(sample), rows: 1, columns: 3 })[0] ?? Number.NaN
      expect(detector.scoreOne(sample)).toBeCloseTo(wanted, 6)
    }),
    { numRuns: 50 },
  )
})
