/**
 * A row is as anomalous as its nearest neighbours are far.
 * Sources: S. Ramaswamy, R. Rastogi, K. Shim (2000), Efficient algorithms for mining outliers from large data sets: the
 * distance to the k-th neighbour (`largest`); F. Angiulli, C. Pizzuti (2002), Fast outlier detection in high dimensional
 * spaces: the sum over all k (`mean`, up to the constant k). Details as in PyOD 3.6 (`pyod.models.knn.KNN`).
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import type { Metric } from '../neighbours/metric.ts'
import { nearestNeighbours } from '../neighbours/nearest-neighbours.ts'
import { type NeighbourSearch, type TrainingNeighbours, trainingNeighbours } from '../training-neighbours.ts'

/** How the distances to the k neighbours become one score. */
export type KnnMethod = 'largest' | 'mean' | 'median'

/** Parameters of `knn`, named as PyOD names them. */
export interface KnnParameters {
  /** Neighbours looked at: a whole number >= 1, PyOD's default 5. With n training rows at most n - 1 are used. */
  readonly nNeighbors: number
  /** PyOD's default is `largest`. */
  readonly method: KnnMethod
  /** PyOD's default is `euclidean`. */
  readonly metric: Metric
}

/** The training rows themselves: this detector learns nothing else. */
export interface KnnState {
  readonly rows: number
  readonly columns: number
  /** Row-major, shape (rows, columns). */
  readonly data: Float64Array
  /** Neighbours used, 1 at least. */
  readonly nNeighbors: number
  readonly method: KnnMethod
  readonly metric: Metric
}

/**
 * Distance to the nearest neighbours. Unit: the features' own; range [0, infinity), high is abnormal. Scale matters:
 * standardize features of different units first.
 *
 * A training row is left out of its own neighbourhood by its place, not by its distance, so a duplicate of it counts
 * as a neighbour at distance 0. A new row is compared with all training rows, hence a training row that is scored again
 * finds itself first and scores lower. A single training row scores 0. Distances past the largest double count as that.
 *
 * Cost: time O(n log n) to O(n^2), memory O(n d + n k).
 */
export const knn: Detector<KnnParameters, KnnState> = {
  id: 'knn',
  trainingNeighbours: searchOf,
  searched: (state) => state,
  fit: (x, { nNeighbors, method, metric }, { signal, neighbours }) => {
    throwIfCancelled(signal)
    const state: KnnState = {
      rows: x.rows,
      columns: x.columns,
      data: x.data.slice(),
      nNeighbors: Math.max(1, Math.min(nNeighbors, x.rows - 1)),
      method,
      metric,
    }
    return { state, trainingScores: () => trainingScores(state, neighbours, signal) }
  },
  score: (state, x, context) => {
    const { nNeighbors, method, metric } = state
    const options = { metric, excludeSelf: false, index: context?.index, signal: context?.signal }
    return combined(nearestNeighbours(state, x, nNeighbors, options).distances, x.rows, nNeighbors, method)
  },
}

function searchOf({ nNeighbors, metric }: Pick<KnnParameters, 'nNeighbors' | 'metric'>, rows: number): NeighbourSearch {
  return { k: Math.min(nNeighbors, rows - 1), metric }
}

function trainingScores(
  state: KnnState,
  found: TrainingNeighbours | undefined,
  signal: AbortSignal | undefined,
): Float64Array {
  if (state.rows === 1) return new Float64Array(1)
  const { distances } = trainingNeighbours(state, searchOf(state, state.rows), { found, signal })
  return combined(distances, state.rows, state.nNeighbors, state.method)
}

/** @param distances - ascending in each run of k; shape (rows, k) */
function combined(distances: Float64Array, rows: number, k: number, method: KnnMethod): Float64Array {
  const scores = new Float64Array(rows)
  for (let row = 0; row < rows; row++) scores[row] = combine[method](distances, row * k, k)
  return scores
}

const combine: Readonly<Record<KnnMethod, (distances: Float64Array, base: number, k: number) => number>> = {
  largest: (distances, base, k) => distances[base + k - 1] ?? 0,
  mean: (distances, base, k) => {
    let mean = 0
    for (let at = base; at < base + k; at++) mean += (distances[at] ?? 0) / k // divided first: the sum could overflow
    return Math.min(mean, Number.MAX_VALUE)
  },
  median: (distances, base, k) => {
    const low = distances[base + ((k - 1) >> 1)] ?? 0
    const high = distances[base + (k >> 1)] ?? 0
    return low + (high - low) / 2
  },
}
