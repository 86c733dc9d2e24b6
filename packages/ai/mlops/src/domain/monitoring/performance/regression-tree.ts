/** A regression tree over binned columns, grown at the leaf that gains most. */
import type { BinnedColumns } from './binned-columns.ts'
import { bestCut, type Cut, type Histogram, histogramOf, remainder } from './gain-histogram.ts'

/** Rows whose bin of `column` is at most `bin` go left. */
export type Tree =
  | { readonly kind: 'leaf'; readonly value: number }
  | { readonly kind: 'split'; readonly column: number; readonly bin: number; readonly left: Tree; readonly right: Tree }

const LEAVES = 31
const LEAST_ROWS = 20

interface Leaf {
  readonly rows: Uint32Array
  readonly histogram: Histogram
  readonly cut: Cut | undefined
  children?: readonly [Leaf, Leaf]
}

/** @param residuals - shape (rows): what the tree is to explain @param rate - the share of it that its leaves answer */
export function growTree(columns: BinnedColumns, residuals: Float64Array, rate: number): Tree {
  const rows = Uint32Array.from(residuals.keys())
  const root = leafOf(rows, histogramOf(columns, residuals, rows))
  const open = [root]
  for (let leaves = 1; leaves < LEAVES; leaves++) {
    const next = open.reduce((best, leaf) => ((leaf.cut?.gain ?? 0) > (best.cut?.gain ?? 0) ? leaf : best))
    if (next.cut === undefined) break
    const children = split(columns, residuals, next, next.cut)
    next.children = children
    open.splice(open.indexOf(next), 1, ...children)
  }
  return treeOf(root, residuals, rate)
}

function leafOf(rows: Uint32Array, histogram: Histogram): Leaf {
  return {
    rows,
    histogram,
    cut: rows.length < 2 * LEAST_ROWS ? undefined : bestCut(histogram, rows.length, LEAST_ROWS),
  }
}

// The larger part's histogram is what the smaller one leaves of the whole.
function split(
  columns: BinnedColumns,
  residuals: Float64Array,
  leaf: Leaf,
  { column, bin }: Cut,
): readonly [Leaf, Leaf] {
  const [left, right] = partition(leaf.rows, columns, column, bin)
  const isLeftSmaller = left.length <= right.length
  const smaller = histogramOf(columns, residuals, isLeftSmaller ? left : right)
  const larger = remainder(leaf.histogram, smaller)
  return [leafOf(left, isLeftSmaller ? smaller : larger), leafOf(right, isLeftSmaller ? larger : smaller)]
}

function partition(
  rows: Uint32Array,
  { bins, edges }: BinnedColumns,
  column: number,
  bin: number,
): [Uint32Array, Uint32Array] {
  const width = edges.length
  const ordered = new Uint32Array(rows.length)
  let [low, high] = [0, rows.length]
  for (const row of rows) {
    if ((bins[row * width + column] as number) <= bin) ordered[low++] = row
    else ordered[--high] = row
  }
  return [ordered.subarray(0, low), ordered.subarray(low).reverse()]
}

function treeOf(leaf: Leaf, residuals: Float64Array, rate: number): Tree {
  if (leaf.children === undefined || leaf.cut === undefined) {
    let sum = 0
    for (const row of leaf.rows) sum += residuals[row] as number
    return { kind: 'leaf', value: (rate * sum) / leaf.rows.length }
  }
  const [left, right] = leaf.children
  const { column, bin } = leaf.cut
  return { kind: 'split', column, bin, left: treeOf(left, residuals, rate), right: treeOf(right, residuals, rate) }
}
