/**
 * A random cut tree in flat arrays: points go in and out, and it stays distributed as if it were grown from those in it.
 * Source: S. Guha, N. Mishra, G. Roy, O. Schrijvers (2016), Robust Random Cut Forest Based Anomaly Detection on
 * Streams, ICML, definition 1 and algorithms 1 and 2. Points with `point[dimension] <= cut` are on the left; equal
 * points share a leaf.
 */
import type { RandomStream } from '../../numeric/random-stream.ts'
import type { BoxPlace } from './box-place.ts'
import type { PointStore } from './point-store.ts'
import { extensionOf, type Separation, separate } from './separation.ts'

const NONE = -1

/**
 * The arrays are for the other files of this folder, which read them. A node is a cut, numbered from 0, or a leaf,
 * numbered from `firstLeaf`.
 */
export class CutTree {
  readonly store: PointStore
  /** Nodes from here on are leaves. */
  readonly firstLeaf: number
  /** Of every cut: which number of a point decides, and the last one that goes left. */
  readonly dimension: Int32Array
  readonly cut: Float64Array
  /** Of every cut: its left and its right node. */
  readonly links: Int32Array
  /** Of every node: how many points are under it. */
  readonly mass: Int32Array
  /** Of every leaf, numbered from 0: its point. */
  readonly point: Int32Array
  /** Of every cut: the least and the largest number of its points, dimension by dimension, and then the sum of the sides. */
  readonly box: Float64Array
  /** Numbers of a box. */
  readonly stride: number
  /** Room for the cuts from the root to a leaf; trees that are not walked at the same time share it. */
  readonly path: Int32Array
  root: number = NONE
  #unitSize = 0
  #unit = 0
  readonly #freeCuts: Int32Array
  readonly #freeLeaves: Int32Array
  #freeCutCount: number
  #freeLeafCount: number

  /** @param capacity - the most points it ever holds @param path - shape (capacity) */
  constructor(store: PointStore, capacity: number, path: Int32Array) {
    const cuts = capacity - 1
    this.store = store
    this.firstLeaf = cuts
    this.dimension = new Int32Array(cuts)
    this.cut = new Float64Array(cuts)
    this.links = new Int32Array(2 * cuts)
    this.mass = new Int32Array(cuts + capacity)
    this.point = new Int32Array(capacity)
    this.stride = 2 * store.dimensions + 1
    this.box = new Float64Array(cuts * this.stride)
    this.path = path
    this.#freeCuts = Int32Array.from({ length: cuts }, (_, place) => cuts - 1 - place)
    this.#freeLeaves = Int32Array.from({ length: capacity }, (_, place) => capacity - 1 - place)
    this.#freeCutCount = cuts
    this.#freeLeafCount = capacity
  }

  /** How many points are in it. */
  get size(): number {
    return this.root === NONE ? 0 : (this.mass[this.root] ?? 0)
  }

  /** What a score of the tree is to be multiplied by, to compare trees of any size: log2(size + 1). */
  get unit(): number {
    const { size } = this
    if (size !== this.#unitSize) {
      this.#unitSize = size
      this.#unit = Math.log2(size + 1)
    }
    return this.#unit
  }

  /**
   * Walks down to the leaf where a point belongs; the cuts on the way are in `path` then.
   * @returns how many there are
   */
  descend(point: Float64Array): number {
    const { firstLeaf, dimension, cut, links, path } = this
    let node = this.root
    let depth = 0
    while (node < firstLeaf) {
      path[depth++] = node
      const goesRight = (point[dimension[node] ?? 0] ?? 0) > (cut[node] ?? 0)
      node = links[2 * node + (goesRight ? 1 : 0)] ?? 0
    }
    this.#reached = node
    return depth
  }

  /** The leaf that `descend` came to. */
  get reached(): number {
    return this.#reached
  }

  #reached: number = NONE

  /** Whether a leaf's point is this one. */
  holds(leaf: number, point: Float64Array): boolean {
    const { values, dimensions } = this.store
    const from = (this.point[leaf - this.firstLeaf] ?? 0) * dimensions
    for (let k = 0; k < dimensions; k++) if (values[from + k] !== point[k]) return false
    return true
  }

  /**
   * @param index - of the point in the store
   * @returns the index of the point that its leaf keeps: another one where an equal point was there before
   */
  insert(point: Float64Array, index: number, random: RandomStream): number {
    let above = NONE
    let side = 0
    let node = this.root
    if (node === NONE) {
      this.root = this.#newLeaf(index)
      return index
    }
    for (;;) {
      const place = separationAt(this, node, point, random)
      if (place !== undefined) {
        this.#replace(above, side, this.#newCut(place, node, point, index))
        return index
      }
      this.mass[node] = (this.mass[node] ?? 0) + 1
      if (node >= this.firstLeaf) return this.point[node - this.firstLeaf] ?? 0
      this.#extendBox(node, point)
      above = node
      side = (point[this.dimension[node] ?? 0] ?? 0) > (this.cut[node] ?? 0) ? 1 : 0
      node = this.links[2 * node + side] ?? 0
    }
  }

