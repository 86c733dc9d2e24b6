/**
 * How much a tree's other points would move up if a point, or a group around it, were taken out.
 * Source: S. Guha, N. Mishra, G. Roy, O. Schrijvers (2016), Robust Random Cut Forest Based Anomaly Detection on
 * Streams, ICML, definitions 3 and 4, as the package rrcf computes them.
 */
import type { RandomStream } from '../../numeric/random-stream.ts'
import { type CutTree, separationAt } from './cut-tree.ts'

/** Points under the sibling of a point's leaf; 0 for the only leaf. The tree holds the point. */
export function displacement(tree: CutTree, point: Float64Array): number {
  const depth = tree.descend(point)
  return depth === 0 ? 0 : siblingMass(tree, tree.path[depth - 1] ?? 0, tree.reached)
}

/**
 * The largest ratio, from a point's leaf up to the children of the root, of the points under a node's sibling to those
 * under the node; 0 for the only leaf. The tree holds the point.
 */
export function collusiveDisplacement(tree: CutTree, point: Float64Array): number {
  const depth = tree.descend(point)
  return largestRatio(tree, depth, tree.reached, 0, 0)
}

/**
 * The `collusiveDisplacement` that a point would have after it was inserted.
 * @param random - draws what the insertion would draw
 */
export function collusiveDisplacementOnceInserted(tree: CutTree, point: Float64Array, random: RandomStream): number {
  let depth = 0
  let node = tree.root
  for (;;) {
    if (separationAt(tree, node, point, random) !== undefined)
      return largestRatio(tree, depth, node, tree.mass[node] ?? 0, 1)
    if (node >= tree.firstLeaf) return largestRatio(tree, depth, node, 0, 1)
    tree.path[depth++] = node
    const goesRight = (point[tree.dimension[node] ?? 0] ?? 0) > (tree.cut[node] ?? 0)
    node = tree.links[2 * node + (goesRight ? 1 : 0)] ?? 0
  }
}

// `added` points come to every node on the path; `largest` is the ratio below it.
function largestRatio(tree: CutTree, depth: number, lowest: number, ratioBelow: number, added: number): number {
  let largest = ratioBelow
  let node = lowest
  for (let level = depth - 1; level >= 0; level--) {
    const parent = tree.path[level] ?? 0
    largest = Math.max(largest, siblingMass(tree, parent, node) / ((tree.mass[node] ?? 0) + added))
    node = parent
  }
  return largest
}

function siblingMass(tree: CutTree, parent: number, node: number): number {
  const left = tree.links[2 * parent] ?? 0
  return tree.mass[left === node ? (tree.links[2 * parent + 1] ?? 0) : left] ?? 0
}
