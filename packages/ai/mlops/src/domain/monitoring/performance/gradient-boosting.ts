/**
 * Gradient boosted regression trees on squared loss: histograms of up to 255 bins, leaf-wise growth, LightGBM's defaults (100
 * trees, 31 leaves, rate 0.1, 20 rows a leaf), without its sampling and its categorical splits.
 * Source: G. Ke et al. (2017), LightGBM: a highly efficient gradient boosting decision tree.
 */
import { meanOf } from '../numeric/moments.ts'
import { type BinnedColumns, binColumns, binsOf } from './binned-columns.ts'
import { growTree, type Tree } from './regression-tree.ts'

const TREES = 100
const RATE = 0.1

/** A fitted ensemble. */
export interface Boosting {
  readonly start: number
  readonly trees: ReadonlyArray<Tree>
  readonly edges: BinnedColumns['edges']
}

/**
 * @param columns - shape (columns)(rows), at least one; NaN counts as below all numbers
 * @param targets - shape (rows), finite, rows >= 1
 */
export function fitBoosting(columns: ReadonlyArray<Float64Array>, targets: Float64Array): Boosting {
  const binned = binColumns(columns)
  const start = meanOf(targets)
  const residuals = targets.map((target) => target - start)
  const trees: Tree[] = []
  for (let i = 0; i < TREES; i++) {
    const tree = growTree(binned, residuals, RATE)
    for (let row = 0; row < residuals.length; row++) {
      residuals[row] = (residuals[row] as number) - valueOf(tree, binned.bins, row * columns.length)
    }
    trees.push(tree)
    if (tree.kind === 'leaf') break // nothing left to split: more of the same would change nothing
  }
  return { start, trees, edges: binned.edges }
}

/** Predictions for rows. @param columns - as those fitted on @returns shape (rows) */
export function predictBoosting({ start, trees, edges }: Boosting, columns: ReadonlyArray<Float64Array>): Float64Array {
  const bins = binsOf(columns, edges)
  return Float64Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
    trees.reduce((sum, tree) => sum + valueOf(tree, bins, row * columns.length), start),
  )
}

function valueOf(tree: Tree, bins: Uint8Array, from: number): number {
  let node = tree
  while (node.kind === 'split') node = (bins[from + node.column] as number) <= node.bin ? node.left : node.right
  return node.value
}
