import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { symmetricEigenOf } from './symmetric-eigen.ts'

const symmetric = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc
    .array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -1e3, max: 1e3, noNaN: true })), {
      minLength: n * n,
      maxLength: n * n,
    })
    .map((values) => ({ n, matrix: symmetricOf(n, (i, j) => values[i * n + j] ?? 0) })),
)

function symmetricOf(n: number, at: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n]
    return at(Math.max(i, j), Math.min(i, j))
  })
}

/** Largest entries of A v - value v, relative to the largest eigenvalue, and of V V^T - 1. */
function errorsOf(matrix: Float64Array, n: number): { readonly residual: number; readonly skew: number } {
  const { values, vectors } = symmetricEigenOf(matrix, n)
  const norm = Math.max(...values.map(Math.abs), Number.MIN_VALUE)
  let residual = 0
  let skew = 0
  for (let i = 0; i < n; i++) {
    for (let r = 0; r < n; r++) {
      let product = 0
      let overlap = 0
      for (let k = 0; k < n; k++) {
        product += (matrix[r * n + k] ?? 0) * (vectors[i * n + k] ?? 0)
        overlap += (vectors[r * n + k] ?? 0) * (vectors[i * n + k] ?? 0)
      }
      residual = Math.max(residual, Math.abs(product - (values[i] ?? 0) * (vectors[i * n + r] ?? 0)) / norm)
      skew = Math.max(skew, Math.abs(overlap - (r === i ? 1 : 0)))
    }
  }
  return { residual, skew }
}

describe('symmetricEigenOf', () => {
  it('solves a matrix worked by hand', () => {
    // [[2, 1], [1, 2]]: det(A - x) = (2 - x)^2 - 1, so x = 3 along (1, 1) and 1 along (1, -1)
    const { values, vectors } = symmetricEigenOf(Float64Array.of(2, 1, 1, 2), 2)
    expect(values[0]).toBeCloseTo(3, 15)
    expect(values[1]).toBeCloseTo(1, 15)
    expect(Math.abs(vectors[0] ?? 0)).toBeCloseTo(Math.SQRT1_2, 15)
    expect(vectors[0]).toBeCloseTo(vectors[1] ?? 0, 15)
    expect(vectors[2]).toBeCloseTo(-(vectors[3] ?? 0), 15)
  })

  it('finds the known eigenvalues of the second difference', () => {
    // 2 on the diagonal, -1 beside it: 2 - 2 cos(pi i / (n + 1)), i = 1..n
    const n = 200
    const matrix = symmetricOf(n, (i, j) => (i === j ? 2 : i - j === 1 ? -1 : 0))
    const { values } = symmetricEigenOf(matrix, n)
    for (const [at, value] of values.entries()) {
      expect(Math.abs(value - (2 - 2 * Math.cos((Math.PI * (n - at)) / (n + 1))))).toBeLessThan(1e-14 * 4)
    }
  })

  it('gives orthonormal vectors that reproduce the matrix', () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const { residual, skew } = errorsOf(matrix, n)
        expect(residual).toBeLessThan(1e-14)
        expect(skew).toBeLessThan(1e-14)
      }),
    )
  })

  it.each([
    ['full', () => 1],
    ['of rank 40', () => 0],
  ])('stays exact at 150 by 150, %s', (_, noise) => {
    const random = seededRandom(2)
    const factor = Float64Array.from({ length: 150 * 40 }, () => random() - 0.5)
    const matrix = symmetricOf(150, (i, j) => {
      let sum = noise() * (random() - 0.5)
      for (let k = 0; k < 40; k++) sum += (factor[i * 40 + k] ?? 0) * (factor[j * 40 + k] ?? 0)
      return sum
    })
    const mirrored = symmetricOf(150, (i, j) => matrix[i * 150 + j] ?? 0)
    const { residual, skew } = errorsOf(mirrored, 150)
    expect(residual).toBeLessThan(1e-14)
    expect(skew).toBeLessThan(1e-13)
  })

  it('takes matrices that are diagonal already, or nothing at all', () => {
    const { values } = symmetricEigenOf(Float64Array.of(1, 0, 0, 0, 5, 0, 0, 0, -2), 3)
    expect([...values]).toEqual([5, 1, -2])
    expect([...symmetricEigenOf(new Float64Array(16), 4).values]).toEqual([0, 0, 0, 0])
  })

  it('leaves its input alone and stops when told to', () => {
    const matrix = Float64Array.of(2, 1, 1, 2)
    symmetricEigenOf(matrix, 2)
    expect([...matrix]).toEqual([2, 1, 1, 2])
    expect(() => symmetricEigenOf(matrix, 2, AbortSignal.abort())).toThrow(
      expect.objectContaining({ code: 'anomaly-detection/cancelled' }),
    )
  })
})
