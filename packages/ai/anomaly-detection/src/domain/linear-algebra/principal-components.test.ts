import { describe, expect, it } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { columnMomentsOf } from './column-moments.ts'
import { principalComponentsOf } from './principal-components.ts'

/** Rows of `columns` columns, the first `wide` of which are random and the others 0. */
function matrixOf(rows: number, columns: number, wide: number) {
  const random = seededRandom(4)
  const data = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < wide; column++) data[row * columns + column] = (random() - 0.5) * (column + 1)
  }
  return { data, rows, columns }
}

function componentsOf(matrix: ReturnType<typeof matrixOf>) {
  const { factors, means } = columnMomentsOf(matrix)
  return principalComponentsOf(matrix, { factors, centers: means, scales: factors.map(() => 1) })
}

describe('principalComponentsOf', () => {
  it('solves by rows what it solves by columns', () => {
    // Columns of zeros change no component, but 12 rows of 30 columns are solved by rows, of 9 columns by columns.
    const narrow = componentsOf(matrixOf(12, 9, 9))
    const broad = componentsOf(matrixOf(12, 30, 9))
    expect([narrow.count, broad.count]).toEqual([9, 9])
    for (let component = 0; component < 9; component++) {
      expect(broad.deviations[component]).toBeCloseTo(narrow.deviations[component] ?? 0, 12)
      expect(broad.ratios[component]).toBeCloseTo(narrow.ratios[component] ?? 0, 12)
      let cosine = 0
      for (let column = 0; column < 9; column++) {
        cosine += (narrow.components[component * 9 + column] ?? 0) * (broad.components[component * 30 + column] ?? 0)
      }
      expect(Math.abs(cosine)).toBeCloseTo(1, 12)
    }
  })

  it('finds at most as many directions as rows leave free', () => {
    expect(componentsOf(matrixOf(5, 40, 40)).count).toBe(4)
    expect(componentsOf(matrixOf(30, 40, 40)).count).toBe(29)
    expect(componentsOf(matrixOf(5, 40, 0)).count).toBe(0)
  })
})
