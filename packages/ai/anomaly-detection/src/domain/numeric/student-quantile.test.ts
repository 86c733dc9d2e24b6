import { expect, it } from 'vitest'

import { studentQuantile } from './student-quantile.ts'

it.each([
  // t tables: 97.5 % and 99.5 % points
  [0.025, 1, 12.7062047362],
  [0.025, 10, 2.2281388519],
  [0.005, 30, 2.7499956536],
  [0.025, 1e6, 1.9599663], // near the normal's 1.959964
])('exceeded with probability %d at %d degrees of freedom: %d', (tail, degrees, expected) => {
  expect(studentQuantile(tail, degrees)).toBeCloseTo(expected, 6)
})

it('is exact where there is a closed form: one degree of freedom is the Cauchy distribution', () => {
  for (const tail of [0.3, 0.01, 1e-6]) {
    expect(studentQuantile(tail, 1) * Math.tan(Math.PI * tail)).toBeCloseTo(1, 9)
  }
  expect(studentQuantile(0.5, 1)).toBe(0)
})
