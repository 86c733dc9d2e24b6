import { expect, it } from 'vitest'

import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import type { NeighbourSearch } from '../../domain/training-neighbours.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import { neighboursFor } from './fit-in-parts.ts'
import { sharedSearchesOf } from './shared-searches.ts'

const random = seededRandom(1)
const x = { data: Float64Array.from({ length: 600 }, () => Math.round(random() * 30)), rows: 200, columns: 3 }
const ids = ['knn', 'ecod', 'lof', 'cof', 'abod', 'sod']

it('searches once for as many as any detector needs, and each learns what it learns alone', async () => {
  const detectors = ids.map((id) => configureDetector(id))
  const searches = sharedSearchesOf(detectors, x)
  const asked: NeighbourSearch[] = []
  for (const detector of detectors) {
    const neighbours = await searches(detector, (search) => {
      asked.push(search)
      return neighboursFor(detector, x, search, undefined, undefined)
    })
    const shared = detector.fit(x, { seed: 1, neighbours })
    const alone = detector.fit(x, { seed: 1 })
    expect(shared.trainingScores()).toEqual(alone.trainingScores())
    expect(shared.state).toEqual(alone.state)
  }
  expect(asked).toEqual([{ k: 20, metric: 'euclidean' }])
})

it('leaves alone what nobody shares', async () => {
  const detectors = [
    configureDetector('knn', { metric: 'manhattan' }),
    configureDetector('lof'),
    configureDetector('hbos'),
  ]
  const searches = sharedSearchesOf(detectors, x)
  const find = (): Promise<never> => Promise.reject(new Error('nobody asks'))
  for (const detector of detectors) expect(await searches(detector, find)).toBeUndefined()
})
