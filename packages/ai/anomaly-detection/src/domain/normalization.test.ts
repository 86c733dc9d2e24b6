import { describe, expect, it } from 'vitest'

import { datasetFromColumns } from './dataset-of.ts'
import { normalizationOf, normalize } from './normalization.ts'

const dataset = datasetFromColumns({ x: [1, 2, 3, 6], constant: [7, 7, 7, 7] })
const x = (by: Parameters<typeof normalize>[1]) => Array.from(normalize(dataset, by).data.filter((_, i) => i % 2 === 0))

describe('normalize', () => {
  it('z-score: mean 3, population sd sqrt((4 + 1 + 0 + 9) / 4)', () => {
    const sd = Math.sqrt(3.5)
    expect(x('z-score')).toEqual([-2 / sd, -1 / sd, 0, 3 / sd])
  })

  it('min-max: onto [0, 1]', () => {
    expect(x('min-max')).toEqual([0, 0.2, 0.4, 1])
  })

  it('robust: median 2.5, quartiles 1.75 and 3.75', () => {
    expect(x('robust')).toEqual([-0.75, -0.25, 0.25, 1.75])
  })

  it('makes a constant column 0 throughout', () => {
    for (const method of ['z-score', 'min-max', 'robust'] as const) {
      expect(Array.from(normalize(dataset, method).data.filter((_, i) => i % 2 === 1))).toEqual([0, 0, 0, 0])
    }
  })

  it('treats later rows by what was learned, and leaves its input alone', () => {
    const later = datasetFromColumns({ x: [11], constant: [8] })
    expect(normalize(later, normalizationOf(dataset, 'min-max')).data).toEqual(Float64Array.of(2, 1))
    expect(later.data).toEqual(Float64Array.of(11, 8))
  })

  it('refuses other columns', () => {
    const other = datasetFromColumns({ y: [1], constant: [1] })
    expect(() => normalize(other, normalizationOf(dataset, 'robust'))).toThrow(/learned from columns x, constant/)
  })
})
