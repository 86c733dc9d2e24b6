import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { configureDetector } from '../catalogue/catalogue.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'
import { expectedFitMs } from './expected-cost.ts'
import { fitInParts } from './fit-in-parts.ts'
import { isWorthSharing, longestFirst } from './members-in-parts.ts'
import { runPart } from './work-part.ts'

const random = seededRandom(8)
const x = { rows: 60, columns: 3, data: Float64Array.from({ length: 180 }, random) }
const detectors = ['ecod', 'iforest', { id: 'knn', parameters: { nNeighbors: 3 } }, 'iforest', 'lof']
const big = { rows: 100_000, columns: 10, data: new Float64Array() }

/** A pool that does its parts here, and tells what it was given. */
function poolOf(told: string[], fewestRows?: number): WorkerPool {
  return {
    threads: 2,
    fewestRows,
    run: (kind, parts, { signal }) => {
      told.push(...parts.map((part) => `${kind} ${'detector' in part ? part.detector : ''}`))
      return Promise.resolve(parts.map((part) => runPart(kind, part, signal)))
    },
  }
}

describe('the members of an ensemble', () => {
  it('are fitted elsewhere, the longest expected first, with the scores that they have here', async () => {
    const told: string[] = []
    const ensemble = configureDetector('ensemble', { detectors })
    const shared = await fitInParts(ensemble, x, { seed: 4 }, poolOf(told, 2))
    const alone = ensemble.fit(x, { seed: 4 })
    expect(told).toEqual(['fit iforest', 'fit iforest', 'fit lof', 'fit knn', 'fit ecod'])
    expect(shared.trainingScores()).toEqual(alone.trainingScores())
    expect(shared.state).toEqual(alone.state)
    expect(shared.score(x)).toEqual(alone.score(x))
  })

  it('stay here where one long fit leaves nothing to save', () => {
    const membersOf = (...ids: string[]) => ids.map((detector) => ({ detector, parameters: {}, seed: 0 }))
    const pool = poolOf([])
    expect(isWorthSharing(membersOf('ecod', 'hbos'), x, pool)).toBe(false)
    expect(isWorthSharing(membersOf('kde', 'hbos'), big, pool)).toBe(false) // beside kde hbos counts for nothing
    expect(isWorthSharing(membersOf('knn', 'lof'), big, pool)).toBe(true)
    expect(isWorthSharing(membersOf('knn', 'lof'), big, { ...pool, threads: 1 })).toBe(false)
    expect(longestFirst(membersOf('ecod', 'kde', 'lof', 'hbos', 'kde'), big)).toEqual([1, 4, 2, 0, 3])
  })

  it('are left to the fit where it refuses the data', async () => {
    const told: string[] = []
    const bad = { ...x, data: x.data.map((value, i) => (i === 7 ? Number.NaN : value)) }
    const ensemble = configureDetector('ensemble', { detectors })
    await expect(fitInParts(ensemble, bad, {}, poolOf(told, 2))).rejects.toThrow(/row 2, column 1 is NaN/)
    expect(told).toEqual([])
  })
})

describe('the expected cost', () => {
  it('grows with rows, columns and what is proportional to it', () => {
    const costOf = (parameters: object, rows: number, columns = 10) =>
      expectedFitMs(configureDetector('iforest', parameters), { rows, columns })
    expect(costOf({}, 10_000)).toBeCloseTo(20, 9)
    expect(costOf({ nEstimators: 300 }, 10_000)).toBeCloseTo(60, 9)
    expect(costOf({}, 20_000)).toBeCloseTo(20 * 2 ** 0.7, 9)
    expect(costOf({}, 10_000, 20)).toBeCloseTo(20 * 2 ** 0.1, 9)
  })
})
