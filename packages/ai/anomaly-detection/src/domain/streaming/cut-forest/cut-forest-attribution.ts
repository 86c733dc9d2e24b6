import { heldScore, partedShare } from './cut-forest-score.ts'
import { boxOf, type CutTree, sidesOf } from './cut-tree.ts'

/**
 * Adds to `high` and `low`, shape (dimensions), what each number of a point adds to its `cutTreeScore`: at each cut-off in
 * the share of the gap that lies in its dimension, above the box or below it. A point that the tree holds is shared out
 * by its gaps to the nearest sibling.
 * Source: the directional attribution (DiVector) of the Random Cut Forest library by AWS.
 * @param own - room for one tree, shape (2 * dimensions)
 */
export function addAttribution(
  tree: CutTree,
  point: Float64Array,
  high: Float64Array,
  low: Float64Array,
  own: Float64Array,
): void {
  const { dimensions } = tree.store
  const depth = tree.descend(point)
  const leaf = tree.reached
  own.fill(0)
  if (tree.holds(leaf, point)) shareHeld(tree, leaf, depth, point, own)
  else {
    shareGaps(tree, leaf, point, 1 / (depth + 1), own)
    for (let level = depth - 1; level >= 0; level--) {
      const node = tree.path[level] ?? 0
      const parted = partedShare(extensionAt(tree, node, point), sidesOf(tree, node))
      if (parted === 0) break
      for (let k = 0; k < 2 * dimensions; k++) own[k] = (1 - parted) * (own[k] ?? 0)
      shareGaps(tree, node, point, parted / (level + 1), own)
    }
  }
  const unit = tree.unit
  for (let k = 0; k < dimensions; k++) {
    high[k] = (high[k] ?? 0) + unit * (own[2 * k] ?? 0)
    low[k] = (low[k] ?? 0) + unit * (own[2 * k + 1] ?? 0)
  }
}

function shareHeld(tree: CutTree, leaf: number, depth: number, point: Float64Array, own: Float64Array): void {
  const score = heldScore(tree, leaf, depth)
  if (depth === 0) {
    own.fill(score / own.length) // nothing to compare with
    return
  }
  const parent = tree.path[depth - 1] ?? 0
  const left = tree.links[2 * parent] ?? 0
  shareGaps(tree, left === leaf ? (tree.links[2 * parent + 1] ?? 0) : left, point, score, own)
}

function extensionAt(tree: CutTree, node: number, point: Float64Array): number {
  let extension = 0
  eachGap(tree, node, point, (_, gap) => (extension += gap))
  return extension
}

function shareGaps(tree: CutTree, node: number, point: Float64Array, score: number, own: Float64Array): void {
  const extension = extensionAt(tree, node, point)
  const unit = Number.isFinite(extension) ? score / extension : 0
  let gaps = 0
  eachGap(tree, node, point, () => gaps++)
  eachGap(tree, node, point, (place, gap) => {
    // equal shares where distances are too large, or too small, for their sum to be a number
    own[place] = (own[place] ?? 0) + (unit > 0 && Number.isFinite(unit) ? unit * gap : score / gaps)
  })
}

function eachGap(tree: CutTree, node: number, point: Float64Array, take: (place: number, gap: number) => void): void {
  const { values, low, high, step } = boxOf(tree, node)
  for (let k = 0; k < tree.store.dimensions; k++) {
    const above = (point[k] ?? 0) - (values[high + step * k] ?? 0)
    const below = (values[low + step * k] ?? 0) - (point[k] ?? 0)
    if (above > 0) take(2 * k, above)
    else if (below > 0) take(2 * k + 1, below)
  }
}
