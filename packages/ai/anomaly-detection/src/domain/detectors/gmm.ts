import { throwIfCancelled } from '../cancellation.ts'
/**
 * Gaussian mixture: rows that a mixture of normal distributions, fitted to all rows, makes unlikely are anomalous.
 * Source: C. Bishop (2006), Pattern recognition and machine learning, section 9.2. As in PyOD 3.6 (`pyod.models.gmm.GMM`,
 * on scikit-learn's GaussianMixture): iterations begin with k-means, parameters carry its names. Unlike it, a covariance that
 * rounding left without an inverse is mended, not refused; more components than rows are cut to that; and columns past 1e60
 * are fitted in a unit of their own.
 */
import { kMeans } from '../clustering/k-means.ts'
import type { Detector, FitContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import {
  type CovarianceType,
  type FittedMixture,
  fitMixture,
  logDensities,
  logSum,
} from '../mixture/gaussian-mixture.ts'
import { mixtureColumnsOf } from '../mixture/mixture-columns.ts'

const BLOCK_ROWS = 4096

/** How the mixture is fitted, named as PyOD names it. */
export interface GmmParameters {
  /** Components, an integer >= 1; default 1. Never more than there are rows. */
  readonly nComponents: number
  /** Default `full`. */
  readonly covarianceType: CovarianceType
  /** Least gain in mean log-likelihood that is worth another iteration, > 0; default 1e-3. */
  readonly tol: number
  /** Added to the variances, in the features' unit squared, >= 1e-15; default 1e-6. */
  readonly regCovar: number
  /** Iterations at most, an integer >= 1; default 100. */
  readonly maxIter: number
  /** How many times it begins anew, an integer >= 1; the likeliest result counts; default 1. */
  readonly nInit: number
}

/** The mixture, in columns multiplied by `factors`. */
export interface GmmState {
  readonly columns: number
  /** Powers of two; 1 but for extreme magnitudes. Shape (columns). */
  readonly factors: Float64Array
  /** Shape (components): shares, > 0. */
  readonly weights: Float64Array
  /** Row-major, shape (components, columns). */
  readonly means: Float64Array
  /** What turns each covariance to the identity: shape (components, columns, columns), or (components, columns) of diagonals. */
  readonly whitenings: Float64Array
  /** ln det of each covariance; shape (components). */
  readonly logDeterminants: Float64Array
}

/**
 * Scores are -ln(density), of any sign; high is abnormal. With one component that is half the squared Mahalanobis distance and
 * a constant. `full` and `tied` covariances are indifferent to the features' units but for `regCovar`; else standardize
 * features of different units first. Scores past the largest double count as that. Several components take a lone row far
 * out, or a heap of duplicates, for a cloud of its own and score it low, as everywhere: one component has no such blind spot.
 *
 * Cost: time O(k n d^2) an iteration (k n d without correlation), O(k m d^2) to score; memory O(k (n + d^2)).
 */
export const gmm: Detector<GmmParameters, GmmState> = {
  id: 'gmm',
  scoresTrainingRowsAsNew: true,
  fit: (x, parameters, context) => {
    throwIfCancelled(context.signal)
    const state = fitState(x, parameters, context)
    return { state, trainingScores: () => score(state, x, context.signal) }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

function fitState(x: Matrix, parameters: GmmParameters, context: FitContext): GmmState {
  const { columns, rows } = x
  const { factors, ridges } = mixtureColumnsOf(x, parameters.regCovar)
  const plain = factors.every((factor) => factor === 1)
  const scaled = plain ? x : { ...x, data: x.data.map((value, at) => value * (factors[at % columns] ?? 1)) }
  const options = { ...parameters, ridges, signal: context.signal }
  const k = Math.min(parameters.nComponents, rows)
  const fitOnce = (): FittedMixture => {
    const { labels, count } = firstLabels(scaled, k, context)
    return fitMixture(scaled, labels, count, options)
  }
  let best = fitOnce()
  for (let start = 1; start < parameters.nInit && k > 1; start++) {
    const found = fitOnce()
    if (found.lowerBound > best.lowerBound) best = found
  }
  const { weights, means, whitenings } = best.mixture
  const size = whitenings[0]?.matrix.length ?? 0
  const matrices = new Float64Array(weights.length * size)
  whitenings.forEach(({ matrix }, component) => matrices.set(matrix, component * size))
  const logDeterminants = Float64Array.from(whitenings, ({ logDeterminant }) => logDeterminant)
  return { columns, factors, weights, means, whitenings: matrices, logDeterminants }
}

// K-means' clusters, those without rows left out.
function firstLabels(x: Matrix, k: number, context: FitContext): { labels: Int32Array; count: number } {
  if (k === 1) return { labels: new Int32Array(x.rows), count: 1 }
  const { labels } = kMeans(x, k, 1, context)
  const present = [...new Set(labels)].sort((a, b) => a - b)
  return { labels: labels.map((label) => present.indexOf(label)), count: present.length }
}

function score(state: GmmState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const { columns, factors, weights, means, whitenings, logDeterminants } = state
  const size = whitenings.length / weights.length
  const mixture = {
    weights,
    means,
    whitenings: Array.from(logDeterminants, (logDeterminant, component) => ({
      matrix: whitenings.subarray(component * size, (component + 1) * size),
      logDeterminant,
    })),
  }
  const unit = factors.reduce((sum, factor) => sum + Math.log(factor), 0)
  const scores = new Float64Array(x.rows)
  for (let first = 0; first < x.rows; first += BLOCK_ROWS) {
    throwIfCancelled(signal)
    const rows = Math.min(BLOCK_ROWS, x.rows - first)
    const data = x.data.subarray(first * columns, (first + rows) * columns)
    const ln = logDensities({ data, rows, columns }, factors, mixture, signal)
    for (let row = 0; row < rows; row++) {
      const negative = -(weights.length === 1 ? (ln[row] ?? 0) : logSum(ln, rows, row)) - unit
      scores[first + row] = Number.isNaN(negative) ? Number.MAX_VALUE : Math.min(negative, Number.MAX_VALUE)
    }
  }
  return scores
}
