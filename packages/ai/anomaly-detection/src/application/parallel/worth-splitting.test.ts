import { describe, expect, it } from 'vitest'

import type { Matrix } from '../../domain/matrix.ts'
import { configureDetector, detectorIds } from '../catalogue/catalogue.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'
import { rowRanges } from './row-ranges.ts'
import { isWorthSplitting } from './worth-splitting.ts'

const poolOf = (threads: number, fewestRows?: number): WorkerPool => ({
  threads,
  fewestRows,
  run: () => Promise.reject(new Error('nobody asks')),
})
const matrixOf = (rows: number, columns: number): Matrix => ({ data: new Float64Array(0), rows, columns })

describe('work is worth splitting', () => {
  it('from a size on that differs by detector, and never on one thread', () => {
    const lof = configureDetector('lof')
    expect(isWorthSplitting(lof, matrixOf(14_999, 10), poolOf(2))).toBe(false)
    expect(isWorthSplitting(lof, matrixOf(15_000, 10), poolOf(2))).toBe(true)
    expect(isWorthSplitting(lof, matrixOf(3000, 50), poolOf(2))).toBe(true)
    expect(isWorthSplitting(lof, matrixOf(15_000, 10), poolOf(1))).toBe(false)
    for (const id of ['hbos', 'ecod']) {
      expect(isWorthSplitting(configureDetector(id), matrixOf(100_000_000, 10), poolOf(2))).toBe(false)
    }
  })

  it('sooner where a parameter makes it longer', () => {
    const small = configureDetector('iforest')
    const large = configureDetector('iforest', { nEstimators: 1000 })
    expect(isWorthSplitting(small, matrixOf(25_000, 10), poolOf(2))).toBe(false)
    expect(isWorthSplitting(large, matrixOf(25_000, 10), poolOf(2))).toBe(true)
  })

  it.each(detectorIds)('for %s where the pool says so, but never a single row', (id) => {
    const detector = configureDetector(id)
    expect(isWorthSplitting(detector, matrixOf(50, 2), poolOf(2, 50))).toBe(true)
    expect(isWorthSplitting(detector, matrixOf(49, 2), poolOf(2, 50))).toBe(false)
    expect(isWorthSplitting(detector, matrixOf(1, 2), poolOf(2, 1))).toBe(false)
  })
})

describe('rows', () => {
  it.each([
    [10, 3, [0, 3, 6, 10]],
    [2, 5, [0, 1, 2]],
    [1, 1, [0, 1]],
  ])('of which there are %i are cut into %i parts without a gap, none empty', (rows, parts, bounds) => {
    const ranges = rowRanges(rows, parts)
    expect([0, ...ranges.map(({ to }) => to)]).toEqual(bounds)
    expect(ranges.map(({ from }) => from)).toEqual(bounds.slice(0, -1))
  })
})
