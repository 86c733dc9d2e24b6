/**
 * Local outlier factor: how much thinner the data is around a row than around its neighbours.
 * Source: M. Breunig, H.-P. Kriegel, R. Ng, J. Sander (2000), LOF: identifying density-based local outliers. As in
 * scikit-learn 1.2 (`LocalOutlierFactor`), on which PyOD's stands, and unlike the paper, exactly k neighbours count
 * where several are equally far (here those that come first), and 1e-10 is added to the mean reachability distance so
 * that duplicates have a density.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import type { Metric } from '../neighbours/metric.ts'
import { nearestNeighbours, type Neighbours } from '../neighbours/nearest-neighbours.ts'
import { type NeighbourSearch, trainingNeighbours } from '../training-neighbours.ts'

/** Parameters of `lof`, named as PyOD names them. */
export interface LofParameters {
  /** Neighbours looked at: a whole number >= 1, PyOD's default 20. With n training rows at most n - 1 are used. */
  readonly nNeighbors: number
  /** PyOD's default is `euclidean` (minkowski, p = 2). */
  readonly metric: Metric
}

/** The training rows with how far their neighbourhood reaches and how dense it is. */
export interface LofState {
  readonly rows: number
  readonly columns: number
  /** Row-major, shape (rows, columns). */
  readonly data: Float64Array
  /** Neighbours used, 1 at least. */
  readonly nNeighbors: number
  readonly metric: Metric
  /** Distance of each training row to its k-th neighbour; shape (rows). */
  readonly kDistances: Float64Array
  /** Local reachability density of each training row; shape (rows), in (0, 1e10]. */
  readonly densities: Float64Array
}

/**
 * Local outlier factor. No unit; range (0, infinity): near 1 inside a cluster of whatever density, high is abnormal. Scale
 * between features matters: standardize features of different units first.
 *
 * Beside more than k duplicates a density is 1e10, so rows near such a heap score up to 1e10 and depend on the order of
 * equally near neighbours. A training row is left out of its own neighbourhood by its place; a new row is compared with
 * all training rows. A single training row scores 1. Scores past the largest double count as that.
 *
 * Cost: time O(n log n) to O(n^2), memory O(n d + n k).
 */
export const lof: Detector<LofParameters, LofState> = {
  id: 'lof',
  trainingNeighbours: searchOf,
  searched: (state) => state,
  fit: (x, parameters, { signal, neighbours }) => {
    throwIfCancelled(signal)
    const train: Matrix = { rows: x.rows, columns: x.columns, data: x.data.slice() }
    const { metric } = parameters
    const nNeighbors = Math.max(1, Math.min(parameters.nNeighbors, x.rows - 1))
    const found = trainingNeighbours(train, searchOf(parameters, x.rows), { found: neighbours, signal })
    const kDistances = new Float64Array(x.rows)
    for (let row = 0; row < x.rows; row++) kDistances[row] = found.distances[(row + 1) * nNeighbors - 1] ?? 0
    const densities = densitiesOf(found, kDistances, x.rows)
    const state: LofState = { ...train, nNeighbors, metric, kDistances, densities }
    return { state, trainingScores: () => factors(found, densities, densities) }
  },
  score: (state, x, context) => {
    const { nNeighbors, metric, kDistances, densities } = state
    const options = { metric, excludeSelf: false, index: context?.index, signal: context?.signal }
    const found = nearestNeighbours(state, x, nNeighbors, options)
    return factors(found, densitiesOf(found, kDistances, x.rows), densities)
  },
}

function searchOf({ nNeighbors, metric }: LofParameters, rows: number): NeighbourSearch {
  return { k: Math.min(nNeighbors, rows - 1), metric }
}

/** Breunig et al., definition 6: the inverse of the mean reachability distance from a row to its neighbours. */
function densitiesOf({ indices, distances }: Neighbours, kDistances: Float64Array, rows: number): Float64Array {
  const densities = new Float64Array(rows)
  const k = indices.length / rows
  for (let row = 0; row < rows; row++) {
    let mean = 0
    for (let at = row * k; at < (row + 1) * k; at++) {
      mean += Math.max(distances[at] ?? 0, kDistances[indices[at] ?? 0] ?? 0) / k // divided first: the sum could overflow
    }
    densities[row] = 1 / (Math.min(mean, Number.MAX_VALUE) + 1e-10)
  }
  return densities
}

/** Breunig et al., definition 7: the mean density of the neighbours over the row's own. */
function factors({ indices }: Neighbours, own: Float64Array, densities: Float64Array): Float64Array {
  const rows = own.length
  const k = indices.length / rows
  const scores = new Float64Array(rows).fill(1)
  for (let row = 0; row < rows && k > 0; row++) {
    let mean = 0
    for (let at = row * k; at < (row + 1) * k; at++) mean += (densities[indices[at] ?? 0] ?? 0) / k
    scores[row] = Math.min(mean / (own[row] ?? 1), Number.MAX_VALUE)
  }
  return scores
}
