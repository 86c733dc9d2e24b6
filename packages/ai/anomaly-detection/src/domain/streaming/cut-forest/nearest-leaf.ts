import type { CutTree } from './cut-tree.ts'

/**
 * The point of a tree that is most like one of which some numbers are not known: of the leaves that it may belong to, both
 * ways where an unknown number decides, the one with the least sum of absolute differences; the first one found among
 * equals, from the heavier side on.
 * Source: the imputation (conditional field) of the Random Cut Forest library by AWS.
 * @param missing - shape (dimensions), 1 where a number is not known
 * @returns the index of its point in the store
 */
export function nearestLeafPoint(tree: CutTree, point: Float64Array, missing: Uint8Array): number {
  const { dimension, cut, links, mass, firstLeaf } = tree
  const left = [tree.root]
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node >= firstLeaf) {
      const index = tree.point[node - firstLeaf] ?? 0
      const distance = knownDistance(tree, index, point, missing)
      if (best !== -1 && distance >= least) continue
      best = index
      least = distance
      continue
    }
    const k = dimension[node] ?? 0
    const [low, high] = [links[2 * node] ?? 0, links[2 * node + 1] ?? 0]
    if (missing[k] !== 1) left.push((point[k] ?? 0) > (cut[node] ?? 0) ? high : low)
    else if ((mass[low] ?? 0) >= (mass[high] ?? 0)) left.push(high, low)
    else left.push(low, high)
  }
  return best
}

function knownDistance(tree: CutTree, index: number, point: Float64Array, missing: Uint8Array): number {
  const { values, dimensions } = tree.store
  let distance = 0
  for (let k = 0; k < dimensions; k++)
    if (missing[k] !== 1) distance += Math.abs((values[index * dimensions + k] ?? 0) - (point[k] ?? 0))
  return distance
}
