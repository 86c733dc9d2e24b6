import fc from 'fast-check'
import { expect, it } from 'vitest'

import { randomStream } from '../../numeric/random-stream.ts'
import { cutTreeState, isCutTreeState, restoreCutTree } from './cut-tree-state.ts'
import { boxOf, CutTree, sidesOf } from './cut-tree.ts'
import { PointStore } from './point-store.ts'

const DIMENSIONS = 3

// Few different numbers, so that points repeat and share sides of boxes.
const points = fc.array(fc.tuple(...Array.from({ length: DIMENSIONS }, () => fc.integer({ min: -4, max: 4 }))), {
  minLength: 1,
  maxLength: 40,
})

function grown(rows: ReadonlyArray<ReadonlyArray<number>>, seed: number) {
  const store = new PointStore(DIMENSIONS)
  const tree = new CutTree(store, rows.length + 1, new Int32Array(rows.length + 1))
  const random = randomStream(seed)
  const insert = (row: ReadonlyArray<number>): void => {
    const point = Float64Array.from(row)
    tree.insert(point, store.add(point), random)
  }
  for (const row of rows) insert(row)
  return { tree, insert, stateOf: () => cutTreeState(tree, (index) => index) }
}

function checkBoxes(tree: CutTree, node: number): number[] {
  const { values, low, high, step } = boxOf(tree, node)
  const box = Array.from({ length: DIMENSIONS }, (_, k) => [values[low + step * k] ?? 0, values[high + step * k] ?? 0])
  if (node < tree.firstLeaf) {
    const children = [tree.links[2 * node] ?? 0, tree.links[2 * node + 1] ?? 0].map((child) => checkBoxes(tree, child))
    const joined = box.map((_, k) => [
      Math.min(...children.map((child) => child[2 * k] ?? 0)),
      Math.max(...children.map((child) => child[2 * k + 1] ?? 0)),
    ])
    expect(box).toEqual(joined)
    expect(sidesOf(tree, node)).toBe(joined.reduce((sum, [least = 0, largest = 0]) => sum + largest - least, 0))
    const [left = 0, right = 0] = [tree.links[2 * node], tree.links[2 * node + 1]]
    expect(tree.mass[node]).toBe((tree.mass[left] ?? 0) + (tree.mass[right] ?? 0))
  }
  return box.flat()
}

it('gives back the same tree when a point goes in and out again', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 0, max: 1e6 }), (rows, seed) => {
      const [last = [0, 0, 0], ...others] = rows
      const { tree, insert, stateOf } = grown(others, seed)
      const before = JSON.stringify(stateOf())
      insert(last)
      checkBoxes(tree, tree.root)
      expect(tree.size).toBe(rows.length)
      tree.remove(Float64Array.from(last))
      if (others.length > 0) checkBoxes(tree, tree.root)
      expect(JSON.stringify(stateOf())).toBe(before)
    }),
  )
})

it('holds what is left when points go out in another order, and nothing at last', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 0, max: 1e6 }), (rows, seed) => {
      const { tree } = grown(rows, seed)
      for (const [gone, row] of rows.toReversed().entries()) {
        expect(tree.size).toBe(rows.length - gone)
        tree.remove(Float64Array.from(row))
        if (tree.size > 0) checkBoxes(tree, tree.root)
      }
      expect(tree.size).toBe(0)
    }),
    { numRuns: 50 },
  )
})

it('cuts a dimension as often as its share of the sides says, however the tree came to be', () => {
  // box of sides 6, 3, 1 with all corners taken from two points, and a third one that was there and went
  let firsts = [0, 0, 0]
  const trees = 3000
  for (let seed = 0; seed < trees; seed++) {
    const { tree, insert } = grown(
      [
        [0, 0, 0],
        [9, 1, 7],
      ],
      seed,
    )
    insert([6, 3, 1])
    tree.remove(Float64Array.from([9, 1, 7]))
    firsts = firsts.map((count, k) => count + (tree.dimension[tree.root] === k ? 1 : 0))
  }
  for (const [k, share] of [0.6, 0.3, 0.1].entries()) {
    const sd = Math.sqrt((share * (1 - share)) / trees)
    expect(Math.abs((firsts[k] ?? 0) / trees - share)).toBeLessThan(4 * sd)
  }
})

it('is the same tree after a trip through its state', () => {
  fc.assert(
    fc.property(points, fc.integer({ min: 0, max: 1e6 }), (rows, seed) => {
      const { tree, stateOf } = grown(rows, seed)
      const state = stateOf()
      const again = new CutTree(tree.store, rows.length, new Int32Array(rows.length))
      restoreCutTree(again, JSON.parse(JSON.stringify(state)), (place) => place)
      checkBoxes(again, again.root)
      expect(cutTreeState(again, (index) => index)).toEqual(state)
      expect(isCutTreeState(state, rows.length, DIMENSIONS)).toBe(true)
    }),
    { numRuns: 50 },
  )
})

it('sees what is no tree', () => {
  const whole = { nodes: [1, -1, -2], cuts: [0.5], masses: [1, 2] }
  expect(isCutTreeState(whole, 2, 3)).toBe(true)
  expect(isCutTreeState({ nodes: [], cuts: [], masses: [] }, 2, 3)).toBe(true)
  const edited = [
    { ...whole, nodes: [1, -1] },
    { ...whole, nodes: [-1, 1, -2] },
    { ...whole, nodes: [1, -1, -3] },
    { ...whole, nodes: [3, -1, -2] },
    { ...whole, nodes: [0.5, -1, -2] },
    { ...whole, cuts: [] },
    { ...whole, masses: [1] },
    { ...whole, masses: [1, 0] },
  ]
  for (const state of edited) expect(isCutTreeState(state, 2, 3)).toBe(false)
})
