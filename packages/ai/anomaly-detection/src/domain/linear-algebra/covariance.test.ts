import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { columnMomentsOf } from './column-moments.ts'
import { covarianceOf } from './covariance.ts'

const covarianceOfRows = (data: Float64Array, columns: number): Float64Array =>
  covarianceOf(data.length / columns, columns, (first, last, block, stride) => {
    for (let row = first; row < last; row++) {
      for (let column = 0; column < columns; column++) {
        block[column * stride + row - first] = data[row * columns + column] ?? 0
      }
    }
  })

describe('covarianceOf', () => {
  it('is the mean of products', () => {
    // Rows (1, 2), (-1, 0), (0, -2): sums of squares 2 and 8, of products 2; over 3
    expect([...covarianceOfRows(Float64Array.of(1, 2, -1, 0, 0, -2), 2)]).toEqual([2 / 3, 2 / 3, 2 / 3, 8 / 3])
  })

  it.each([1, 3, 4, 5, 9])('agrees with the obvious sums over several blocks of %d columns', (columns) => {
    const rows = 300
    const random = seededRandom(columns)
    const data = Float64Array.from({ length: rows * columns }, () => random() - 0.5)
    const covariance = covarianceOfRows(data, columns)
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0
        for (let row = 0; row < rows; row++) sum += (data[row * columns + i] ?? 0) * (data[row * columns + j] ?? 0)
        expect(covariance[i * columns + j]).toBeCloseTo(sum / rows, 14)
        expect(covariance[i * columns + j]).toBe(covariance[j * columns + i])
      }
    }
  })
})

describe('columnMomentsOf', () => {
  it('is the mean and the population standard deviation of each column', () => {
    // 1, 3, 8: mean 4, squares 9 + 1 + 16 over 3. A constant 0.1 keeps its value, though 0.1 * 3 / 3 does not.
    const { factors, means, deviations } = columnMomentsOf({
      data: Float64Array.of(1, 0.1, 3, 0.1, 8, 0.1),
      rows: 3,
      columns: 2,
    })
    expect([...factors]).toEqual([1, 1])
    expect([...means]).toEqual([4, 0.1])
    expect(deviations[0]).toBeCloseTo(Math.sqrt(26 / 3), 15)
    expect(deviations[1]).toBe(1)
  })

  it('measures extreme columns in a unit of their own', () => {
    const { factors, means, deviations } = columnMomentsOf({
      data: Float64Array.of(1e308, 1e-310, -1e308, 3e-310, 1.5e308, 2e-310),
      rows: 3,
      columns: 2,
    })
    // In units of 1e308: mean 0.5, squares 0.25 + 2.25 + 1 over 3. In units of 1e-310: mean 2, squares 1 + 1 + 0 over 3.
    expect((means[0] ?? 0) / (factors[0] ?? 0) / 1e308).toBeCloseTo(0.5, 14)
    expect((deviations[0] ?? 0) / (factors[0] ?? 0) / 1e308).toBeCloseTo(Math.sqrt(3.5 / 3), 14)
    expect((deviations[1] ?? 0) / (means[1] ?? 0)).toBeCloseTo(Math.sqrt(2 / 3) / 2, 10)
  })
})
