import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { choleskyOf, logDeterminantOf, lowerInverseOf } from './cholesky.ts'

describe('choleskyOf', () => {
  it('factors by hand', () => {
    // [[4, 2], [2, 10]]: l11 = 2, l21 = 2 / 2 = 1, l22 = sqrt(10 - 1) = 3; det 36; inverse [[1/2, 0], [-1/6, 1/3]]
    const lower = choleskyOf(Float64Array.of(4, 2, 2, 10), 2) ?? new Float64Array()
    expect([...lower]).toEqual([2, 0, 1, 3])
    expect(logDeterminantOf(lower, 2)).toBeCloseTo(Math.log(36), 14)
    const inverse = lowerInverseOf(lower, 2)
    for (const [at, value] of [1 / 2, 0, -1 / 6, 1 / 3].entries()) expect(inverse[at]).toBeCloseTo(value, 15)
  })

  it('has no factor of a matrix that is not positive definite', () => {
    expect(choleskyOf(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined()
    expect(choleskyOf(Float64Array.of(-1), 1)).toBeUndefined()
    expect(choleskyOf(Float64Array.of(Number.NaN), 1)).toBeUndefined()
  })

  it.each([1, 3, 8, 20])('multiplies back to the matrix, and with its inverse to 1, at %d columns', (n) => {
    const random = seededRandom(n)
    const a = Float64Array.from({ length: n * n }, () => random() - 0.5)
    const times = (x: Float64Array, y: Float64Array, transposed: boolean) =>
      Float64Array.from({ length: n * n }, (_, at) => {
        let sum = 0
        for (let k = 0; k < n; k++) {
          const from = transposed ? (at % n) * n + k : k * n + (at % n)
          sum += (x[Math.floor(at / n) * n + k] ?? 0) * (y[from] ?? 0)
        }
        return sum
      })
    const matrix = times(a, a, true)
    const lower = choleskyOf(matrix, n) ?? new Float64Array(n * n)
    times(lower, lower, true).forEach((value, at) => expect(value).toBeCloseTo(matrix[at] ?? 0, 12))
    times(lowerInverseOf(lower, n), lower, false).forEach((value, at) => {
      expect(value).toBeCloseTo(Math.floor(at / n) === at % n ? 1 : 0, 9)
    })
  })
})
