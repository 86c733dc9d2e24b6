/**
 * CBLOF: rows far from the center of a large cluster are anomalous; small clusters are measured by the nearest large one.
 * Source: Z. He, X. Xu, S. Deng (2003), Discovering cluster-based local outliers, definitions 2 to 4. As in PyOD 3.6
 * (`pyod.models.cblof.CBLOF`) the clusters come from k-means, and the size of the cluster is no factor unless `useWeights` is
 * set, as the paper has it. Where no cut into large and small satisfies alpha or beta, PyOD gives up; here every cluster
 * counts as large.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { kMeans } from '../clustering/k-means.ts'
import { centerSearchOf } from '../clustering/nearest-centers.ts'
import type { Detector, FitContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaledBy, scaleExponentOf } from '../neighbours/binary-scale.ts'

const STARTS = 10 // scikit-learn's until 1.3; today's single start often ends in a worse clustering
const BLOCK_ROWS = 1024

/** How rows are clustered, and which clusters are large. */
export interface CblofParameters {
  /** Clusters, an integer >= 2; default 8. Never more than there are rows. */
  readonly nClusters: number
  /** The share of rows that the large clusters together hold at least, in (0, 1); default 0.9. */
  readonly alpha: number
  /** How many times larger the smallest large cluster is than the largest small one, > 1; default 5. */
  readonly beta: number
  /** Multiply distances by the size of the row's cluster; default false. */
  readonly useWeights: boolean
}

/** The clusters, the largest first. */
export interface CblofState {
  readonly columns: number
  /** Rows are multiplied by 2^exponent before they are compared; 0 but for extreme magnitudes. */
  readonly exponent: number
  /** How many of the clusters are large: the first ones. */
  readonly large: number
  readonly useWeights: boolean
  /** Row-major, shape (clusters, columns). */
  readonly centers: Float64Array
  /** Shape (clusters): how many training rows each holds, >= 1. */
  readonly sizes: Int32Array
}

/**
 * Scores are distances to the center of the row's cluster where it is large, else to the nearest large cluster's. Unit: the
 * features' own (times a number of rows with `useWeights`); range [0, infinity), high is abnormal. Scale matters:
 * standardize features of different units first. Distances past the largest double count as that, and so do those of new
 * rows more than 1e150 times farther out than the training rows. The order of the training rows has a say in where k-means
 * begins.
 *
 * Cost: time O(k n d) an iteration of k-means at most, and O(k m d); memory O(n + k d).
 */
export const cblof: Detector<CblofParameters, CblofState> = {
  id: 'cblof',
  scoresTrainingRowsAsNew: true,
  fit: (x, parameters, context) => {
    const state = clusterRows(x, parameters, context)
    return { state, trainingScores: () => score(state, x, context.signal) }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

function clusterRows(x: Matrix, parameters: CblofParameters, context: FitContext): CblofState {
  const { nClusters, alpha, beta, useWeights } = parameters
  const { columns } = x
  const exponent = scaleExponentOf(magnitudeOf(x.data, 0, x.data.length))
  const { centers, labels } = kMeans(scaledBy(exponent, x), Math.min(nClusters, x.rows), STARTS, context)
  const counts = new Int32Array(centers.length / columns)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  const order = Array.from(counts.keys())
    .filter((cluster) => (counts[cluster] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b)
  const sizes = Int32Array.from(order, (cluster) => counts[cluster] ?? 0)
  const sorted = new Float64Array(order.length * columns)
  order.forEach((cluster, place) => {
    sorted.set(centers.subarray(cluster * columns, (cluster + 1) * columns), place * columns)
  })
  return { columns, exponent, large: largeClusters(sizes, x.rows, alpha, beta), useWeights, centers: sorted, sizes }
}

// The first cut that satisfies alpha and beta, else alpha alone, else beta alone, else none.
function largeClusters(sizes: Int32Array, rows: number, alpha: number, beta: number): number {
  const byAlpha: number[] = []
  const byBeta: number[] = []
  let held = 0
  for (let cut = 1; cut < sizes.length; cut++) {
    const smallestLarge = sizes[cut - 1] ?? 0
    held += smallestLarge
    if (held >= rows * alpha) byAlpha.push(cut)
    if (smallestLarge / (sizes[cut] ?? 1) >= beta) byBeta.push(cut)
  }
  return byAlpha.find((cut) => byBeta.includes(cut)) ?? byAlpha[0] ?? byBeta[0] ?? sizes.length
}

function score(state: CblofState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const { columns, exponent, large, useWeights, centers, sizes } = state
  const { data, rows } = scaledBy(exponent, x)
  const searchAll = centerSearchOf(centers, columns)
  const searchLarge = centerSearchOf(centers.subarray(0, large * columns), columns)
  const unscale = 2 ** -exponent
  const scores = new Float64Array(rows)
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    if (row % BLOCK_ROWS === 0) throwIfCancelled(signal)
    const own = searchAll(data, at)
    const weight = useWeights ? (sizes[own.nearest] ?? 1) : 1
    const square = own.nearest < large ? own.square : searchLarge(data, at).square
    scores[row] = Math.min(Math.sqrt(square) * unscale * weight, Number.MAX_VALUE)
  }
  return scores
}
