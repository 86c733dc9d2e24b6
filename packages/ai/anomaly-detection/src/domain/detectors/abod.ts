/**
 * Angle-based outlier detection, fast: seen from inside a cluster the other rows lie in all directions and at all
 * distances, seen from far outside in nearly one.
 * Source: H.-P. Kriegel, M. Schubert, A. Zimek (2008), Angle-Based Outlier Detection in High-dimensional Data, KDD,
 * definition 3 (FastABOD), but with the plain variance over the pairs, as in PyOD 3.6 (`pyod.models.abod.ABOD`), where
 * the paper weights it by 1 / (|AB| |AC|).
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { type Neighbours, nearestNeighbours } from '../neighbours/nearest-neighbours.ts'
import { type NeighbourSearch, trainingNeighbours } from '../training-neighbours.ts'

const LARGEST_COSINE = 2 ** 500 // between rows closer than 1e-75; its square is still a double
const ROWS = 4096 // rows between two looks at the signal
const FAR = 2 ** 1000 // neighbours farther apart are halved first: their differences could overflow

/** Parameters of `abod`, named as PyOD names them. */
export interface AbodParameters {
  /**
   * Neighbours that span the angles: a whole number >= 2, PyOD's default 5. A training row counts as the first of its
   * own, as in PyOD, so that it has one fewer. The number of rows or more gives the original ABOD, over all pairs.
   */
  readonly nNeighbors: number
}

/** The training rows and the least of their scores. */
export interface AbodState {
  readonly rows: number
  readonly columns: number
  /** Row-major, shape (rows, columns). */
  readonly data: Float64Array
  readonly nNeighbors: number
  /** The score of a row that sees no angle, <= 0. */
  readonly lowest: number
}

/**
 * Minus the variance, over all pairs (a, b) of a row's neighbours, of <a, b> / (|a|^2 |b|^2), a and b taken from the
 * row. Range (-infinity, 0], high (towards 0) is abnormal. Unit: the features' to the power of -4, so scale matters:
 * standardize features of different units first.
 *
 * Neighbours that equal the row make no angle and are left out; one pair alone has variance 0, the highest score, as in
 * PyOD. A row with no pair left lies in a heap of its own duplicates. PyOD gives it NaN; here it gets the lowest score
 * of the training rows that have one (0 where none has), since nothing is denser. Scores below the least double count
 * as that. With at most `nNeighbors` rows a training row sees all others, one more than in PyOD.
 *
 * Cost: the neighbours' search, O(n log n) to O(n^2), and O(n k^2 d) for the angles.
 */
export const abod: Detector<AbodParameters, AbodState> = {
  id: 'abod',
  trainingNeighbours: searchOf,
  searched: (state) => state,
  fit: (x, parameters, { signal, neighbours }) => {
    throwIfCancelled(signal)
    const train: Matrix = { rows: x.rows, columns: x.columns, data: x.data.slice() }
    const nNeighbors = Math.min(parameters.nNeighbors, x.rows)
    const found = trainingNeighbours(train, searchOf(parameters, x.rows), { found: neighbours, signal })
    const scores = angleScores(train, train, found, signal)
    const lowest = scores.reduce((least, score) => (score < least ? score : least), 0)
    return {
      state: { ...train, nNeighbors, lowest },
      trainingScores: () => scores.map((score) => (Number.isNaN(score) ? lowest : score)),
    }
  },
  score: (state, x, context) => {
    const options = { metric: 'euclidean', excludeSelf: false, index: context?.index, signal: context?.signal } as const
    const found = nearestNeighbours(state, x, state.nNeighbors, options)
    const scores = angleScores(state, x, found, context?.signal)
    return scores.map((score) => (Number.isNaN(score) ? state.lowest : score))
  },
}

function searchOf({ nNeighbors }: AbodParameters, rows: number): NeighbourSearch {
  return { k: Math.min(nNeighbors, rows) - 1, metric: 'euclidean' }
}

/** NaN where a row has no pair of neighbours other than itself. */
function angleScores(train: Matrix, x: Matrix, found: Neighbours, signal: AbortSignal | undefined): Float64Array {
  const { columns } = train
  const k = found.indices.length / x.rows
  const scores = new Float64Array(x.rows)
  const directions = new Float64Array(k * columns) // of length 1, from the row to each neighbour
  const lengths = new Float64Array(k)
  const cosines = new Float64Array((k * (k - 1)) / 2)
  for (let row = 0; row < x.rows; row++) {
    if (row % ROWS === 0) throwIfCancelled(signal)
    let seen = 0
    for (let at = row * k; at < (row + 1) * k; at++) {
      const length = found.distances[at] ?? 0
      if (length === 0) continue
      lengths[seen] = length
      const scale = length > FAR ? 0.5 : 1
      const from = (found.indices[at] ?? 0) * columns
      for (let column = 0; column < columns; column++) {
        const off = (train.data[from + column] ?? 0) * scale - (x.data[row * columns + column] ?? 0) * scale
        directions[seen * columns + column] = off / (length * scale)
      }
      seen++
    }
    scores[row] = minusVariance(directions, lengths, seen, columns, cosines)
  }
  return scores
}

function minusVariance(
  directions: Float64Array,
  lengths: Float64Array,
  seen: number,
  columns: number,
  cosines: Float64Array,
): number {
  let pairs = 0
  let mean = 0
  for (let a = 0; a < seen; a++) {
    for (let b = a + 1; b < seen; b++) {
      let cosine = 0
      for (let i = a * columns, j = b * columns; i < (a + 1) * columns; i++, j++) {
        cosine += (directions[i] ?? 0) * (directions[j] ?? 0)
      }
      const weighted = cosine / (lengths[a] ?? 1) / (lengths[b] ?? 1)
      const held = Math.max(-LARGEST_COSINE, Math.min(weighted, LARGEST_COSINE))
      cosines[pairs++] = held
      mean += held
    }
  }
  if (pairs === 0) return Number.NaN
  mean /= pairs
  let variance = 0
  for (let pair = 0; pair < pairs; pair++) variance += ((cosines[pair] ?? 0) - mean) ** 2 / pairs
  return 0 - variance // never -0
}
