import { hasReferenceData, referenceJson, referenceNote } from '@nomaly/tool-laws'
import { assert, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { iforest, type IforestState } from '../detectors/iforest.ts'
import { averagePathLength, pathLengthsOf } from '../forest/path-length.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import golden from './__fixtures__/shap-isolation-forest.json' with { type: 'json' }
import { kernelShap } from './kernel-shap.ts'
import type { ScoreRows } from './score-rows.ts'
import { treeShapOf } from './tree-shap.ts'

interface Nodes {
  readonly columns: number
  readonly sampleSize: number
  readonly roots: ReadonlyArray<number>
  readonly features: ReadonlyArray<number>
  readonly thresholds: ReadonlyArray<number>
  readonly left: ReadonlyArray<number>
  readonly samples: ReadonlyArray<number>
}

describe('treeShapOf', () => {
  it('shares out a path length worked by hand', () => {
    // Four rows. The root parts one of them off by feature 0 (depth 1); feature 1 halves nothing of the other three: one
    // at depth 2, two at depth 2 + c(2) = 3. The row goes left at once: its path is 1.
    // None told: 1/4 * 1 + 3/4 * (1/3 * 2 + 2/3 * 3) = 2.25. Only 0 told: 1. Only 1 told, as the row goes left there as
    // well: 1/4 * 1 + 3/4 * 2 = 1.75. Both: 1. phi_0 = ((2.25 - 1) + (1.75 - 1)) / 2 = 1, phi_1 = (0.5 + 0) / 2 = 0.25.
    const forest = forestOf({
      columns: 2,
      sampleSize: 4,
      roots: [0],
      features: [0, -1, 1, -1, -1],
      thresholds: [0, 0, 0, 0, 0],
      left: [1, -1, 3, -1, -1],
      samples: [4, 1, 3, 1, 2],
    })
    const shap = treeShapOf(forest)
    const row = Float64Array.of(-1, -1)
    const values = explained(forest, row)

    expect(shap.baseValue).toBeCloseTo(-2.25, 12)
    expect(shap.outputOf(row)).toBe(-1)
    expect(values[0]).toBeCloseTo(1, 12)
    expect(values[1]).toBeCloseTo(0.25, 12)
  })

  it("agrees with PyPI's shap on a forest of scikit-learn", () => {
    const forest = forestOf(golden.state)
    const shap = treeShapOf(forest)
    expect(shap.baseValue).toBeCloseTo(-golden.expectedValue, 9)
    for (const [i, row] of golden.rows.entries()) {
      const values = explained(forest, Float64Array.from(row))
      for (const [j, value] of (golden.values[i] ?? []).entries()) expect(values[j]).toBeCloseTo(-value, 9)
      const score = 2 ** (shap.outputOf(Float64Array.from(row)) / averagePathLength(forest.sampleSize))
      expect(score).toBeCloseTo(golden.scores[i] ?? 0, 9)
    }
  })

  it.skipIf(!hasReferenceData)(`agrees with the reference values${referenceNote}`, () => {
    const { cases } = referenceJson('explain/iforest-shapley.json') as { readonly cases: ReadonlyArray<ReferenceCase> }
    expect(cases.length).toBeGreaterThan(3)
    for (const one of cases) {
      const forest = breadthFirst(one)
      for (const { x, path_dependent: wanted } of one.rows) {
        const values = explained(forest, Float64Array.from(x))
        expect(treeShapOf(forest).baseValue).toBeCloseTo(-wanted.base, 9)
        for (const [j, value] of wanted.values.entries()) expect(values[j]).toBeCloseTo(-value, 9)
      }
    }
  })

  it.skipIf(!hasReferenceData)(`against a background is Kernel SHAP's, of the score too${referenceNote}`, async () => {
    const { cases } = referenceJson('explain/iforest-shapley.json') as { readonly cases: ReadonlyArray<ReferenceCase> }
    for (const one of cases) {
      const forest = breadthFirst(one)
      const outputOf = treeShapOf(forest).outputOf
      const path: ScoreRows = ({ data, rows, columns }) =>
        Promise.resolve(
          Float64Array.from({ length: rows }, (_, i) => outputOf(data.subarray(i * columns, (i + 1) * columns))),
        )
      const score: ScoreRows = (x) => Promise.resolve(iforest.score(forest, x))
      const background = {
        data: Float64Array.from(one.background.flat()),
        rows: one.background.length,
        columns: one.features,
      }
      const options = { samples: 2 ** 10, random: seededRandom(1) }
      for (const { x, interventional_path: ofPath, interventional_score: ofScore } of one.rows) {
        const byPath = await kernelShap(Float64Array.from(x), background, path, options)
        expect(byPath.baseValue).toBeCloseTo(-ofPath.base, 9)
        for (const [j, value] of ofPath.values.entries()) expect(byPath.values[j]).toBeCloseTo(-value, 9)
        const byScore = await kernelShap(Float64Array.from(x), background, score, options)
        expect(byScore.baseValue).toBeCloseTo(ofScore.base, 9)
        for (const [j, value] of ofScore.values.entries()) expect(byScore.values[j]).toBeCloseTo(value, 9)
      }
    }
  })

  it('puts the feature first that a row was made anomalous in, nine times of ten', () => {
    let first = 0
    for (let seed = 0; seed < 40; seed++) {
      const random = seededRandom(seed)
      const data = Float64Array.from({ length: 300 * 6 }, () => random() + random() + random())
      const planted = seed % 6
      data[planted] = 4 + random()
      const x = { data, rows: 300, columns: 6 }
      const { state } = iforest.fit(
        x,
        { nEstimators: 50, maxSamples: 256, maxFeatures: 1, bootstrap: false },
        { random },
      )
      const values = explained(state, data.subarray(0, 6))
      if (values.indexOf(Math.max(...values)) === planted) first++
    }
    expect(first).toBeGreaterThanOrEqual(36)
  })

  it('agrees with all orders of up to eight features, adds up, and gives a feature without splits nothing', () => {
    assert(
      property(record({ seed: integer({ min: 0, max: 1e6 }), columns: integer({ min: 1, max: 8 }) }), (drawn) => {
        const { forest, row } = grown({ ...drawn, rows: 60, nEstimators: 4 })
        const shap = treeShapOf(forest)
        const values = explained(forest, row)
        const wanted = bruteForceShapley(drawn.columns, (told) => -meanPath(forest, row, told))
        for (let j = 0; j < drawn.columns; j++) expect(Math.abs((values[j] ?? 0) - (wanted[j] ?? 0))).toBeLessThan(1e-9)
        const sum = values.reduce((total, one) => total + one, shap.baseValue)
        expect(Math.abs(sum - shap.outputOf(row))).toBeLessThan(1e-9)
        const used = new Set(forest.features)
        for (let j = 0; j < drawn.columns; j++) if (!used.has(j)) expect(values[j]).toBe(0)
      }),
      { numRuns: 25 },
    )
  })

  it('gives features that play the same part the same value', () => {
    const mirrored = forestOf({
      columns: 2,
      sampleSize: 4,
      roots: [0, 5],
      features: [0, -1, 1, -1, -1, 1, -1, 0, -1, -1],
      thresholds: [0, 0, 1, 0, 0, 0, 0, 1, 0, 0],
      left: [1, -1, 3, -1, -1, 6, -1, 8, -1, -1],
      samples: [4, 1, 3, 1, 2, 4, 1, 3, 1, 2],
    })
    const [first, second] = explained(mirrored, Float64Array.of(2, 2))
    expect(first).toBeCloseTo(second ?? 0, 12)
    expect(first).not.toBe(0)
  })

  it('adds up in deep trees over many features, and over features sampled for each tree', () => {
    for (const maxFeatures of [1, 0.3]) {
      const { forest, row } = grown({
        seed: 3,
        columns: 40,
        rows: 3000,
        nEstimators: 20,
        maxSamples: 3000,
        maxFeatures,
      })
      const shap = treeShapOf(forest)
      const sum = explained(forest, row).reduce((total, one) => total + one, shap.baseValue)
      expect(Math.abs(sum - shap.outputOf(row))).toBeLessThan(1e-9)
    }
  })

  it('has nothing to share out where trees have a single row', () => {
    const { forest, row } = grown({ seed: 1, columns: 2, rows: 1, nEstimators: 3 })
    expect([...explained(forest, row)]).toEqual([0, 0])
    expect(treeShapOf(forest).baseValue).toBeCloseTo(0, 12)
  })

  it('refuses a forest that was edited into disorder', () => {
    const { forest } = grown({ seed: 1, columns: 2, rows: 50, nEstimators: 2 })
    const emptied = forest.samples.slice()
    emptied[1] = 0
    expect(() => treeShapOf({ ...forest, samples: emptied })).toThrow(/without training rows/)
    const crossed = forest.left.slice()
    crossed[0] = (forest.roots[1] ?? 0) + 1
    expect(() => treeShapOf({ ...forest, left: crossed })).toThrow(/one behind the other/)
  })
})

function explained(forest: IforestState, row: Float64Array): Float64Array {
  const out = new Float64Array(forest.columns)
  treeShapOf(forest).explain(row, out)
  return out
}

function forestOf({ columns, sampleSize, roots, features, thresholds, left, samples }: Nodes): IforestState {
  return {
    columns,
    sampleSize,
    roots: Int32Array.from(roots),
    features: Int32Array.from(features),
    thresholds: Float64Array.from(thresholds),
    left: Int32Array.from(left),
    samples: Int32Array.from(samples),
  }
}

interface Growth {
  readonly seed: number
  readonly columns: number
  readonly rows: number
  readonly nEstimators: number
  readonly maxSamples?: number
  readonly maxFeatures?: number
}

function grown({ seed, columns, rows, nEstimators, maxSamples = 32, maxFeatures = 1 }: Growth): {
  readonly forest: IforestState
  readonly row: Float64Array
} {
  const random = seededRandom(seed)
  // few different values, so that thresholds and ties meet
  const data = Float64Array.from({ length: rows * columns }, () => Math.round(20 * random() * random()) / 4)
  const parameters = { nEstimators, maxSamples, maxFeatures, bootstrap: false }
  const { state } = iforest.fit({ data, rows, columns }, parameters, { random })
  return { forest: state, row: data.slice(0, columns) }
}

// The value function as it is defined: both sides of a split on an untold feature, by their shares.
function meanPath(forest: IforestState, row: Float64Array, told: (feature: number) => boolean): number {
  const { roots, features, thresholds, left, samples } = forest
  const lengths = pathLengthsOf(forest)
  const walk = (node: number): number => {
    const child = left[node] ?? -1
    if (child === -1) return lengths[node] ?? 0
    const feature = features[node] ?? 0
    if (told(feature)) return walk((row[feature] ?? 0) <= (thresholds[node] ?? 0) ? child : child + 1)
    const share = (samples[child] ?? 0) / (samples[node] ?? 1)
    return share * walk(child) + (1 - share) * walk(child + 1)
  }
  return roots.reduce((sum, root) => sum + walk(root), 0) / roots.length
}

// Shapley values by every set of features, as they are defined.
function bruteForceShapley(features: number, valueOf: (told: (feature: number) => boolean) => number): Float64Array {
  const outcomes = Array.from({ length: 2 ** features }, (_, set) => valueOf((feature) => ((set >> feature) & 1) === 1))
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
  return Float64Array.from({ length: features }, (_, feature) =>
    outcomes.reduce((sum, outcome, set) => {
      if (((set >> feature) & 1) === 1) return sum
      const size = set.toString(2).replaceAll('0', '').length
      const share = (factorial(size) * factorial(features - size - 1)) / factorial(features)
      return sum + share * ((outcomes[set | (1 << feature)] ?? 0) - outcome)
    }, 0),
  )
}

interface ReferenceCase {
  readonly features: number
  readonly psi: number
  readonly trees: ReadonlyArray<{
    readonly left: ReadonlyArray<number>
    readonly right: ReadonlyArray<number>
    readonly feature: ReadonlyArray<number>
    readonly threshold: ReadonlyArray<number>
    readonly cover: ReadonlyArray<number>
  }>
  readonly background: ReadonlyArray<ReadonlyArray<number>>
  readonly rows: ReadonlyArray<{
    readonly x: ReadonlyArray<number>
    readonly path_dependent: ReferenceValues
    readonly interventional_path: ReferenceValues
    readonly interventional_score: ReferenceValues
  }>
}

interface ReferenceValues {
  readonly base: number
  readonly values: ReadonlyArray<number>
}

// Right children stand right behind the left ones here.
function breadthFirst({ features: columns, psi, trees }: ReferenceCase): IforestState {
  const nodes = {
    roots: [] as number[],
    features: [] as number[],
    thresholds: [] as number[],
    left: [] as number[],
    samples: [] as number[],
  }
  for (const tree of trees) {
    const base = nodes.left.length
    nodes.roots.push(base)
    const order = [0]
    for (const node of order) {
      const child = tree.left[node] ?? -1
      nodes.features.push(child === -1 ? -1 : (tree.feature[node] ?? 0))
      nodes.thresholds.push(tree.threshold[node] ?? 0)
      nodes.left.push(child === -1 ? -1 : base + order.length)
      nodes.samples.push(tree.cover[node] ?? 0)
      if (child !== -1) order.push(child, tree.right[node] ?? 0)
    }
  }
  return forestOf({ columns, sampleSize: psi, ...nodes })
}
