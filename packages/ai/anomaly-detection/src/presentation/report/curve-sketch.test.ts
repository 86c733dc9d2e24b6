import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CurveSketch, SKETCH_COLUMNS } from './curve-sketch.ts'

const drawn = (values: ReadonlyArray<number>) => {
  const sketch = new CurveSketch()
  values.forEach((value, i) => sketch.add((i + 0.5) / values.length, value))
  return sketch.columns()
}

describe('CurveSketch', () => {
  it('keeps the first, least, greatest and last of each column', () => {
    // four points in each of 800 columns
    const values = Array.from({ length: 4 * SKETCH_COLUMNS }, (_, i) => [5, 1, 9, 4][i % 4] ?? 0)
    const columns = drawn(values)
    expect(columns).toHaveLength(SKETCH_COLUMNS)
    for (const { first, least, greatest, last } of columns) expect([first, least, greatest, last]).toEqual([5, 1, 9, 4])
  })

  it('loses no extreme, and never grows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 5000 }),
        (values) => {
          const columns = drawn(values)
          expect(columns.length).toBeLessThanOrEqual(SKETCH_COLUMNS)
          expect(Math.min(...columns.map(({ least }) => least))).toBe(Math.min(...values))
          expect(Math.max(...columns.map(({ greatest }) => greatest))).toBe(Math.max(...values))
          expect(columns[0]?.first).toBe(values[0])
          expect(columns.at(-1)?.last).toBe(values.at(-1))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('breaks where there is no value, and takes points in any order', () => {
    expect(drawn([1, Number.NaN, 3, 4]).map(({ isApart }) => isApart)).toEqual([true, true, false])
    const sketch = new CurveSketch()
    for (const place of [0.9, 0.1, 0.5]) sketch.add(place, place)
    expect(sketch.columns().map(({ first }) => first)).toEqual([0.1, 0.5, 0.9])
  })
})
