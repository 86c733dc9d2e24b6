import { describe, expect, it } from 'vitest'

import { seededRandom } from '../../domain/numeric/seeded-random.ts'
import { configureDetector } from './catalogue.ts'

const random = seededRandom(5)
const matrixOf = (rows: number) => ({ rows, columns: 2, data: Float64Array.from({ length: rows * 2 }, random) })

describe.each([
  ['knn', 'nNeighbors', 3],
  ['lof', 'nNeighbors', 3],
  ['cof', 'nNeighbors', 3],
  ['sod', 'nNeighbors', 3],
  ['feature_bagging', 'nNeighbors', 3],
  ['abod', 'nNeighbors', 4], // counts the row itself
  ['kmeans', 'nClusters', 4],
  ['cblof', 'nClusters', 4],
  ['gmm', 'nComponents', 4],
])('%s with %s', (id, parameter, most) => {
  const others = id === 'sod' ? { refSet: 1 } : {}
  const fit = (value: number) => configureDetector(id, { ...others, [parameter]: value }).fit(matrixOf(4))

  it(`takes ${most} of 4 rows, and refuses one more by name, value, rows and range`, () => {
    expect(fit(most).trainingScores()).toHaveLength(4)
    expect(() => fit(most + 1)).toThrow(
      `parameters of ${id}: ${parameter} is ${most + 1}, and there are 4 rows: it must be from 1 to ${most}; left out, it adapts to few rows`,
    )
  })

  it('adapts the default to few rows', () => {
    for (const rows of [1, 2, 4]) {
      const scores = configureDetector(id).fit(matrixOf(rows)).trainingScores()
      expect([...scores].every((score) => Number.isFinite(score))).toBe(true)
      expect(scores).toHaveLength(rows)
    }
  })
})

describe('a number of neighbours', () => {
  it('that is asked for is refused with its code and details, also of a single row', () => {
    const fit = () => configureDetector('knn', { nNeighbors: 1 }).fit(matrixOf(1))
    expect(fit).toThrow('nNeighbors is 1, and there is 1 row: too few for any')
    expect(fit).toThrow(
      expect.objectContaining({
        code: 'anomaly-detection/invalid-parameters',
        details: { detector: 'knn', parameter: 'nNeighbors', value: 1, rows: 1, maximum: 0 },
      }),
    )
  })

  it('is told from a default also in an ensemble', () => {
    const pairOf = (parameters: object) =>
      configureDetector('ensemble', { detectors: ['ecod', { id: 'knn', parameters }] })
    expect(pairOf({ method: 'mean' }).fit(matrixOf(3)).trainingScores()).toHaveLength(3)
    expect(() => pairOf({ nNeighbors: 3 }).fit(matrixOf(3))).toThrow(/nNeighbors is 3, and there are 3 rows/)
  })
})
