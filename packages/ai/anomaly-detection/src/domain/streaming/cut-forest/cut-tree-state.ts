import type { CutTree } from './cut-tree.ts'

/** A tree as plain data, its nodes in preorder, left before right. */
export interface CutTreeState {
  /** Of a cut its dimension, of a leaf -1 minus the place of its point. */
  readonly nodes: ReadonlyArray<number>
  /** Of each cut, in order, the last number that goes left. */
  readonly cuts: ReadonlyArray<number>
  /** Of each leaf, in order, how many equal points it holds. */
  readonly masses: ReadonlyArray<number>
}

/** @param placeOf - the place, in what is written, of a point in the store */
export function cutTreeState(tree: CutTree, placeOf: (index: number) => number): CutTreeState {
  const nodes: number[] = []
  const cuts: number[] = []
  const masses: number[] = []
  const left = tree.size === 0 ? [] : [tree.root]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node >= tree.firstLeaf) {
      nodes.push(-1 - placeOf(tree.point[node - tree.firstLeaf] ?? 0))
      masses.push(tree.mass[node] ?? 0)
      continue
    }
    nodes.push(tree.dimension[node] ?? 0)
    cuts.push(tree.cut[node] ?? 0)
    left.push(tree.links[2 * node + 1] ?? 0, tree.links[2 * node] ?? 0)
  }
  return { nodes, cuts, masses }
}

/**
 * Grows an empty tree from its state. The state is one that `isCutTreeState` takes.
 * @param indexOf - the index in the store of the point at a place
 */
export function restoreCutTree(tree: CutTree, state: CutTreeState, indexOf: (place: number) => number): void {
  const done: number[] = [] // subtrees whose parent is still to come
  let cut = state.cuts.length
  let leaf = state.masses.length
  for (let at = state.nodes.length - 1; at >= 0; at--) {
    const node = state.nodes[at] ?? 0
    if (node < 0) {
      done.push(tree.addLeaf(indexOf(-1 - node), state.masses[--leaf] ?? 0))
      continue
    }
    const left = done.pop() ?? 0
    const right = done.pop() ?? 0
    done.push(tree.addCut(node, state.cuts[--cut] ?? 0, left, right))
  }
  const root = done.pop()
  if (root !== undefined) tree.root = root
}

/** Whether nodes, cuts and masses make one tree, or none at all, over so many points of so many numbers. */
export function isCutTreeState(state: CutTreeState, points: number, dimensions: number): boolean {
  let open = state.nodes.length === 0 ? 0 : 1 // subtrees that are still to come
  let cuts = 0
  for (const node of state.nodes) {
    if (open === 0 || !Number.isInteger(node) || node >= dimensions || node < -points) return false
    open += node < 0 ? -1 : 1
    if (node >= 0) cuts++
  }
  const counted = state.cuts.length === cuts && state.masses.length === state.nodes.length - cuts
  return open === 0 && counted && state.masses.every((mass) => Number.isInteger(mass) && mass > 0)
}
