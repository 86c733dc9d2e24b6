import type { StateReader } from '../state-reader.ts'

const ABSENT = 0
const LEAF = 1
const INNER = 2
const BARE_LEAF = 3 // a leaf that no point has come to: it has no box yet

/** What all trees of a forest share. */
export interface OnlineIsolationTreeShape {
  readonly columns: number
  /** Points a leaf at the root holds before it splits; twice as many at each further depth. */
  readonly leafSamples: number
  /** Depth of the deepest leaf. */
  readonly height: number
  /** Uniform on [0, 1). */
  readonly random: () => number
}

/**
 * A histogram of many resolutions that grows with the points it learns and shrinks with those it forgets; nodes in heap order.
 * Source: F. Leveni, G. Weigert Cassales, B. Pfahringer, A. Bifet, G. Boracchi (2024), Online Isolation Forest, algorithms 2 to 4.
 */
export class OnlineIsolationTree {
  readonly #shape: OnlineIsolationTreeShape
  readonly #kinds: Uint8Array
  readonly #counts: Int32Array
  readonly #features: Int32Array
  readonly #thresholds: Float64Array
  // Shapes (nodes, columns): the box around the points of a node.
  readonly #lows: Float64Array
  readonly #highs: Float64Array
  #size = 0

  constructor(shape: OnlineIsolationTreeShape) {
    const nodes = 2 ** (shape.height + 1) - 1
    this.#shape = shape
    this.#kinds = new Uint8Array(nodes)
    this.#counts = new Int32Array(nodes)
    this.#features = new Int32Array(nodes)
    this.#thresholds = new Float64Array(nodes)
    this.#lows = new Float64Array(nodes * shape.columns).fill(Infinity)
    this.#highs = new Float64Array(nodes * shape.columns).fill(-Infinity)
    this.#kinds[0] = BARE_LEAF
  }

