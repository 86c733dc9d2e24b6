/**
 * K-means distance: rows far from the middle of every cluster are anomalous.
 * Source: the distance to the nearest cluster center as V. Chandola, A. Banerjee, V. Kumar (2009), Anomaly detection: a
 * survey, section 6, have it. PyOD has no such detector. As the survey warns, anomalies that form a cluster of their own
 * would score low, and a lone row far out always does form one; so a center counts only where its cluster is not much
 * smaller than clusters are on average (`minShare`). Clusters as in `cblof`.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { kMeans } from '../clustering/k-means.ts'
import { centerSearchOf } from '../clustering/nearest-centers.ts'
import type { Detector, FitContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaledBy, scaleExponentOf } from '../neighbours/binary-scale.ts'

const STARTS = 10
const BLOCK_ROWS = 1024

/** How rows are clustered, and which clusters count. */
export interface KmeansParameters {
  /** Clusters, an integer >= 1; default 8. Never more than there are rows. */
  readonly nClusters: number
  /** A center counts where its cluster holds at least this share of n / nClusters rows: in [0, 1]; default 0.3. */
  readonly minShare: number
}

/** The centers that count. */
export interface KmeansState {
  readonly columns: number
  /** Rows are multiplied by 2^exponent before they are compared; 0 but for extreme magnitudes. */
  readonly exponent: number
  /** Row-major, shape (clusters, columns). */
  readonly centers: Float64Array
}

/**
 * Scores are distances to the nearest center that counts. Unit: the features' own; range [0, infinity), high is abnormal.
 * Scale matters: standardize features of different units first. Distances past the largest double count as that, and so do
 * those of new rows more than 1e150 times farther out than the training rows. The order of the training rows has a say in
 * where k-means begins.
 *
 * Cost: time O(k n d) an iteration of k-means at most, and O(k m d); memory O(n + k d).
 */
export const kmeans: Detector<KmeansParameters, KmeansState> = {
  id: 'kmeans',
  scoresTrainingRowsAsNew: true,
  fit: (x, parameters, context) => {
    const state = clusterRows(x, parameters, context)
    return { state, trainingScores: () => score(state, x, context.signal) }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

// The largest cluster holds n / k rows at least, so that one center always counts.
function clusterRows(x: Matrix, { nClusters, minShare }: KmeansParameters, context: FitContext): KmeansState {
  const { columns, rows } = x
  const exponent = scaleExponentOf(magnitudeOf(x.data, 0, x.data.length))
  const k = Math.min(nClusters, rows)
  const { centers, labels } = kMeans(scaledBy(exponent, x), k, STARTS, context)
  const sizes = new Int32Array(k)
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1
  const least = Math.max(1, minShare * (rows / k))
  const counted = centers.filter((_, at) => (sizes[Math.floor(at / columns)] ?? 0) >= least)
  return { columns, exponent, centers: counted }
}

function score({ columns, exponent, centers }: KmeansState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const { data, rows } = scaledBy(exponent, x)
  const search = centerSearchOf(centers, columns)
  const unscale = 2 ** -exponent
  const scores = new Float64Array(rows)
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    if (row % BLOCK_ROWS === 0) throwIfCancelled(signal)
    scores[row] = Math.min(Math.sqrt(search(data, at).square) * unscale, Number.MAX_VALUE)
  }
  return scores
}
