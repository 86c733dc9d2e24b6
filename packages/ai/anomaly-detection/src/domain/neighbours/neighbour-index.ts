import type { Matrix } from '../matrix.ts'
import { hasWasm } from '../wasm/instantiate.ts'
import { magnitudeOf, scaleExponentOf } from './binary-scale.ts'
import { type KDTree, kDTreeOf } from './k-d-tree.ts'
import { isTreeWorthwhile } from './tree-choice.ts'
import { LEAF_POINTS as PLAIN_LEAF_POINTS } from './tree-search.ts'
import { LEAF_POINTS } from './wasm-search.ts'

/**
 * What a search of many rows among the same training rows begins with. Made once, it serves searches on any number of
 * threads, and their outcome is the same without it.
 */
export interface NeighbourIndex {
  readonly tree: KDTree
}

/**
 * @param train - shape (n, d), finite
 * @param queries - how many rows will be searched for, all parts together
 * @returns undefined where a search of so many goes without a tree
 */
export function neighbourIndexOf(train: Matrix, queries: number): NeighbourIndex | undefined {
  const kernel = hasWasm()
  if (!isTreeWorthwhile(train, queries, kernel)) return undefined
  if (scaleExponentOf(magnitudeOf(train.data, 0, train.data.length)) !== 0) return undefined
  return { tree: kDTreeOf(train, kernel ? LEAF_POINTS : PLAIN_LEAF_POINTS) }
}
