/**
 * A balanced k-d tree whose nodes know the bounding box of their points. Cuts fall on multiples of eight points, so
 * that leaves are whole blocks. Source: J. Bentley (1975), Multidimensional binary search trees used for associative
 * searching; boxes and the cut across the widest side as in scikit-learn's KDTree.
 */
import type { Matrix } from '../matrix.ts'
import { LANES, type PointBlocks, pointBlocksOf } from './point-blocks.ts'
import { selectWithin } from './select-within.ts'

/** Nodes in preorder: the left child of node i is i + 1. */
export interface KDTree {
  readonly points: PointBlocks
  /** Right child of each node; 0 marks a leaf. */
  readonly right: Int32Array
  /** Blocks [from, to) of the points under each node. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Lowest row under each node: of equally near points only lower rows are still of interest. */
  readonly lowestRow: Int32Array
  /** Low and high of each feature in turn; shape (nodes, columns, 2). */
  readonly boxes: Float64Array
}

/**
 * @param matrix - shape (n, d), n >= 1
 * @param leafPoints - how many points a node keeps whole
 */
export function kDTreeOf(matrix: Matrix, leafPoints: number): KDTree {
  const { rows, columns } = matrix
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  const nodes = nodeCount(Math.ceil(rows / LANES), leafPoints)
  const right = new Int32Array(nodes)
  const from = new Int32Array(nodes)
  const to = new Int32Array(nodes)
  const lowestRow = new Int32Array(nodes)
  const boxes = new Float64Array(nodes * columns * 2)
  const keys = new Float64Array(rows)

  let next = 0
  const grow = (first: number, last: number): void => {
    const node = next++
    from[node] = Math.floor(first / LANES)
    to[node] = Math.ceil(last / LANES)
    lowestRow[node] = lowestOf(order, first, last)
    const wide = widestSide(matrix, order, first, last, boxes, node * columns * 2)
    if (last - first <= leafPoints) return
    const middle = first + leftBlocks(Math.ceil((last - first) / LANES)) * LANES
    for (let at = first; at < last; at++) keys[at] = matrix.data[(order[at] ?? 0) * columns + wide] ?? 0
    selectWithin(keys, order, first, last - 1, middle)
    grow(first, middle)
    right[node] = next
    grow(middle, last)
  }
  grow(0, rows)
  return { points: pointBlocksOf(matrix, order), right, from, to, lowestRow, boxes }
}

function lowestOf(order: Int32Array, first: number, last: number): number {
  let lowest = order[first] ?? 0
  for (let at = first + 1; at < last; at++) lowest = Math.min(lowest, order[at] ?? 0)
  return lowest
}

function leftBlocks(blocks: number): number {
  return Math.ceil(blocks / 2)
}

function nodeCount(blocks: number, leafPoints: number): number {
  if (blocks * LANES <= leafPoints) return 1
  const left = leftBlocks(blocks)
  return 1 + nodeCount(left, leafPoints) + nodeCount(blocks - left, leafPoints)
}

/** Writes the box of the points `order[first..last)` and returns the feature in which it is widest. */
function widestSide(
  matrix: Matrix,
  order: Int32Array,
  first: number,
  last: number,
  boxes: Float64Array,
  boxAt: number,
): number {
  const { data, columns } = matrix
  for (let feature = 0; feature < columns; feature++) {
    boxes[boxAt + 2 * feature] = Infinity
    boxes[boxAt + 2 * feature + 1] = -Infinity
  }
  for (let at = first; at < last; at++) {
    const row = (order[at] ?? 0) * columns
    for (let feature = 0; feature < columns; feature++) {
      const value = data[row + feature] ?? 0
      const low = boxAt + 2 * feature
      if (value < (boxes[low] ?? 0)) boxes[low] = value
      if (value > (boxes[low + 1] ?? 0)) boxes[low + 1] = value
    }
  }
  let widest = 0
  let width = -1
  for (let feature = 0; feature < columns; feature++) {
    const side = (boxes[boxAt + 2 * feature + 1] ?? 0) - (boxes[boxAt + 2 * feature] ?? 0)
    if (side > width) {
      width = side
      widest = feature
    }
  }
  return widest
}
