import { adbench, hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { describe, expect, it } from 'vitest'

import { rocAuc } from '../../metrics/roc-auc.ts'
import { randomStream } from '../../numeric/random-stream.ts'
import type { HalfSpaceForest } from './half-space-forest.ts'
import { HalfSpaceTrees, type HalfSpaceTreesParameters } from './half-space-trees.ts'

interface Node {
  readonly feature?: number
  readonly threshold?: number
  readonly left?: Node
  readonly right?: Node
}
interface Vectors {
  readonly params: { readonly window: number; readonly height: number; readonly trees: number }
  readonly trees: ReadonlyArray<Node>
  readonly rows: ReadonlyArray<ReadonlyArray<number>>
  readonly mass: ReadonlyArray<number>
  readonly path_sum: ReadonlyArray<number>
}

const paper: HalfSpaceTreesParameters = {
  trees: 25,
  height: 15,
  window: 250,
  sizeLimit: 0.1,
  score: 'mass',
  range: 'adaptive',
}
const small: HalfSpaceTreesParameters = { ...paper, trees: 10, height: 6, window: 50 }

function forestOf(trees: ReadonlyArray<Node>, height: number): HalfSpaceForest {
  const inner = 2 ** height - 1
  const features = new Uint16Array(trees.length * inner)
  const thresholds = new Float64Array(trees.length * inner)
  const fill = (tree: number, node: number, from: Node | undefined): void => {
    if (node >= inner || from?.feature === undefined) return
    features[tree * inner + node] = from.feature
    thresholds[tree * inner + node] = from.threshold ?? Number.NaN
    fill(tree, 2 * node + 1, from.left)
    fill(tree, 2 * node + 2, from.right)
  }
  for (const [tree, root] of trees.entries()) fill(tree, 0, root)
  return { trees: trees.length, height, features, thresholds }
}

describe.skipIf(!hasReferenceData)(`half-space trees${referenceNote}`, () => {
  it.each(['mass', 'path-sum'] as const)('score given trees as the reference does: %s', (score) => {
    const { params, trees, rows, mass, path_sum: pathSum } = referenceJson('stream/half-space-trees.json') as Vectors
    const parameters = { ...params, sizeLimit: 0.1, score, range: 'unit' } as const
    let detector = new HalfSpaceTrees(rows[0]?.length ?? 0, 0, parameters, forestOf(trees, params.height))
    for (const [i, row] of rows.entries()) {
      const found = detector.scoreThenLearn(row)
      const massFound = found === 0 ? 0 : params.trees * params.window * (1 / found - 1)
      if (score === 'mass') expect(massFound).toBeCloseTo(mass[i] ?? Number.NaN, 8)
      else expect(found).toBeCloseTo(pathSum[i] ?? Number.NaN, 9)
      if (i === 133) detector = HalfSpaceTrees.fromJSON(JSON.parse(JSON.stringify(detector)))
    }
  })

  it('rank Shuttle, as it comes, with a ROC AUC of 0.99 and more once the first window is full', () => {
    const { data, rows, columns, labels } = adbench('shuttle')
    const figures = [1, 2, 3].map((seed) => {
      const detector = new HalfSpaceTrees(columns, seed, paper)
      const scores = Float64Array.from({ length: rows }, (_, row) =>
        detector.scoreThenLearn(data.subarray(row * columns, (row + 1) * columns)),
      )
      return rocAuc(scores.subarray(paper.window), labels.subarray(paper.window))
    })
    expect(figures.sort((a, b) => a - b)[1]).toBeGreaterThan(0.99)
  })
})

/** A cloud around a place that moves. */
function cloud(n: number, columns: number, place: (row: number) => number): ReadonlyArray<Float64Array> {
  const { next } = randomStream(3)
  return Array.from({ length: n }, (_, row) =>
    Float64Array.from({ length: columns }, () => place(row) + next() + next() + next() - 1.5),
  )
}

describe('half-space trees with ranges of their own', () => {
  it.each([1e-6, 1, 1e6])('find a far sample whatever the unit: %d', (unit) => {
    const detector = new HalfSpaceTrees(3, 1, small)
    for (const row of cloud(300, 3, () => 7)) detector.learnOne(row.map((value) => value * unit))
    const usual = detector.scoreOne([7 * unit, 7 * unit, 7 * unit])
    expect(detector.scoreOne([7 * unit, 14 * unit, 7 * unit])).toBeGreaterThan(1.5 * usual)
  })

  it('follow a stream that has moved far away', () => {
    const detector = new HalfSpaceTrees(2, 1, small)
    const rows = cloud(400, 2, (row) => (row < 200 ? 0 : 1000))
    for (const row of rows.slice(0, 200)) detector.learnOne(row)
    expect(detector.scoreOne([1000, 1000])).toBeGreaterThan(0.95)
    for (const row of rows.slice(200)) detector.learnOne(row)
    const usual = detector.scoreOne([1000, 1000])
    expect(usual).toBeLessThan(0.5)
    expect(detector.scoreOne([1010, 1000])).toBeGreaterThan(1.5 * usual)
    expect(detector.scoreOne([0, 0])).toBeGreaterThan(1.5 * usual)
  })

  it('are not blinded by a wild value in their first window', () => {
    const detector = new HalfSpaceTrees(2, 1, small)
    for (const [i, row] of cloud(200, 2, () => 0).entries()) detector.learnOne(i === 10 ? [1e12, -1e12] : row)
    expect(detector.scoreOne([5, 5])).toBeGreaterThan(2 * detector.scoreOne([0, 0]))
  })

  it('say which column is too high, which too low', () => {
    const detector = new HalfSpaceTrees(4, 1, small)
    for (const row of cloud(300, 4, () => 0)) detector.learnOne(row)
    for (const [sample, side, column] of [
      [[0, 9, 0, 0], 'high', 1],
      [[0, 0, 0, -9], 'low', 3],
    ] as const) {
      const attribution = detector.attributeOne(sample)
      expect(attribution[side][column]).toBeGreaterThan(0.6 * detector.scoreOne(sample))
      const sum = [...attribution.high, ...attribution.low].reduce((a, b) => a + b)
      expect(sum).toBeCloseTo(detector.scoreOne(sample), 12)
    }
  })
})
