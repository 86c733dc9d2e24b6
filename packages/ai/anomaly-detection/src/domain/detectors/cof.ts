/**
 * Connectivity-based outlier factor: how long the chain is that links a row to its neighbours, against the chains of
 * these neighbours. It finds rows beside a pattern of low density, such as a line, which LOF takes for part of it.
 * Source: J. Tang, Z. Chen, A. Fu, D. Cheung (2002), Enhancing Effectiveness of Outlier Detections for Low Density
 * Patterns, definitions 4 to 8. As in PyOD 3.6 (`pyod.models.cof.COF`) the chain takes the neighbours in the order of
 * their distance from the row, where the paper takes next whichever is nearest to the chain so far.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaleExponentOf } from '../neighbours/binary-scale.ts'
import { type Neighbours, nearestNeighbours } from '../neighbours/nearest-neighbours.ts'
import { type NeighbourSearch, trainingNeighbours } from '../training-neighbours.ts'

const ROWS = 1024 // rows between two looks at the signal

/** Parameters of `cof`, named as PyOD names them. */
export interface CofParameters {
  /** Neighbours chained: a whole number >= 1, PyOD's default 20. With n training rows at most n - 1 are used. */
  readonly nNeighbors: number
}

/** The training rows with the lengths of their chains. */
export interface CofState {
  readonly rows: number
  readonly columns: number
  /** Row-major, shape (rows, columns). */
  readonly data: Float64Array
  /** Neighbours used, 1 at least. */
  readonly nNeighbors: number
  /** Average chaining distance of each training row, in the features' unit; shape (rows), >= 0. */
  readonly chains: Float64Array
}

/**
 * A row's average chaining distance over the mean of its neighbours'. No unit; range [0, infinity): near 1 inside a
 * pattern, high is abnormal. Scale between features matters: standardize features of different units first.
 *
 * A row whose own chain has length 0 (more than k duplicates) scores 0, one whose neighbours' chains all have, the
 * largest double, both as in PyOD. A training row is left out of its own neighbourhood by its place, where PyOD leaves
 * out whichever duplicate its sort puts first. PyOD scores new rows among themselves; here a new row is chained to its
 * nearest training rows and compared with their chains, so that its score does not depend on what it is scored with. A
 * single training row scores 1.
 *
 * Cost: the neighbours' search, O(n log n) to O(n^2), and O(n k^2 d) for the chains; memory O(n (d + k)).
 */
export const cof: Detector<CofParameters, CofState> = {
  id: 'cof',
  trainingNeighbours: searchOf,
  searched: (state) => state,
  fit: (x, parameters, { signal, neighbours }) => {
    throwIfCancelled(signal)
    const train: Matrix = { rows: x.rows, columns: x.columns, data: x.data.slice() }
    const nNeighbors = Math.max(1, Math.min(parameters.nNeighbors, x.rows - 1))
    const found = trainingNeighbours(train, searchOf(parameters, x.rows), { found: neighbours, signal })
    const chains = chainsOf(train, train, found, signal)
    return { state: { ...train, nNeighbors, chains }, trainingScores: () => factors(found, chains, chains) }
  },
  score: (state, x, context) => {
    const options = { metric: 'euclidean', excludeSelf: false, index: context?.index, signal: context?.signal } as const
    const found = nearestNeighbours(state, x, state.nNeighbors, options)
    return factors(found, chainsOf(state, x, found, context?.signal), state.chains)
  },
}

function searchOf({ nNeighbors }: CofParameters, rows: number): NeighbourSearch {
  return { k: Math.min(nNeighbors, rows - 1), metric: 'euclidean' }
}

/** Tang et al., definition 7: the i-th link weighs 2 (k + 1 - i) / (k (k + 1)); these sum to 1. */
function chainsOf(train: Matrix, x: Matrix, { indices }: Neighbours, signal: AbortSignal | undefined): Float64Array {
  const { columns } = train
  const k = indices.length / x.rows
  const chain = new Float64Array((k + 1) * columns) // the row, then its neighbours
  const lengths = new Float64Array(x.rows)
  for (let row = 0; row < x.rows; row++) {
    if (row % ROWS === 0) throwIfCancelled(signal)
    for (let column = 0; column < columns; column++) chain[column] = x.data[row * columns + column] as number
    for (let i = 1; i <= k; i++) {
      const from = (indices[row * k + i - 1] as number) * columns
      for (let column = 0; column < columns; column++) chain[i * columns + column] = train.data[from + column] as number
    }
    const exponent = scaleExponentOf(magnitudeOf(chain, 0, chain.length))
    if (exponent !== 0) for (let at = 0; at < chain.length; at++) chain[at] = (chain[at] as number) * 2 ** exponent
    let length = 0
    for (let i = 1; i <= k; i++)
      length += ((2 * (k + 1 - i)) / (k * (k + 1))) * Math.sqrt(nearestSquare(chain, i, columns))
    lengths[row] = Math.min(length * 2 ** -exponent, Number.MAX_VALUE)
  }
  return lengths
}

/** Squared distance from member `i` of the chain to the nearest member before it. */
function nearestSquare(chain: Float64Array, i: number, columns: number): number {
  let nearest = Infinity
  const own = i * columns
  for (let other = 0; other < own; other += columns) {
    let sum = 0
    for (let column = 0; column < columns; column++) {
      const off = (chain[own + column] as number) - (chain[other + column] as number)
      sum += off * off
    }
    if (sum < nearest) nearest = sum
  }
  return nearest
}

/** Tang et al., definition 8, as k over the sum of the neighbours' lengths in units of the row's own. */
function factors({ indices }: Neighbours, own: Float64Array, lengths: Float64Array): Float64Array {
  const k = indices.length / own.length
  const scores = new Float64Array(own.length).fill(1)
  for (let row = 0; row < own.length && k > 0; row++) {
    const length = own[row] as number
    let sum = 0
    for (let at = row * k; at < (row + 1) * k; at++) sum += (lengths[indices[at] as number] as number) / length
    scores[row] = length === 0 ? 0 : Math.min(k / sum, Number.MAX_VALUE)
  }
  return scores
}
