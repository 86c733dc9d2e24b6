import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { seededRandom } from '../numeric/seeded-random.ts'
import { hasWasm } from '../wasm/instantiate.ts'
import { createForestBuilder, forestOf, growTree } from './isolation-tree.ts'
import { addPathLengths, averagePathLength, pathLengthsOf } from './path-length.ts'
import { depthOf, perfectForestOf, plainWalk } from './perfect-forest.ts'
import { wasmWalk } from './wasm-walk.ts'

function grown(data: Float64Array, columns: number, trees: number, seed: number) {
  const random = seededRandom(seed)
  const builder = createForestBuilder()
  const size = data.length / columns
  for (let tree = 0; tree < trees; tree++) {
    growTree(
      builder,
      { data, columns, size },
      Int32Array.from({ length: columns }, (_, i) => i),
      8,
      random,
    )
  }
  return forestOf(builder)
}

afterEach(() => vi.unstubAllGlobals())

describe('averagePathLength', () => {
  it('is c(n) of the paper', () => {
    expect([0, 1, 2].map(averagePathLength)).toEqual([0, 0, 1])
    // 2 (ln 255 + 0.5772156649) - 2 * 255 / 256
    expect(averagePathLength(256)).toBeCloseTo(10.2447709201, 10)
  })
})

describe('a grown tree', () => {
  it('splits two different values once, at a threshold between them', () => {
    const forest = grown(Float64Array.of(1, 2), 1, 1, 3)
    expect([...forest.features]).toEqual([0, -1, -1])
    expect([...forest.samples]).toEqual([2, 1, 1])
    expect(forest.thresholds[0]).toBeGreaterThanOrEqual(1)
    expect(forest.thresholds[0]).toBeLessThan(2)
    expect([...pathLengthsOf(forest)]).toEqual([1, 1, 1])
  })

  it('does not split what does not vary', () => {
    const forest = grown(Float64Array.of(5, 5, 5), 1, 1, 3)
    expect([...forest.features]).toEqual([-1])
    expect(pathLengthsOf(forest)[0]).toBe(averagePathLength(3))
  })

  it('never leaves a side empty, and its leaves hold the whole sample', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 60 }),
        fc.nat(),
        (values, seed) => {
          const { left, samples, features } = grown(Float64Array.from(values), 1, 1, seed)
          features.forEach((feature, node) => {
            if (feature === -1) return
            const child = left[node] ?? 0
            expect(samples[child]).toBeGreaterThan(0)
            expect(samples[child + 1]).toBeGreaterThan(0)
            expect((samples[child] ?? 0) + (samples[child + 1] ?? 0)).toBe(samples[node])
          })
        },
      ),
    )
  })
})

describe('the walks', () => {
  it.runIf(hasWasm())('add up the same path lengths, to the last bit: node by node, padded, and in WebAssembly', () => {
    expect(hasWasm()).toBe(true)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 70 }), fc.nat(), (columns, rows, seed) => {
        const random = seededRandom(seed)
        const draw = (count: number) =>
          Float64Array.from({ length: count * columns }, () => Math.round(random() * 40) / 8)
        const forest = grown(draw(64), columns, 7, seed)
        const x = draw(rows)
        const lengths = pathLengthsOf(forest)
        const perfect = perfectForestOf(forest, lengths, depthOf(forest))
        const expected = new Float64Array(rows)
        addPathLengths(forest, lengths, x, columns, expected)
        for (const walk of [plainWalk(perfect), wasmWalk(perfect, columns, rows)]) {
          const sums = new Float64Array(rows)
          walk(x, columns, 0, sums)
          expect(sums).toEqual(expected)
        }
      }),
    )
  })

  it('say so where there is no WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined)
    expect(hasWasm()).toBe(false)
  })
})
