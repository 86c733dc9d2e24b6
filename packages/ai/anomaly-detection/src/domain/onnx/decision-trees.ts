import type { Forest } from '../forest/isolation-tree.ts'

/** Trees of comparisons whose leaves are added up; children stand behind their parents. */
export interface DecisionTrees {
  /** The node at which each tree begins. */
  readonly roots: ArrayLike<number>
  /** Shape (nodes): what a node compares, -1 for a leaf. */
  readonly features: ArrayLike<number>
  /** Shape (nodes): values up to and including it go left. */
  readonly splits: ArrayLike<number>
  readonly left: ArrayLike<number>
  readonly right: ArrayLike<number>
  /** Shape (nodes): what a leaf adds. */
  readonly weights: ArrayLike<number>
}

/** A function of one feature that is constant between cuts. */
export interface StepFunction {
  readonly feature: number
  /** Ascending; a value up to and including a cut lies before it. */
  readonly cuts: ReadonlyArray<number>
  /** One more than there are cuts. */
  readonly values: ReadonlyArray<number>
}

/** An isolation forest's trees. @param lengths - shape (nodes): what a row that ends there contributes */
export function treesOfForest({ roots, features, thresholds, left }: Forest, lengths: Float64Array): DecisionTrees {
  return { roots, features, splits: thresholds, left, right: left.map((child) => child + 1), weights: lengths }
}

/** One balanced tree for each step function. */
export function treesOfSteps(functions: ReadonlyArray<StepFunction>): DecisionTrees {
  const trees = {
    roots: [] as number[],
    features: [] as number[],
    splits: [] as number[],
    left: [] as number[],
    right: [] as number[],
    weights: [] as number[],
  }
  for (const { feature, cuts, values } of functions) trees.roots.push(grow(feature, cuts, values, 0, cuts.length))
  return trees

  // The tree for the values from `first` to `last`, both included: there is a cut between any two.
  function grow(
    feature: number,
    cuts: ReadonlyArray<number>,
    values: ReadonlyArray<number>,
    first: number,
    last: number,
  ): number {
    const node = trees.features.length
    const cut = (first + last) >> 1
    const isLeaf = first === last
    trees.features.push(isLeaf ? -1 : feature)
    trees.splits.push(isLeaf ? 0 : (cuts[cut] as number))
    trees.weights.push(isLeaf ? (values[first] as number) : 0)
    trees.left.push(-1)
    trees.right.push(-1)
    if (isLeaf) return node
    trees.left[node] = grow(feature, cuts, values, first, cut)
    trees.right[node] = grow(feature, cuts, values, cut + 1, last)
    return node
  }
}

/**
 * Collects a step function from left to right: steps that no number lies in are left out, and neighbours of one value are one.
 */
export class StepFunctionBuilder {
  readonly #cuts: number[] = []
  readonly #values: number[] = []

  /** Values up to and including `to`, from where the last step ended. */
  step(value: number, to: number): this {
    const last = this.#cuts.length - 1
    if (last >= 0 && to <= (this.#cuts[last] as number)) return this
    if (last >= 0 && this.#values[last] === value) this.#cuts[last] = to
    else {
      this.#cuts.push(to)
      this.#values.push(value)
    }
    return this
  }

  /** The function, with what is behind the last step. */
  end(feature: number, value: number): StepFunction {
    if (this.#values.at(-1) === value) {
      this.#cuts.pop()
      this.#values.pop()
    }
    return { feature, cuts: this.#cuts, values: [...this.#values, value] }
  }
}
