import { AnomalyDetectionError } from '../../errors.ts'
import { type CutTreeState, isCutTreeState, restoreCutTree } from './cut-tree-state.ts'
import type { CutTree } from './cut-tree.ts'
import type { PointStore } from './point-store.ts'
import type { TimeDecayedSampleState } from './time-decayed-sample.ts'

/** A forest as plain data. */
export interface CutForestState {
  readonly learned: number
  /** See `RandomStreamState`. */
  readonly random: ReadonlyArray<number>
  /** The points, one after another, in the order in which the trees name them first. */
  readonly points: ReadonlyArray<number>
  /** Trees and samples name a point by its place in `points`. */
  readonly trees: ReadonlyArray<CutTreeState & TimeDecayedSampleState>
}

/** The points that trees hold, numbered anew: the same forest gives the same numbers wherever its points lie in memory. */
export function pointPlaces(
  store: PointStore,
  trees: ReadonlyArray<CutTree>,
): { readonly rows: number[]; readonly placeOf: (index: number) => number } {
  const places = new Map<number, number>()
  const rows: number[] = []
  const placeOf = (index: number): number => {
    const known = places.get(index)
    if (known !== undefined) return known
    const place = places.size
    places.set(index, place)
    for (let k = 0; k < store.dimensions; k++) rows.push(store.values[index * store.dimensions + k] ?? 0)
    return place
  }
  for (const tree of trees) {
    const left = tree.size === 0 ? [] : [tree.root]
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      if (node >= tree.firstLeaf) placeOf(tree.point[node - tree.firstLeaf] ?? 0)
      else left.push(tree.links[2 * node + 1] ?? 0, tree.links[2 * node] ?? 0)
    }
  }
  return { rows, placeOf }
}

/** Puts points that are read into a store. @returns the index of each; whoever called holds one reference */
export function pointRows(store: PointStore, points: ReadonlyArray<number>): ReadonlyArray<number> {
  const { dimensions } = store
  if (points.length % dimensions !== 0)
    refuse(`${points.length} numbers are no whole number of points of ${dimensions}`)
  return Array.from({ length: points.length / dimensions }, (_, row) =>
    store.add(Float64Array.from(points.slice(row * dimensions, (row + 1) * dimensions))),
  )
}

/**
 * Grows an empty tree from what was read, and holds its points.
 * @returns its sample, with points by their index in the store
 * @throws AnomalyDetectionError `invalid-stream-state` where tree and sample do not fit each other
 */
export function restoredTree(
  tree: CutTree,
  state: (CutTreeState & TimeDecayedSampleState) | undefined,
  rows: ReadonlyArray<number>,
): TimeDecayedSampleState {
  const { store } = tree
  if (state === undefined) return refuse('a tree is missing')
  if (!isCutTreeState(state, rows.length, store.dimensions)) refuse('the nodes of a tree do not make a tree')
  const counts = new Map<number, number>()
  for (const item of state.items) counts.set(item, (counts.get(item) ?? 0) + 1)
  const leaves = state.nodes.filter((node) => node < 0).map((node) => -1 - node)
  const fits =
    state.keys.length === state.items.length &&
    state.items.length <= tree.point.length &&
    leaves.length === counts.size &&
    new Set(leaves).size === leaves.length &&
    leaves.every((place, leaf) => counts.get(place) === state.masses[leaf])
  if (!fits) refuse('the sample of a tree does not hold the points of its leaves')
  restoreCutTree(tree, state, (place) => rows[place] ?? 0)
  for (const place of leaves) refuseMisplaced(tree, rows[place] ?? 0)
  const items = state.items.map((place) => rows[place] ?? 0)
  for (const item of items) store.retain(item)
  return { keys: state.keys, items }
}

function refuseMisplaced(tree: CutTree, index: number): void {
  const { dimensions, values } = tree.store
  tree.descend(values.slice(index * dimensions, (index + 1) * dimensions))
  if (tree.point[tree.reached - tree.firstLeaf] !== index) refuse('a point of a tree does not lie where its cuts lead')
}

function refuse(what: string): never {
  throw new AnomalyDetectionError(
    'anomaly-detection/invalid-stream-state',
    `the state of a random cut forest is not whole: ${what}`,
  )
}
