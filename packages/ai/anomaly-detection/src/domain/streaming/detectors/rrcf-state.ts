import { AnomalyDetectionError } from '../../errors.ts'
import { type CutTreeState, isCutTreeState, restoreCutTree } from '../cut-forest/cut-tree-state.ts'
import type { CutTree } from '../cut-forest/cut-tree.ts'
import type { PointStore } from '../cut-forest/point-store.ts'

/**
 * Grows empty trees over the points of a window.
 * @param read - the window, its points one after another, and trees that each hold all of them
 * @returns the index in the store of each point of the window, the oldest first; equal points share one
 * @throws AnomalyDetectionError `invalid-stream-state` where they do not
 */
export function restoreRrcfTrees(
  store: PointStore,
  trees: ReadonlyArray<CutTree>,
  read: { readonly window: ReadonlyArray<number>; readonly trees: ReadonlyArray<CutTreeState> },
  windowSize: number,
): ReadonlyArray<number> {
  const { dimensions } = store
  const points = read.window.length / dimensions
  if (!Number.isInteger(points) || points > windowSize) refuse(`the window has ${read.window.length} numbers`)
  const firsts = new Map<string, number>()
  const places = Array.from({ length: points }, (_, place) => {
    const key = read.window.slice(place * dimensions, (place + 1) * dimensions).join()
    const first = firsts.get(key) ?? place
    firsts.set(key, first)
    return first
  })
  const indices = new Map<number, number>()
  for (const place of places) {
    const known = indices.get(place)
    if (known !== undefined) store.retain(known)
    else indices.set(place, store.add(pointAt(read.window, place, dimensions)))
  }
  const masses = new Map<number, number>()
  for (const place of places) masses.set(place, (masses.get(place) ?? 0) + 1)
  for (const [place, tree] of trees.entries()) restoreTree(tree, read.trees[place], masses, indices)
  return places.map((place) => indices.get(place) ?? 0)
}

function restoreTree(
  tree: CutTree,
  state: CutTreeState | undefined,
  masses: ReadonlyMap<number, number>,
  indices: ReadonlyMap<number, number>,
): void {
  const { dimensions, values } = tree.store
  if (state === undefined) return refuse('a tree is missing')
  const places = state.nodes.filter((node) => node < 0).map((node) => -1 - node)
  const fits =
    isCutTreeState(state, Number.POSITIVE_INFINITY, dimensions) &&
    places.length === masses.size &&
    new Set(places).size === places.length &&
    places.every((place, leaf) => masses.get(place) === state.masses[leaf])
  if (!fits) refuse('a tree does not hold the points of the window')
  restoreCutTree(tree, state, (place) => indices.get(place) ?? 0)
  for (const index of indices.values()) {
    tree.descend(values.slice(index * dimensions, (index + 1) * dimensions))
    if (tree.point[tree.reached - tree.firstLeaf] !== index)
      refuse('a point of a tree does not lie where its cuts lead')
  }
}

function pointAt(window: ReadonlyArray<number>, place: number, dimensions: number): Float64Array {
  return Float64Array.from(window.slice(place * dimensions, (place + 1) * dimensions))
}

function refuse(what: string): never {
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-stream-state',
    `the state of a robust random cut forest is not whole: ${what}`,
  )
}
