import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type DecisionTrees, StepFunctionBuilder, treesOfSteps } from './decision-trees.ts'

function valueAt({ roots, features, splits, left, right, weights }: DecisionTrees, x: ReadonlyArray<number>): number {
  return Array.from(roots).reduce((sum, root) => {
    let node = root
    while ((features[node] ?? -1) >= 0) {
      const goesLeft = (x[features[node] ?? 0] ?? 0) <= (splits[node] ?? 0)
      node = (goesLeft ? left[node] : right[node]) ?? 0
    }
    return sum + (weights[node] ?? 0)
  }, 0)
}

describe('a step function', () => {
  it('leaves out steps that nothing lies in and joins equal ones', () => {
    const steps = new StepFunctionBuilder().step(1, 2).step(7, 2).step(1, 3).step(4, 5).end(0, 4)

    expect(steps).toEqual({ feature: 0, cuts: [3], values: [1, 4] })
  })

  it('is the same as a tree, and several are added up', () => {
    const cuts = fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 0, maxLength: 12 })
    fc.assert(
      fc.property(cuts, cuts, fc.integer({ min: -25, max: 25 }), fc.integer({ min: -25, max: 25 }), (a, b, x, y) => {
        const functions = [a, b].map((list, feature) => {
          const ascending = [...list].sort((one, other) => one - other)
          return { feature, cuts: ascending, values: [...ascending.map((_, i) => i + 1), ascending.length + 1] }
        })
        const expected = [x, y].reduce((sum, value, i) => {
          const place = functions[i]?.cuts.filter((cut) => cut < value).length ?? 0
          return sum + (functions[i]?.values[place] ?? 0)
        }, 0)
        expect(valueAt(treesOfSteps(functions), [x, y])).toBe(expected)
      }),
      { numRuns: 200 },
    )
  })
})
