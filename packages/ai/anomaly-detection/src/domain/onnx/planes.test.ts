import { expect, it } from 'vitest'

import { rowsByPlanes } from './planes.ts'
import { LANDMARKS } from './recipe.ts'

it('finds the point that planes go through, and rows around it', () => {
  // 3 planes over 2 of 3 features each, all through (5, -2, 100).
  const features = Int32Array.of(0, 1, 1, 2, 0, 2)
  const weights = Float64Array.of(1, 1, 2, 1, 1, -1)
  const offsets = Float64Array.of(3, 96, -95)
  const { data, rows, columns } = rowsByPlanes({ columns: 3, width: 2, features, weights, offsets })

  expect({ rows, columns }).toEqual({ rows: LANDMARKS, columns: 3 })
  expect(data[0]).toBeCloseTo(5, 4)
  expect(data[1]).toBeCloseTo(-2, 4)
  expect(data[2]).toBeCloseTo(100, 3)
})
