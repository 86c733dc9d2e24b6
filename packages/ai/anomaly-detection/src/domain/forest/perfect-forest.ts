/**
 * A forest padded to perfect trees of one depth, so that a walk takes the same steps for every row, with no branch:
 * child = 2 * node + (value > threshold). A leaf that ends early gets thresholds of +Infinity below it, which send its
 * rows left. Path lengths, their order of addition and so the scores are those of the plain walk, to the last bit.
 */
import type { Forest } from './isolation-tree.ts'

/** Deeper trees are walked as they are: padding doubles with every level. */
export const DEEPEST_PERFECT_TREE = 10

/** Trees of 2^depth node places (1 is the root, 0 is unused) and as many leaves. */
export interface PerfectForest {
  readonly trees: number
  readonly depth: number
  /** Shape (trees, 2^depth). */
  readonly features: Int32Array
  /** Shape (trees, 2^depth). */
  readonly thresholds: Float64Array
  /** Shape (trees, 2^depth): path lengths. */
  readonly leaves: Float64Array
}

/**
 * @param lengths - shape (nodes): see `pathLengthsOf`
 * @param depth - at least the depth of the deepest tree
 */
export function perfectForestOf(forest: Forest, lengths: Float64Array, depth: number): PerfectForest {
  const trees = forest.roots.length
  const size = 2 ** depth
  const perfect: PerfectForest = {
    trees,
    depth,
    features: new Int32Array(trees * size),
    thresholds: new Float64Array(trees * size).fill(Infinity),
    leaves: new Float64Array(trees * size),
  }
  for (let tree = 0; tree < trees; tree++) place(forest, lengths, perfect, tree * size, forest.roots[tree] as number, 1)
  return perfect
}

/** The depth of the deepest leaf; 0 for a forest of single nodes. */
export function depthOf(forest: Forest): number {
  const depths = new Int32Array(forest.left.length)
  let deepest = 0
  for (let node = 0; node < depths.length; node++) {
    const child = forest.left[node] as number
    if (child === -1) continue
    const depth = (depths[node] as number) + 1
    depths[child] = depth
    depths[child + 1] = depth
    if (depth > deepest) deepest = depth
  }
  return deepest
}

function place(
  forest: Forest,
  lengths: Float64Array,
  perfect: PerfectForest,
  base: number,
  node: number,
  position: number,
): void {
  const size = 2 ** perfect.depth
  const child = forest.left[node] as number
  if (child === -1) {
    let leaf = position
    while (leaf < size) leaf *= 2
    perfect.leaves[base + leaf - size] = lengths[node] as number
    return
  }
  perfect.features[base + position] = forest.features[node] as number
  perfect.thresholds[base + position] = forest.thresholds[node] as number
  place(forest, lengths, perfect, base, child, position * 2)
  place(forest, lengths, perfect, base, child + 1, position * 2 + 1)
}

/** Adds path lengths of a block of rows to `sums`, shape (rows); the block is `data` from row `first` on. */
export type ForestWalk = (data: Float64Array, columns: number, first: number, sums: Float64Array) => void

/** The walk in plain TypeScript: four rows in flight. */
export function plainWalk(forest: PerfectForest): ForestWalk {
  const { trees, depth, features, thresholds, leaves } = forest
  const size = 2 ** depth
  return (data, columns, first, sums) => {
    const rows = sums.length
    const whole = rows - (rows % 4)
    for (let tree = 0, base = 0; tree < trees; tree++, base += size) {
      const leafBase = base - size
      for (let row = 0; row < whole; row += 4) {
        const r0 = (first + row) * columns
        const r1 = r0 + columns
        const r2 = r1 + columns
        const r3 = r2 + columns
        let [n0, n1, n2, n3] = [1, 1, 1, 1]
        for (let level = 0; level < depth; level++) {
          const [a0, a1, a2, a3] = [base + n0, base + n1, base + n2, base + n3]
          n0 = 2 * n0 + ((data[r0 + (features[a0] as number)] as number) > (thresholds[a0] as number) ? 1 : 0)
          n1 = 2 * n1 + ((data[r1 + (features[a1] as number)] as number) > (thresholds[a1] as number) ? 1 : 0)
          n2 = 2 * n2 + ((data[r2 + (features[a2] as number)] as number) > (thresholds[a2] as number) ? 1 : 0)
          n3 = 2 * n3 + ((data[r3 + (features[a3] as number)] as number) > (thresholds[a3] as number) ? 1 : 0)
        }
        sums[row] = (sums[row] as number) + (leaves[leafBase + n0] as number)
        sums[row + 1] = (sums[row + 1] as number) + (leaves[leafBase + n1] as number)
        sums[row + 2] = (sums[row + 2] as number) + (leaves[leafBase + n2] as number)
        sums[row + 3] = (sums[row + 3] as number) + (leaves[leafBase + n3] as number)
      }
      for (let row = whole; row < rows; row++) {
        const start = (first + row) * columns
        let node = 1
        for (let level = 0; level < depth; level++) {
          const at = base + node
          node = 2 * node + ((data[start + (features[at] as number)] as number) > (thresholds[at] as number) ? 1 : 0)
        }
        sums[row] = (sums[row] as number) + (leaves[leafBase + node] as number)
      }
    }
  }
}
