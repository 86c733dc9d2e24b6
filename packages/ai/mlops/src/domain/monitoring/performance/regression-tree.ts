/** A regression tree over binned columns, grown at the leaf that gains most. */
import type { BinnedColumns } from './binned-columns.ts'

/** Rows whose bin of `column` is at most `bin` go left. */
export type Tree =
  | { readonly kind: 'leaf'; readonly value: number }
  | { readonly kind: 'split'; readonly column: number; readonly bin: number; readonly left: Tree; readonly right: Tree }

const LEAVES = 31
const LEAST_ROWS = 20

interface Split {
  readonly column: number
  readonly bin: number
  readonly gain: number
}

interface Leaf {
  readonly rows: Uint32Array
  readonly split: Split | undefined
  children?: readonly [Leaf, Leaf]
}

/** @param residuals - shape (rows): what the tree is to explain @param rate - the share of it that its leaves answer */
export function growTree(columns: BinnedColumns, residuals: Float64Array, rate: number): Tree {
  const leafOf = (rows: Uint32Array): Leaf => ({ rows, split: bestSplit(columns, residuals, rows) })
  const root = leafOf(Uint32Array.from(residuals.keys()))
  const open = [root]
  for (let leaves = 1; leaves < LEAVES; leaves++) {
    const next = open.reduce((best, leaf) => ((leaf.split?.gain ?? 0) > (best.split?.gain ?? 0) ? leaf : best))
    if (next.split === undefined) break
    const { column, bin } = next.split
    const bins = columns.bins[column] as Uint8Array
    const children = [
      leafOf(next.rows.filter((row) => (bins[row] as number) <= bin)),
      leafOf(next.rows.filter((row) => (bins[row] as number) > bin)),
    ] as const
    next.children = children
    open.splice(open.indexOf(next), 1, ...children)
  }
  return treeOf(root, residuals, rate)
}

function treeOf(leaf: Leaf, residuals: Float64Array, rate: number): Tree {
  if (leaf.children === undefined || leaf.split === undefined) {
    const sum = leaf.rows.reduce((total, row) => total + (residuals[row] as number), 0)
    return { kind: 'leaf', value: (rate * sum) / leaf.rows.length }
  }
  const [left, right] = leaf.children
  const { column, bin } = leaf.split
  return { kind: 'split', column, bin, left: treeOf(left, residuals, rate), right: treeOf(right, residuals, rate) }
}

function bestSplit({ bins, edges }: BinnedColumns, residuals: Float64Array, rows: Uint32Array): Split | undefined {
  if (rows.length < 2 * LEAST_ROWS) return undefined
  let total = 0
  for (const row of rows) total += residuals[row] as number
  let best: Split | undefined
  for (let column = 0; column < bins.length; column++) {
    const width = (edges[column]?.length ?? 0) + 1
    const found = bestCut(histogramOf(bins[column] as Uint8Array, residuals, rows, width), total, rows.length)
    // Below this a gain is what rounding leaves.
    if (found.gain > (best?.gain ?? 1e-12 * total * total)) best = { column, ...found }
  }
  return best
}

function histogramOf(bins: Uint8Array, residuals: Float64Array, rows: Uint32Array, width: number) {
  const sums = new Float64Array(width)
  const counts = new Uint32Array(width)
  for (const row of rows) {
    const bin = bins[row] as number
    sums[bin] = (sums[bin] as number) + (residuals[row] as number)
    counts[bin] = (counts[bin] as number) + 1
  }
  return { sums, counts }
}

function bestCut({ sums, counts }: { sums: Float64Array; counts: Uint32Array }, total: number, rows: number) {
  let best = { bin: 0, gain: 0 }
  let [leftSum, leftRows] = [0, 0]
  for (let bin = 0; bin < sums.length - 1; bin++) {
    leftSum += sums[bin] as number
    leftRows += counts[bin] as number
    if (leftRows < LEAST_ROWS) continue
    if (rows - leftRows < LEAST_ROWS) break
    const gain = leftSum ** 2 / leftRows + (total - leftSum) ** 2 / (rows - leftRows) - total ** 2 / rows
    if (gain > best.gain) best = { bin, gain }
  }
  return best
}
