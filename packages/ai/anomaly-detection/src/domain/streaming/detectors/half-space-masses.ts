import type { HalfSpaceForest } from './half-space-forest.ts'

const NONE = -1

/**
 * How many samples of two windows went through each node of a forest: of the last whole window, which walks read, and of the
 * one that is being filled.
 */
export class HalfSpaceMasses {
  /** Of the last walk: the sum over trees of the mass where it ended, times 2^depth. */
  massSum = 0
  /** Of the last walk: the sum over trees and over all nodes on the way of mass times 2^depth. */
  pathSum = 0
  readonly #forest: HalfSpaceForest
  readonly #inner: number
  readonly #nodes: number
  readonly #limit: number
  readonly #window: number
  // Shape (trees, nodes, 2): both windows' masses of a node lie side by side, since a walk touches both.
  readonly #masses: Uint16Array
  // Shape (2, window, trees): the leaf each sample went to, to take a window's masses away again.
  readonly #leaves: Int32Array
  // Shape (trees): the leaves of the last descent.
  readonly #reached: Int32Array
  #reads: 0 | 1 = 0

  /** @param limit - a walk ends at a node with less mass; @param window - samples a window, at most 65,535 */
  constructor(forest: HalfSpaceForest, window: number, limit: number) {
    this.#forest = forest
    this.#inner = 2 ** forest.height - 1
    this.#nodes = 2 * this.#inner + 1
    this.#limit = limit
    this.#window = window
    this.#masses = new Uint16Array(forest.trees * this.#nodes * 2)
    this.#reached = new Int32Array(forest.trees)
    this.#leaves = new Int32Array(2 * window * forest.trees).fill(NONE)
  }

  /** Reads the last whole window's masses. @param point - shape (columns) */
  walk(point: Float64Array): void {
    this.#descend(point)
    this.#addUp()
  }

  /** Counts a sample in the window that is being filled. @param row - its place there, from 0 */
  count(point: Float64Array, row: number): void {
    this.#descend(point)
    this.#countReached(row)
  }

  /** `walk` and then `count`, with one descent. */
  walkAndCount(point: Float64Array, row: number): void {
    this.#descend(point)
    this.#addUp()
    this.#countReached(row)
  }

  // To the leaf of each tree. Sides are as good as random, so they are computed, not branched on, and four trees go down
  // together: a step must wait for the one before it in the same tree only.
  #descend(point: Float64Array): void {
    const { trees, height, features, thresholds } = this.#forest
    const inner = this.#inner
    const reached = this.#reached
    let tree = 0
    for (; tree + 4 <= trees; tree += 4) {
      const a = tree * inner
      const b = a + inner
      const c = b + inner
      const d = c + inner
      let [i, j, k, l] = [0, 0, 0, 0]
      for (let depth = 0; depth < height; depth++) {
        i = 2 * i + 1 + Number((point[features[a + i] as number] as number) >= (thresholds[a + i] as number))
        j = 2 * j + 1 + Number((point[features[b + j] as number] as number) >= (thresholds[b + j] as number))
        k = 2 * k + 1 + Number((point[features[c + k] as number] as number) >= (thresholds[c + k] as number))
        l = 2 * l + 1 + Number((point[features[d + l] as number] as number) >= (thresholds[d + l] as number))
      }
      reached[tree] = i
      reached[tree + 1] = j
      reached[tree + 2] = k
      reached[tree + 3] = l
    }
    for (; tree < trees; tree++) {
      const a = tree * inner
      let i = 0
      for (let depth = 0; depth < height; depth++) {
        i = 2 * i + 1 + Number((point[features[a + i] as number] as number) >= (thresholds[a + i] as number))
      }
      reached[tree] = i
    }
  }

  // The node at a depth on the way to leaf n is ((n + 1) >> (height - depth)) - 1.
  #addUp(): void {
    const { trees, height } = this.#forest
    const masses = this.#masses
    const limit = this.#limit
    let massSum = 0
    let pathSum = 0
    for (let tree = 0; tree < trees; tree++) {
      const leaf = (this.#reached[tree] as number) + 1
      const first = tree * this.#nodes * 2 + this.#reads
      let weight = 1
      for (let up = height; ; up--) {
        const mass = masses[first + 2 * ((leaf >> up) - 1)] as number
        pathSum += mass * weight
        if (mass < limit || up === 0) {
          massSum += mass * weight
          break
        }
        weight *= 2
      }
    }
    this.massSum = massSum
    this.pathSum = pathSum
  }

  #countReached(row: number): void {
    const { trees, height } = this.#forest
    const masses = this.#masses
    const writes = 1 - this.#reads
    const leafAt = (writes * this.#window + row) * trees
    for (let tree = 0; tree < trees; tree++) {
      const node = this.#reached[tree] as number
      const first = tree * this.#nodes * 2 + writes
      for (let up = height; up >= 0; up--) {
        const at = first + 2 * (((node + 1) >> up) - 1)
        masses[at] = (masses[at] as number) + 1
      }
      this.#leaves[leafAt + tree] = node
    }
  }

  /** The window that was being filled is read from now on; a new one begins. */
  turn(): void {
    const emptied = this.#reads
    this.#reads = emptied === 0 ? 1 : 0
    this.#empty(emptied)
  }

  clear(): void {
    this.#empty(0)
    this.#empty(1)
  }

  /**
   * Adds up by feature how surprising the sides are that a walk takes: log2 of half the mass over the mass on that side, where
   * that is above 0. @param high, low - shape (columns), added to @returns the sum of what was added
   */
  surprises(point: Float64Array, high: Float64Array, low: Float64Array): number {
    const { trees, features, thresholds } = this.#forest
    let total = 0
    for (let tree = 0; tree < trees; tree++) {
      let node = 0
      let mass = this.#readAt(tree, node)
      while (mass >= this.#limit && node < this.#inner) {
        const feature = features[tree * this.#inner + node] as number
        const isLow = (point[feature] as number) < (thresholds[tree * this.#inner + node] as number)
        node = 2 * node + (isLow ? 1 : 2)
        const beyond = this.#readAt(tree, node)
        const surprise = Math.max(0, Math.log2((mass + 1) / (2 * beyond + 1)))
        const side = isLow ? low : high
        side[feature] = (side[feature] as number) + surprise
        total += surprise
        mass = beyond
      }
    }
    return total
  }

  #readAt(tree: number, node: number): number {
    return this.#masses[(tree * this.#nodes + node) * 2 + this.#reads] as number
  }

  // A node whose mass is gone has no mass above it either: each node is visited once.
  #empty(which: 0 | 1): void {
    const { trees } = this.#forest
    const end = (which + 1) * this.#window * trees
    for (let at = which * this.#window * trees, tree = 0; at < end; at++, tree = tree + 1 === trees ? 0 : tree + 1) {
      const first = tree * this.#nodes * 2 + which
      for (let node = this.#leaves[at] as number; node >= 0; node = node === 0 ? NONE : (node - 1) >> 1) {
        if (this.#masses[first + node * 2] === 0) break
        this.#masses[first + node * 2] = 0
      }
      this.#leaves[at] = NONE
    }
  }
}
