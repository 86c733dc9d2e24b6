/**
 * Subspace outlier degree: how far a row lies from rows like it, in those dimensions in which these agree.
 * Source: H.-P. Kriegel, P. Kroeger, E. Schubert, A. Zimek (2009), Outlier Detection in Axis-Parallel Subspaces of High
 * Dimensional Data, equations 1 to 4. As in PyOD 3.6 (`pyod.models.sod.SOD`) the distance is divided by the root of the
 * number of dimensions, where the paper divides by the number.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaleExponentOf } from '../neighbours/binary-scale.ts'
import { nearestNeighbours } from '../neighbours/nearest-neighbours.ts'
import { lotsOf, type MostShared, sharedNeighboursOf } from '../neighbours/shared-neighbours.ts'
import { seededRandom } from '../numeric/seeded-random.ts'
import { type NeighbourSearch, trainingNeighbours } from '../training-neighbours.ts'

const ROWS = 1024 // rows between two looks at the signal
const DRAWS = 32 // reference sets a row is compared with where rows tie for the last places

/** Parameters of `sod`, named as PyOD names them. */
export interface SodParameters {
  /** Neighbours of which rows may share some: a whole number >= 1, PyOD's default 20; at most n - 1 are used. */
  readonly nNeighbors: number
  /** Rows that a row is compared with, those that share most neighbours: 1 to `nNeighbors`, PyOD's default 10. */
  readonly refSet: number
  /** A dimension counts where their variance is below this share of the mean; in (0, 1), PyOD's default 0.8. */
  readonly alpha: number
}

/** The training rows with their neighbours. */
export interface SodState {
  readonly rows: number
  readonly columns: number
  /** Row-major, shape (rows, columns). */
  readonly data: Float64Array
  /** Neighbours used; 0 for a single row. */
  readonly nNeighbors: number
  /** Neighbours of each training row, nearest first; shape (rows, nNeighbors). */
  readonly indices: Int32Array
  /** Rows compared with, at most `nNeighbors`. */
  readonly refSet: number
  readonly alpha: number
}

/**
 * Root mean square distance from the mean of the reference rows over the dimensions in which these vary little. Unit:
 * the features'; range [0, infinity), high is abnormal. Scale matters: standardize features of different units first.
 *
 * 0 where no dimension counts, and so always with a single column, or with two rows or one. Of most rows' candidates some
 * share equally many neighbours and cannot all be taken; the paper leaves open which are. PyOD takes what an unstable sort of
 * row numbers puts first, so that its scores hang on the order of the rows: on ADBench's Hepatitis (80 rows) its ROC-AUC is
 * 0.631 in the order of the file, and 0.576 with a standard deviation of 0.034 over other orders. Here the degree is the
 * mean over 32 sets drawn by lot, the same for the same values in any order of the rows, and where nothing ties it is
 * PyOD's. Over ten ADBench sets the mean ROC-AUC is 0.691; of a single draw 0.687, of PyOD 0.690 over 12 other orders;
 * taking the nearer, the farther or the first of those that tie, or a share of each, ranks worse.
 *
 * PyOD scores new rows among themselves; here a new row's neighbours and reference rows are training rows, so that its
 * score does not depend on what it is scored with. A training row that is scored again finds itself among its own
 * neighbours.
 *
 * Cost: the neighbours' search, O(n log n) to O(n^2), and O(n k^2 + 32 n d refSet); memory O(n (d + k)).
 */
export const sod: Detector<SodParameters, SodState> = {
  id: 'sod',
  trainingNeighbours: searchOf,
  searched: (state) => state,
  fit: (x, parameters, { signal, neighbours }) => {
    throwIfCancelled(signal)
    const train: Matrix = { rows: x.rows, columns: x.columns, data: x.data.slice() }
    const nNeighbors = Math.min(parameters.nNeighbors, x.rows - 1)
    const { indices } = trainingNeighbours(train, searchOf(parameters, x.rows), { found: neighbours, signal })
    const refSet = Math.min(parameters.refSet, nNeighbors)
    const state: SodState = { ...train, nNeighbors, indices, refSet, alpha: parameters.alpha }
    return { state, trainingScores: () => degrees(state, train, indices, true, signal) }
  },
  score: (state, x, context) => {
    const options = { metric: 'euclidean', excludeSelf: false, index: context?.index, signal: context?.signal } as const
    const { indices } = nearestNeighbours(state, x, state.nNeighbors, options)
    return degrees(state, x, indices, false, context?.signal)
  },
}

