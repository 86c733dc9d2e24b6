/**
 * Isolation trees whose splits are slanted: a random direction over several features and a random point it goes
 * through.
 * Source: S. Hariri, M. Carrasco Kind, R. Brunner (2021), Extended Isolation Forest, IEEE TKDE 33 (preprint 2018),
 * algorithm 2, with one restriction: a direction leaves out features that are constant in the node, which could split
 * nothing.
 */

/** A forest's nodes, tree after tree; a split's right child stands just behind its left one. */
export interface ExtendedForest {
  /** Features a direction has room for. */
  readonly slots: number
  /** Shape (trees): the node at which each tree begins. */
  readonly roots: Int32Array
  /** Shape (nodes): the left child, -1 for a leaf. */
  readonly left: Int32Array
  /** Shape (nodes): how many training rows of the tree's sample reach the node. */
  readonly samples: Int32Array
  /** Shape (nodes): which split a node makes, -1 for a leaf. */
  readonly splits: Int32Array
  /** Shape (splits): projections up to and including it go left. */
  readonly offsets: Float64Array
  /** Shape (splits, slots): the features of a direction. */
  readonly features: Int32Array
  /** Shape (splits, slots): their weights, 0 in a slot that is not used. */
  readonly weights: Float64Array
}

/** Collects the nodes of a growing forest. */
export interface ExtendedForestBuilder {
  readonly slots: number
  /** What weights are multiplied by, so that projections of extreme data stay finite. */
  readonly weightScale: number
  readonly roots: number[]
  readonly left: number[]
  readonly samples: number[]
  readonly splits: number[]
  readonly offsets: number[]
  readonly features: number[]
  readonly weights: number[]
}

/** The rows one tree is grown on; row-major, shape (size, columns). */
export interface TreeRows {
  readonly data: Float64Array
  readonly columns: number
  readonly size: number
}

/** A builder with no tree. */
export function createExtendedForestBuilder(slots: number, weightScale: number): ExtendedForestBuilder {
  return { slots, weightScale, roots: [], left: [], samples: [], splits: [], offsets: [], features: [], weights: [] }
}

/** The builder's nodes as flat arrays. */
export function extendedForestOf(builder: ExtendedForestBuilder): ExtendedForest {
  return {
    slots: builder.slots,
    roots: Int32Array.from(builder.roots),
    left: Int32Array.from(builder.left),
    samples: Int32Array.from(builder.samples),
    splits: Int32Array.from(builder.splits),
    offsets: Float64Array.from(builder.offsets),
    features: Int32Array.from(builder.features),
    weights: Float64Array.from(builder.weights),
  }
}

/**
 * Grows one tree.
 * @param normal - standard normal numbers
 * @param random - uniform on [0, 1)
 */
export function growExtendedTree(
  builder: ExtendedForestBuilder,
  sample: TreeRows,
  maxDepth: number,
  normal: () => number,
  random: () => number,
): void {
  const rows = Int32Array.from({ length: sample.size }, (_, row) => row)
  const candidates = Int32Array.from({ length: sample.columns }, (_, feature) => feature)
  const root = addNode(builder, sample.size)
  builder.roots.push(root)
  const stack = [root, 0, sample.size, 0]
  while (stack.length > 0) {
    const [node, start, end, depth] = stack.splice(-4) as [number, number, number, number] // pushed four at a time
    if (depth >= maxDepth || end - start <= 1) continue
    const split = addSplit(builder, sample, rows.subarray(start, end), candidates, normal, random)
    if (split < 0) continue
    const middle = start + partition(builder, split, sample, rows.subarray(start, end))
    const left = addNode(builder, middle - start)
    const right = addNode(builder, end - middle)
    builder.left[node] = left
    builder.splits[node] = split
    stack.push(right, middle, end, depth + 1, left, start, middle, depth + 1)
  }
}

function addNode(builder: ExtendedForestBuilder, samples: number): number {
  builder.left.push(-1)
  builder.splits.push(-1)
  return builder.samples.push(samples) - 1
}

/** Draws features until enough of them vary among the rows; -1 where none does. */
function addSplit(
  builder: ExtendedForestBuilder,
  { data, columns }: TreeRows,
  rows: Int32Array,
  candidates: Int32Array,
  normal: () => number,
  random: () => number,
): number {
  let used = 0
  let offset = 0
  for (let left = candidates.length; left > 0 && used < builder.slots; left--) {
    const pick = Math.floor(random() * left)
    const feature = candidates[pick] as number
    candidates[pick] = candidates[left - 1] as number
    candidates[left - 1] = feature
    let low = Infinity
    let high = -Infinity
    for (const row of rows) {
      const value = data[row * columns + feature] as number
      if (value < low) low = value
      if (value > high) high = value
    }
    if (!(high > low)) continue
    const weight = normal() * builder.weightScale
    const u = random()
    offset += weight * (low * (1 - u) + high * u)
    builder.features.push(feature)
    builder.weights.push(weight)
    used++
  }
  if (used === 0) return -1
  for (; used < builder.slots; used++) {
    builder.features.push(0)
    builder.weights.push(0)
  }
  return builder.offsets.push(offset) - 1
}

/** Puts the rows that go left first and returns how many there are. */
function partition(
  builder: ExtendedForestBuilder,
  split: number,
  { data, columns }: TreeRows,
  rows: Int32Array,
): number {
  const { slots, features, weights } = builder
  const offset = builder.offsets[split] as number
  let i = 0
  let j = rows.length - 1
  while (i <= j) {
    const row = rows[i] as number
    let projection = 0
    for (let at = split * slots; at < (split + 1) * slots; at++) {
      projection += (data[row * columns + (features[at] as number)] as number) * (weights[at] as number)
    }
    if (projection <= offset) {
      i++
    } else {
      rows[i] = rows[j] as number
      rows[j--] = row
    }
  }
  return i
}

/**
 * Adds path lengths of a block of rows to `sums`, shape (rows); the block is `data` from row `first` on. A projection
 * that is not a number, of a row too far out for the forest's scale, goes right.
 * @param lengths - shape (nodes): see `pathLengthsOf`
 */
export function addExtendedPathLengths(
  forest: ExtendedForest,
  lengths: Float64Array,
  data: Float64Array,
  columns: number,
  first: number,
  sums: Float64Array,
): void {
  const { slots, roots, left, splits, offsets, features, weights } = forest
  for (const root of roots) {
    for (let row = 0, base = first * columns; row < sums.length; row++, base += columns) {
      let node = root
      let split = splits[node] as number
      while (split >= 0) {
        let projection = 0
        for (let at = split * slots, end = at + slots; at < end; at++) {
          projection += (data[base + (features[at] as number)] as number) * (weights[at] as number)
        }
        node = (left[node] as number) + (projection <= (offsets[split] as number) ? 0 : 1)
        split = splits[node] as number
      }
      sums[row] = (sums[row] as number) + (lengths[node] as number)
    }
  }
}
