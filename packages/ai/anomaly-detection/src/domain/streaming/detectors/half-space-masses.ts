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
  #reads: 0 | 1 = 0

  /** @param limit - a walk ends at a node with less mass; @param window - samples a window, at most 65,535 */
  constructor(forest: HalfSpaceForest, window: number, limit: number) {
    this.#forest = forest
    this.#inner = 2 ** forest.height - 1
    this.#nodes = 2 * this.#inner + 1
    this.#limit = limit
    this.#window = window
    this.#masses = new Uint16Array(forest.trees * this.#nodes * 2)
    this.#leaves = new Int32Array(2 * window * forest.trees).fill(NONE)
  }

  /** Reads the last whole window's masses. @param point - shape (columns) */
  walk(point: Float64Array): void {
    const { trees, features, thresholds } = this.#forest
    const masses = this.#masses
    const inner = this.#inner
    const limit = this.#limit
    let [massSum, pathSum] = [0, 0]
    for (let tree = 0; tree < trees; tree++) {
      const first = tree * inner
      const firstMass = tree * this.#nodes * 2 + this.#reads
      let node = 0
      for (let weight = 1; ; weight *= 2) {
        const mass = masses[firstMass + node * 2] as number
        pathSum += mass * weight
        if (mass < limit || node >= inner) {
          massSum += mass * weight
          break
        }
        const isLow = (point[features[first + node] as number] as number) < (thresholds[first + node] as number)
        node = 2 * node + (isLow ? 1 : 2)
      }
    }
    this.massSum = massSum
    this.pathSum = pathSum
  }

  /** Counts a sample in the window that is being filled. @param row - its place there, from 0 */
  count(point: Float64Array, row: number): void {
    const { trees, features, thresholds } = this.#forest
    const masses = this.#masses
    const inner = this.#inner
    const writes = 1 - this.#reads
    const leafAt = (writes * this.#window + row) * trees
    for (let tree = 0; tree < trees; tree++) {
      const first = tree * inner
      const firstMass = tree * this.#nodes * 2 + writes
      let node = 0
      masses[firstMass] = (masses[firstMass] as number) + 1
      while (node < inner) {
        const isLow = (point[features[first + node] as number] as number) < (thresholds[first + node] as number)
        node = 2 * node + (isLow ? 1 : 2)
        const at = firstMass + node * 2
        masses[at] = (masses[at] as number) + 1
      }
      this.#leaves[leafAt + tree] = node
    }
  }

  /** `walk` and then `count`, in one go. */
  walkAndCount(point: Float64Array, row: number): void {
    const { trees, features, thresholds } = this.#forest
    const masses = this.#masses
    const inner = this.#inner
    const limit = this.#limit
    const reads = this.#reads
    const leafAt = ((1 - reads) * this.#window + row) * trees
    let [massSum, pathSum] = [0, 0]
    for (let tree = 0; tree < trees; tree++) {
      const first = tree * inner
      const firstPair = tree * this.#nodes * 2
      let node = 0
      let weight = 1
      for (;;) {
        const mass = masses[firstPair + node * 2 + reads] as number
        const written = firstPair + node * 2 + 1 - reads
        masses[written] = (masses[written] as number) + 1
        pathSum += mass * weight
        if (mass < limit || node >= inner) {
          massSum += mass * weight
          break
        }
        const isLow = (point[features[first + node] as number] as number) < (thresholds[first + node] as number)
        node = 2 * node + (isLow ? 1 : 2)
        weight *= 2
      }
      while (node < inner) {
        const isLow = (point[features[first + node] as number] as number) < (thresholds[first + node] as number)
        node = 2 * node + (isLow ? 1 : 2)
        const written = firstPair + node * 2 + 1 - reads
        masses[written] = (masses[written] as number) + 1
      }
      this.#leaves[leafAt + tree] = node
    }
    this.massSum = massSum
    this.pathSum = pathSum
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