function searchOf({ nNeighbors }: SodParameters, rows: number): NeighbourSearch {
  return { k: Math.min(nNeighbors, rows - 1), metric: 'euclidean' }
}

function degrees(
  state: SodState,
  x: Matrix,
  indices: Int32Array,
  excludeSelf: boolean,
  signal: AbortSignal | undefined,
): Float64Array {
  const { columns, nNeighbors: k, refSet, alpha } = state
  const scores = new Float64Array(x.rows)
  if (refSet === 0) return scores
  const { search } = sharedNeighboursOf(state, state.indices, refSet)
  const lots = lotsOf(x)
  const means = new Float64Array(columns)
  const variances = new Float64Array(columns)
  const own = new Float64Array(columns)
  for (let row = 0; row < x.rows; row++) {
    if (row % ROWS === 0) throwIfCancelled(signal)
    const shared = search(indices.subarray(row * k, (row + 1) * k), excludeSelf ? row : -1)
    const exponent = exponentOf(state, shared, x, row)
    const factor = 2 ** exponent
    for (let column = 0; column < columns; column++) own[column] = (x.data[row * columns + column] as number) * factor
    const draws = shared.tied.length === shared.room ? 1 : DRAWS
    let mean = 0
    for (const references of drawn(shared, draws, lots[row] as number)) {
      measure(state, references, factor, means, variances)
      mean += degreeOf(own, means, variances, alpha) / draws
    }
    scores[row] = Math.min(mean * 2 ** -exponent, Number.MAX_VALUE)
  }
  return scores
}

// As many sets of reference rows, each good until the next: those that are sure, and for the other places a new draw.
function* drawn({ sure, tied, room }: MostShared, draws: number, seed: number): Generator<Int32Array> {
  const references = new Int32Array(sure.length + room)
  references.set(sure)
  const random = seededRandom(seed)
  for (let draw = 0; draw < draws; draw++) {
    for (let place = 0; place < room; place++) {
      const pick = place + Math.floor(random() * (tied.length - place))
      const row = tied[pick] as number
      tied[pick] = tied[place] as number
      tied[place] = row
      references[sure.length + place] = row
    }
    yield references
  }
}

function exponentOf({ data, columns }: Matrix, { sure, tied }: MostShared, x: Matrix, row: number): number {
  let largest = magnitudeOf(x.data, row * columns, (row + 1) * columns)
  for (const references of [sure, tied]) {
    for (const reference of references) {
      const from = reference * columns
      largest = Math.max(largest, magnitudeOf(data, from, from + columns))
    }
  }
  return scaleExponentOf(largest)
}

/** Mean and variance of each column over the reference rows. */
function measure(
  { data, columns }: Matrix,
  references: Int32Array,
  factor: number,
  means: Float64Array,
  variances: Float64Array,
): void {
  const share = 1 / references.length
  means.fill(0)
  variances.fill(0)
  for (const reference of references) {
    for (let column = 0, at = reference * columns; column < columns; column++, at++) {
      means[column] = (means[column] as number) + share * factor * (data[at] as number)
    }
  }
  for (const reference of references) {
    for (let column = 0, at = reference * columns; column < columns; column++, at++) {
      const off = (data[at] as number) * factor - (means[column] as number)
      variances[column] = (variances[column] as number) + share * off * off
    }
  }
}

/** Kriegel et al., equations 3 and 4, over the dimensions whose variance is low. */
function degreeOf(own: Float64Array, means: Float64Array, variances: Float64Array, alpha: number): number {
  let total = 0
  for (const variance of variances) total += variance
  const limit = (alpha * total) / variances.length
  let counted = 0
  let sum = 0
  for (let column = 0; column < variances.length; column++) {
    if ((variances[column] as number) >= limit) continue
    counted++
    sum += ((own[column] as number) - (means[column] as number)) ** 2
  }
  return counted === 0 ? 0 : Math.sqrt(sum / counted)
}
