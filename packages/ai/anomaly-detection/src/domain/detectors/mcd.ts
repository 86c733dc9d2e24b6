/**
 * Robust covariance: the Mahalanobis distance from the half of the rows that lies most tightly together.
 * Sources: P. Rousseeuw, K. Van Driessen (1999), A fast algorithm for the minimum covariance determinant estimator, for the
 * search, which scikit-learn's MinCovDet (under PyOD 3.6's `pyod.models.mcd.MCD`) begins from random halves and we, as the
 * paper, from random d + 1 rows, many more times, so that smaller determinants are found and seeds hardly matter. Correction:
 * `median`, the default, is the paper's and earlier scikit-learn's (1.2 for one), whose scores ours agree with where the same
 * rows are found; `asymptotic` is what scikit-learn 1.9 has.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, FitContext } from '../detector.ts'
import { columnMomentsOf } from '../linear-algebra/column-moments.ts'
import { whitenedSquaresOf } from '../linear-algebra/whitened-squares.ts'
import type { Matrix } from '../matrix.ts'
import { fastMcd } from '../robust/fast-mcd.ts'
import { type Consistency, reweighted } from '../robust/reweighting.ts'
import { estimateOf } from '../robust/subset-estimate.ts'

/** What the estimate rests on. */
export interface McdParameters {
  /** Share of the rows in [0.5, 1] that the tightest subset holds; null (default): the least, (n + d + 1) / 2 rows. */
  readonly supportFraction: number | null
  /** Take the data to be centered on 0; default false. */
  readonly assumeCentered: boolean
  /** How the covariance of the subset is made one of all rows; default `median`. */
  readonly consistency: Consistency
}

/** The robust center and scatter. */
export interface McdState {
  readonly columns: number
  /** What each column is multiplied by: powers of two, 1 for ordinary magnitudes. Shape (columns). */
  readonly factors: Float64Array
  /** Center of the multiplied columns. Shape (columns). */
  readonly center: Float64Array
  /** W with W' W the inverse of the scatter of the multiplied columns; row-major, shape (columns, columns). */
  readonly whitening: Float64Array
}

/**
 * Scores are squared Mahalanobis distances. No unit; range [0, infinity), near d for a normal row, high is abnormal. Features may
 * have any units. Where the tightest rows lie in a subspace (a feature that is constant among them, features that repeat each
 * other, fewer rows than features), 1e-6 of each feature's variance is added to the scatter, so that rows off that subspace
 * score very high, where scikit-learn is blind to how far off they are. With one feature the tightest rows are found exactly.
 * Scores past the largest double count as that. The order of the training rows has a say in where the search begins.
 *
 * Cost: time O((500 * 300 + s n) d^2 + 500 d^3) with s some ten to thirty steps, O(m d^2) to score; memory O(n d).
 */
export const mcd: Detector<McdParameters, McdState> = {
  id: 'mcd',
  scoresTrainingRowsAsNew: true,
  fit: (x, parameters, context) => {
    throwIfCancelled(context.signal)
    const state = fitState(x, parameters, context)
    return { state, trainingScores: () => score(state, x, context.signal) }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

function fitState(x: Matrix, parameters: McdParameters, context: FitContext): McdState {
  const { columns, rows } = x
  const { supportFraction, assumeCentered, consistency } = parameters
  const { factors, means, deviations } = columnMomentsOf(x)
  const origin = assumeCentered ? new Float64Array(columns) : means
  const standardized = { rows, columns, data: new Float64Array(x.data.length) }
  for (let at = 0, column = 0; at < x.data.length; at++) {
    standardized.data[at] =
      ((x.data[at] ?? 0) * (factors[column] ?? 1) - (origin[column] ?? 0)) / (deviations[column] ?? 1)
    if (++column === columns) column = 0
  }
  const h = Math.min(
    rows,
    supportFraction === null ? Math.ceil((rows + columns + 1) / 2) : Math.max(1, Math.floor(supportFraction * rows)),
  )
  const tightest = fastMcd(standardized, h, context)
  const raw = assumeCentered ? estimateOf(standardized, tightest.rows, true, context.signal) : tightest.estimate
  const { estimate, factor } = reweighted(standardized, raw, h, assumeCentered, consistency, context.signal)
  const root = Math.sqrt(factor)
  return {
    columns,
    factors,
    center: estimate.center.map((value, column) => (origin[column] ?? 0) + value * (deviations[column] ?? 1)),
    whitening: estimate.whitening.map((value, at) => value / root / (deviations[at % columns] ?? 1)),
  }
}

function score(state: McdState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const squares = whitenedSquaresOf(x, state.factors, state.center, state.whitening, signal)
  return squares.map((square) => (Number.isFinite(square) ? square : Number.MAX_VALUE))
}