  /** Takes one point out that is in the tree. */
  remove(point: Float64Array): void {
    const depth = this.descend(point)
    const { mass, path } = this
    const leaf = this.#reached
    for (let level = 0; level < depth; level++) mass[path[level] ?? 0] = (mass[path[level] ?? 0] ?? 0) - 1
    mass[leaf] = (mass[leaf] ?? 0) - 1
    if ((mass[leaf] ?? 0) > 0) return
    this.#freeLeaves[this.#freeLeafCount++] = leaf - this.firstLeaf
    if (depth === 0) {
      this.root = NONE
      return
    }
    const parent = path[depth - 1] ?? 0
    const sibling = this.links[2 * parent + (this.links[2 * parent] === leaf ? 1 : 0)] ?? 0
    const above = depth > 1 ? (path[depth - 2] ?? 0) : NONE
    this.#replace(above, above !== NONE && this.links[2 * above] === parent ? 0 : 1, sibling)
    this.#freeCuts[this.#freeCutCount++] = parent
    this.#shrinkBoxes(depth - 2, point)
  }

  /** A node for a state that is read: its box comes from its children. */
  addCut(dimension: number, cut: number, left: number, right: number): number {
    const node = this.#freeCuts[--this.#freeCutCount] ?? 0
    this.dimension[node] = dimension
    this.cut[node] = cut
    this.links[2 * node] = left
    this.links[2 * node + 1] = right
    this.mass[node] = (this.mass[left] ?? 0) + (this.mass[right] ?? 0)
    this.#joinBoxes(node)
    return node
  }

  /** A leaf for a state that is read. */
  addLeaf(index: number, mass: number): number {
    const leaf = this.#newLeaf(index)
    this.mass[leaf] = mass
    return leaf
  }

  #newLeaf(index: number): number {
    const place = this.#freeLeaves[--this.#freeLeafCount] ?? 0
    this.point[place] = index
    this.mass[this.firstLeaf + place] = 1
    return this.firstLeaf + place
  }

  #newCut(place: Separation, node: number, point: Float64Array, index: number): number {
    const leaf = this.#newLeaf(index)
    const goesRight = (point[place.dimension] ?? 0) > place.cut
    return this.addCut(place.dimension, place.cut, goesRight ? node : leaf, goesRight ? leaf : node)
  }

  #replace(above: number, side: number, node: number): void {
    if (above === NONE) this.root = node
    else this.links[2 * above + side] = node
  }

  #extendBox(node: number, point: Float64Array): void {
    const { box } = this
    const { dimensions } = this.store
    const from = node * this.stride
    let sides = 0
    for (let k = 0; k < dimensions; k++) {
      const value = point[k] ?? 0
      const low = Math.min(box[from + 2 * k] ?? 0, value)
      const high = Math.max(box[from + 2 * k + 1] ?? 0, value)
      box[from + 2 * k] = low
      box[from + 2 * k + 1] = high
      sides += high - low
    }
    box[from + 2 * dimensions] = sides
  }

  // A box that the point does not touch stays as it is without it, and so do all boxes around it.
  #shrinkBoxes(lowest: number, point: Float64Array): void {
    for (let level = lowest; level >= 0; level--) {
      const node = this.path[level] ?? 0
      if (!this.#touches(node, point)) return
      this.#joinBoxes(node)
    }
  }

  #touches(node: number, point: Float64Array): boolean {
    const { dimensions } = this.store
    const from = node * this.stride
    for (let k = 0; k < dimensions; k++)
      if (this.box[from + 2 * k] === point[k] || this.box[from + 2 * k + 1] === point[k]) return true
    return false
  }

  #joinBoxes(node: number): void {
    const { box } = this
    const { dimensions } = this.store
    const left = boxOf(this, this.links[2 * node] ?? 0)
    const right = boxOf(this, this.links[2 * node + 1] ?? 0)
    const from = node * this.stride
    let sides = 0
    for (let k = 0; k < dimensions; k++) {
      const low = Math.min(left.values[left.low + left.step * k] ?? 0, right.values[right.low + right.step * k] ?? 0)
      const high = Math.max(left.values[left.high + left.step * k] ?? 0, right.values[right.high + right.step * k] ?? 0)
      box[from + 2 * k] = low
      box[from + 2 * k + 1] = high
      sides += high - low
    }
    box[from + 2 * dimensions] = sides
  }
}

/** The box of a cut, or the point of a leaf as a box without sides. */
export function boxOf(tree: CutTree, node: number): BoxPlace {
  const { dimensions, values } = tree.store
  if (node < tree.firstLeaf) {
    const from = node * tree.stride
    return { values: tree.box, low: from, high: from + 1, step: 2 }
  }
  const from = (tree.point[node - tree.firstLeaf] ?? 0) * dimensions
  return { values, low: from, high: from, step: 1 }
}

/** The sum of the sides of a cut's box, > 0. */
export function sidesOf(tree: CutTree, node: number): number {
  return tree.box[(node + 1) * tree.stride - 1] ?? 0
}

/**
 * Draws a cut of the box around a node and a point, anywhere in it.
 * @returns the cut where it stands between the box and the point: the point becomes a leaf there. Otherwise it belongs
 *   below the node, or is the node's own point
 */
export function separationAt(
  tree: CutTree,
  node: number,
  point: Float64Array,
  random: RandomStream,
): Separation | undefined {
  const place = boxOf(tree, node)
  const extension = extensionOf(place, point, tree.store.dimensions)
  if (extension === 0) return undefined
  const isLeaf = node >= tree.firstLeaf
  const drawn = random.next() * ((isLeaf ? 0 : sidesOf(tree, node)) + extension)
  // two points are always parted, also where they are so near that the product is rounded up
  return isLeaf || drawn < extension ? separate(place, point, tree.store.dimensions, drawn) : undefined
}
