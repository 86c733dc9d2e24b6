import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { restoreCutTree } from './cut-tree-state.ts'
import { CutTree } from './cut-tree.ts'
import { collusiveDisplacement, collusiveDisplacementOnceInserted, displacement } from './displacement.ts'
import { PointStore } from './point-store.ts'

interface Nested {
  readonly dim?: number
  readonly cut?: number
  readonly left?: Nested
  readonly right?: Nested
  readonly leaf?: ReadonlyArray<number>
}

interface Vectors {
  readonly points: ReadonlyArray<ReadonlyArray<number>>
  readonly trees: ReadonlyArray<{
    readonly tree: Nested
    readonly displacement: ReadonlyArray<number>
    readonly collusive_displacement: ReadonlyArray<number>
  }>
}

describe.skipIf(!hasReferenceData)(`vectors of the package rrcf${referenceNote}`, () => {
  it('gives the displacement of every point', () => {
    const { points, trees } = referenceJson('stream/rrcf.json') as Vectors
    const store = new PointStore(2)
    for (const point of points) store.add(Float64Array.from(point))
    expect(trees.length).toBeGreaterThan(0)
    for (const { tree: nested, displacement: expected, collusive_displacement: collusive } of trees) {
      const tree = new CutTree(store, points.length, new Int32Array(points.length))
      const state = { nodes: [] as number[], cuts: [] as number[], masses: [] as number[] }
      const visit = ({ dim = 0, cut = 0, left, right, leaf }: Nested): void => {
        if (left === undefined || right === undefined) {
          state.nodes.push(-1 - (leaf?.[0] ?? 0))
          state.masses.push(leaf?.length ?? 0)
          return
        }
        state.nodes.push(dim)
        state.cuts.push(cut)
        visit(left)
        visit(right)
      }
      visit(nested)
      restoreCutTree(tree, state, (place) => place)
      for (const [place, point] of points.entries()) {
        expect(displacement(tree, Float64Array.from(point))).toBe(expected[place])
        expect(collusiveDisplacement(tree, Float64Array.from(point))).toBeCloseTo(collusive[place] ?? 0, 12)
      }
    }
  })
})

it('foretells what an insertion will give', () => {
  const random = randomStream(7)
  const store = new PointStore(2)
  const tree = new CutTree(store, 200, new Int32Array(200))
  const round = (): number => Math.floor(random.next() * 12) // some points come twice
  tree.insert(Float64Array.of(0, 0), store.add(Float64Array.of(0, 0)), random)
  for (let i = 1; i < 200; i++) {
    const point = Float64Array.of(round(), round())
    const foretold = collusiveDisplacementOnceInserted(tree, point, randomStream(random.toJSON()))
    tree.insert(point, store.add(point), random)
    expect(collusiveDisplacement(tree, point)).toBe(foretold)
  }
})
