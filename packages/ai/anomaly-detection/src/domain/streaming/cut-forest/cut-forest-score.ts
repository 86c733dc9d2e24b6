/**
 * How far from all others a cut tree finds a point. Score of the Random Cut Forest library by AWS (2.0 and later), its
 * default functions: 1 / (depth + 1) where the point would be cut off from a node, expected over the cut that would
 * do it; (1 - mass / (2 * size)) / (depth + log2(mass + 1)) where the tree holds the point itself.
 */
import type { CutTree } from './cut-tree.ts'

/** The score of a point that the tree holds. */
export function heldScore(tree: CutTree, leaf: number, depth: number): number {
  const mass = tree.mass[leaf] ?? 0
  return (1 - mass / (2 * tree.size)) / (depth + Math.log2(mass + 1))
}

/**
 * @param outside - room for the dimensions in which the point lies outside of a box
 * @returns > 0, higher is more anomalous; about 1 / log2(size) for what lies among the others. The tree must not be empty.
 */
export function cutTreeScore(tree: CutTree, point: Float64Array, outside: Int32Array): number {
  const depth = tree.descend(point)
  const leaf = tree.reached
  if (tree.holds(leaf, point)) return heldScore(tree, leaf, depth) * tree.unit
  let count = tree.store.dimensions
  for (let k = 0; k < count; k++) outside[k] = k
  const { box, stride, path } = tree
  let score = 1 / (depth + 1)
  // Upwards: where a box holds the point in some dimension, so do all boxes around it.
  for (let level = depth - 1; level >= 0; level--) {
    const node = path[level] ?? 0
    const from = node * stride
    let extension = 0
    let kept = 0
    for (let place = 0; place < count; place++) {
      const k = outside[place] ?? 0
      const value = point[k] ?? 0
      const below = (box[from + 2 * k] ?? 0) - value
      const above = value - (box[from + 2 * k + 1] ?? 0)
      const gap = below > above ? below : above
      if (gap > 0) {
        extension += gap
        outside[kept++] = k
      }
    }
    if (kept === 0) break
    count = kept
    const parted = partedShare(extension, box[from + stride - 1] ?? 0)
    score = parted / (level + 1) + (1 - parted) * score
  }
  return score * tree.unit
}

/** The probability that a cut of the extended box parts it from the point. @param sides - of the box as it is, > 0 */
export function partedShare(extension: number, sides: number): number {
  return extension / (sides + extension)
}
