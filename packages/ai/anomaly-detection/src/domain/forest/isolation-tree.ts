/**
 * Isolation trees as flat arrays. Source: F. Liu, K. Ting, Z. Zhou (2008), Isolation Forest, algorithms 1 and 2, and
 * scikit-learn's ExtraTree: a split takes one of the features that still vary, at a threshold uniform over its range.
 */

/** A forest's nodes, tree after tree; a split's right child stands just behind its left one. */
export interface Forest {
  /** Shape (trees): the node at which each tree begins. */
  readonly roots: Int32Array
  /** Shape (nodes): the feature a node splits on, -1 for a leaf. */
  readonly features: Int32Array
  /** Shape (nodes): values up to and including it go left; 0 for a leaf. */
  readonly thresholds: Float64Array
  /** Shape (nodes): the left child, -1 for a leaf. */
  readonly left: Int32Array
  /** Shape (nodes): how many training rows of the tree's sample reach the node. */
  readonly samples: Int32Array
}

/** Collects the nodes of a growing forest. */
export interface ForestBuilder {
  readonly roots: number[]
  readonly features: number[]
  readonly thresholds: number[]
  readonly left: number[]
  readonly samples: number[]
}

/** A builder with no tree. */
export function createForestBuilder(): ForestBuilder {
  return { roots: [], features: [], thresholds: [], left: [], samples: [] }
}

/** The builder's nodes as flat arrays. */
export function forestOf(builder: ForestBuilder): Forest {
  return {
    roots: Int32Array.from(builder.roots),
    features: Int32Array.from(builder.features),
    thresholds: Float64Array.from(builder.thresholds),
    left: Int32Array.from(builder.left),
    samples: Int32Array.from(builder.samples),
  }
}

/**
 * Grows one tree.
 * @param sample - shape (s, columns), row-major: the tree's own rows
 * @param candidates - the features it may split on; rearranged
 * @param maxDepth - no node lies deeper
 */
export function growTree(
  builder: ForestBuilder,
  sample: { readonly data: Float64Array; readonly columns: number; readonly size: number },
  candidates: Int32Array,
  maxDepth: number,
  random: () => number,
): void {
  const rows = Int32Array.from({ length: sample.size }, (_, row) => row)
  const root = addNode(builder, sample.size)
  builder.roots.push(root)
  const stack = [root, 0, sample.size, 0]
  while (stack.length > 0) {
    const [node, start, end, depth] = stack.splice(-4) as [number, number, number, number]
    if (depth >= maxDepth || end - start <= 1) continue
    const split = chooseSplit(sample.data, sample.columns, rows, start, end, candidates, random)
    if (split === undefined) continue
    const middle = partition(sample.data, sample.columns, rows, start, end, split)
    const left = addNode(builder, middle - start)
    const right = addNode(builder, end - middle)
    builder.features[node] = split.feature
    builder.thresholds[node] = split.threshold
    builder.left[node] = left
    stack.push(right, middle, end, depth + 1, left, start, middle, depth + 1)
  }
}

interface Split {
  readonly feature: number
  readonly threshold: number
}

function addNode(builder: ForestBuilder, samples: number): number {
  builder.features.push(-1)
  builder.thresholds.push(0)
  builder.left.push(-1)
  return builder.samples.push(samples) - 1
}

// Draws features without replacement until one varies among these rows; undefined where none does.
function chooseSplit(
  data: Float64Array,
  columns: number,
  rows: Int32Array,
  start: number,
  end: number,
  candidates: Int32Array,
  random: () => number,
): Split | undefined {
  for (let left = candidates.length; left > 0; left--) {
    const pick = Math.floor(random() * left)
    const feature = candidates[pick] as number
    candidates[pick] = candidates[left - 1] as number
    candidates[left - 1] = feature
    let low = Infinity
    let high = -Infinity
    for (let i = start; i < end; i++) {
      const value = data[(rows[i] as number) * columns + feature] as number
      if (value < low) low = value
      if (value > high) high = value
    }
    if (high > low) return { feature, threshold: thresholdBetween(low, high, random()) }
  }
  return undefined
}

// Uniform in [low, high): never high itself, or the right side would be empty.
function thresholdBetween(low: number, high: number, u: number): number {
  const range = high - low
  const threshold = range === Infinity ? low * (1 - u) + high * u : low + u * range
  return threshold >= high ? low : threshold
}

function partition(
  data: Float64Array,
  columns: number,
  rows: Int32Array,
  start: number,
  end: number,
  { feature, threshold }: Split,
): number {
  let i = start
  let j = end - 1
  while (i <= j) {
    const row = rows[i] as number
    if ((data[row * columns + feature] as number) <= threshold) {
      i++
    } else {
      rows[i] = rows[j] as number
      rows[j--] = row
    }
  }
  return i
}
