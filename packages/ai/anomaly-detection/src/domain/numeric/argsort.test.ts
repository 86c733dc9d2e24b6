import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { argsort, createArgsort } from './argsort.ts'

const finite = fc.double({ noNaN: true })
// values that agree in their upper 32 bits, so that only the lower ones tell them apart
const close = fc.integer({ min: 0, max: 40 }).map((step) => 1e8 + step * 2 ** -26)
const lists = fc.oneof(
  fc.array(finite, { maxLength: 300 }),
  fc.array(close, { maxLength: 300 }),
  fc.array(fc.constantFrom(0, -0, 1, -1, Infinity, -Infinity, 5e-324, -5e-324), { maxLength: 100 }),
)

function obvious(values: Float64Array): number[] {
  return Array.from(values.keys()).sort((a, b) => {
    const [x, y] = [values[a] ?? 0, values[b] ?? 0]
    return x < y ? -1 : x > y ? 1 : a - b
  })
}

describe('argsort', () => {
  it('puts -0 and 0 in index order, denormals on their sides', () => {
    expect([...argsort(Float64Array.of(0, -0, 5e-324, -5e-324, 0))]).toEqual([3, 0, 1, 4, 2])
  })

  it('agrees with a stable sort by comparison', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const values = Float64Array.from(list)
        expect([...argsort(values)]).toEqual(obvious(values))
      }),
    )
  })

  it('sorts one array after another in the same memory', () => {
    const { sort } = createArgsort(3)
    expect([...sort(Float64Array.of(3, 1, 2))]).toEqual([1, 2, 0])
    expect([...sort(Float64Array.of(1, 2, 3))]).toEqual([0, 1, 2])
  })
})