  learn(point: Float64Array): void {
    this.#size++
    let [node, depth] = [0, 0]
    for (;;) {
      this.#counts[node] = (this.#counts[node] as number) + 1
      this.#stretch(node, point, 0)
      if (this.#kinds[node] !== INNER) break
      node = this.#child(node, point, 0)
      depth++
    }
    this.#kinds[node] = LEAF
    if (!this.#mayHold(node, depth)) return
    const count = this.#counts[node] as number
    this.#grow(node, depth, this.#pointsWithin(node, count), count)
  }

  forget(point: Float64Array): void {
    this.#size--
    this.#forgetBelow(0, 0, point)
  }

  /** The depth of the leaf that a point comes to, and how much deeper it would be if the leaf were split to the end. */
  depthOf(point: Float64Array): number {
    let [node, depth] = [0, 0]
    while (this.#kinds[node] === INNER) {
      node = this.#child(node, point, 0)
      depth++
    }
    return depth + expectedDepth(this.#counts[node] as number, this.#shape.leafSamples)
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const { columns } = this.#shape
    const boxes: number[] = []
    this.#kinds.forEach((kind, node) => {
      if (kind !== LEAF && kind !== INNER) return
      boxes.push(...this.#lows.subarray(node * columns, (node + 1) * columns))
      boxes.push(...this.#highs.subarray(node * columns, (node + 1) * columns))
    })
    return {
      size: this.#size,
      kinds: Array.from(this.#kinds),
      counts: Array.from(this.#counts),
      features: Array.from(this.#features),
      thresholds: Array.from(this.#thresholds),
      boxes,
    }
  }

  /** @throws AnomalyDetectionError `invalid-stream-state` */
  static fromState(state: StateReader, shape: OnlineIsolationTreeShape): OnlineIsolationTree {
    const tree = new OnlineIsolationTree(shape)
    const { columns } = shape
    const nodes = tree.#kinds.length
    tree.#size = state.integer('size')
    tree.#kinds.set(state.integers('kinds', nodes, ABSENT, BARE_LEAF))
    tree.#counts.set(state.integers('counts', nodes, -(2 ** 31), 2 ** 31 - 1))
    tree.#features.set(state.integers('features', nodes, 0, columns - 1))
    tree.#thresholds.set(state.numbers('thresholds', nodes))
    tree.#kinds.forEach((kind, node) => {
      const parent = node === 0 ? INNER : tree.#kinds[(node - 1) >> 1]
      if ((kind !== ABSENT) !== (parent === INNER) || (kind === INNER && 2 * node + 2 >= nodes))
        throw state.fault('kinds', `node ${node} stands where none can`)
    })
    const withBox = Array.from(tree.#kinds.keys()).filter((node) => [LEAF, INNER].includes(tree.#kinds[node] as number))
    const boxes = state.numbers('boxes', withBox.length * 2 * columns)
    withBox.forEach((node, i) => {
      tree.#lows.set(boxes.subarray(i * 2 * columns, (i * 2 + 1) * columns), node * columns)
      tree.#highs.set(boxes.subarray((i * 2 + 1) * columns, (i * 2 + 2) * columns), node * columns)
    })
    return tree
  }

  #child(node: number, rows: Float64Array, start: number): number {
    const value = rows[start + (this.#features[node] as number)] as number
    return 2 * node + (value < (this.#thresholds[node] as number) ? 1 : 2)
  }

  // Whether a node has points enough for two children, and the tree for so deep ones.
  #mayHold(node: number, depth: number): boolean {
    const { leafSamples, height } = this.#shape
    const enough = (this.#counts[node] as number) >= leafSamples * 2 ** depth
    return enough && depth < height && depth < expectedDepth(this.#size, leafSamples)
  }

  #stretch(node: number, rows: Float64Array, start: number): void {
    const { columns } = this.#shape
    for (let column = 0, at = node * columns; column < columns; column++, at++) {
      const value = rows[start + column] as number
      if (value < (this.#lows[at] as number)) this.#lows[at] = value
      if (value > (this.#highs[at] as number)) this.#highs[at] = value
    }
  }

  // The points themselves are gone: as many, spread evenly over the box, stand for them.
  #pointsWithin(node: number, count: number): Float64Array {
    const { columns, random } = this.#shape
    const points = new Float64Array(count * columns)
    for (let at = 0; at < points.length; at++) {
      const corner = node * columns + (at % columns)
      const low = this.#lows[corner] as number
      points[at] = low + random() * ((this.#highs[corner] as number) - low)
    }
    return points
  }

  /** Makes a node, and all below it, of some points. */
  #grow(node: number, depth: number, points: Float64Array, count: number): void {
    const { columns, random } = this.#shape
    this.#vacate(node)
    this.#counts[node] = count
    this.#kinds[node] = count === 0 ? BARE_LEAF : LEAF
    for (let row = 0; row < count; row++) this.#stretch(node, points, row * columns)
    if (!this.#mayHold(node, depth)) return
    const feature = Math.floor(random() * columns)
    const low = this.#lows[node * columns + feature] as number
    this.#kinds[node] = INNER
    this.#features[node] = feature
    this.#thresholds[node] = low + random() * ((this.#highs[node * columns + feature] as number) - low)
    const sides = [new Float64Array(points.length), new Float64Array(points.length)] as const
    const sizes: [number, number] = [0, 0]
    for (let row = 0; row < count; row++) {
      const side = this.#child(node, points, row * columns) === 2 * node + 1 ? 0 : 1
      sides[side].set(points.subarray(row * columns, (row + 1) * columns), sizes[side] * columns)
      sizes[side]++
    }
    this.#grow(2 * node + 1, depth + 1, sides[0], sizes[0])
    this.#grow(2 * node + 2, depth + 1, sides[1], sizes[1])
  }

  #forgetBelow(node: number, depth: number, point: Float64Array): void {
    this.#counts[node] = (this.#counts[node] as number) - 1
    if (this.#kinds[node] !== INNER) return
    const [left, right] = [2 * node + 1, 2 * node + 2]
    if (this.#counts[node] < this.#shape.leafSamples * 2 ** depth) {
      this.#uniteBelow(node)
      this.#remove(left)
      this.#remove(right)
      this.#kinds[node] = (this.#lows[node * this.#shape.columns] as number) === Infinity ? BARE_LEAF : LEAF
      return
    }
    this.#forgetBelow(this.#child(node, point, 0), depth + 1, point)
    this.#unite(node)
  }

  #uniteBelow(node: number): void {
    if (this.#kinds[node] !== INNER) return
    this.#uniteBelow(2 * node + 1)
    this.#uniteBelow(2 * node + 2)
    this.#unite(node)
  }

  #unite(node: number): void {
    const { columns } = this.#shape
    const [left, right] = [(2 * node + 1) * columns, (2 * node + 2) * columns]
    for (let column = 0; column < columns; column++) {
      const [lows, highs] = [this.#lows, this.#highs]
      lows[node * columns + column] = Math.min(lows[left + column] as number, lows[right + column] as number)
      highs[node * columns + column] = Math.max(highs[left + column] as number, highs[right + column] as number)
    }
  }

  #remove(node: number): void {
    if (this.#kinds[node] === INNER) {
      this.#remove(2 * node + 1)
      this.#remove(2 * node + 2)
    }
    this.#vacate(node)
  }

  #vacate(node: number): void {
    const { columns } = this.#shape
    this.#kinds[node] = ABSENT
    this.#counts[node] = 0
    this.#features[node] = 0
    this.#thresholds[node] = 0
    this.#lows.fill(Infinity, node * columns, (node + 1) * columns)
    this.#highs.fill(-Infinity, node * columns, (node + 1) * columns)
  }
}

/** How deep a random tree of two-way splits puts each of `count` points, in leaves of `leafSamples`; 0 for fewer. */
export function expectedDepth(count: number, leafSamples: number): number {
  return count < leafSamples ? 0 : Math.log(count / leafSamples) / Math.log(4)
}
