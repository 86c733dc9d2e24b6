/**
 * Feature bagging: local outlier factors in random subsets of the features, averaged or the largest of them. Rows that
 * are outlying in few features stand out where the others are left out.
 * Source: A. Lazarevic, V. Kumar (2005), Feature Bagging for Outlier Detection, KDD. As in PyOD 3.6
 * (`pyod.models.feature_bagging.FeatureBagging`) subsets have between half and all of the features, where the paper
 * stops one short of all; the scores of the subsets are combined as they are, where the paper also combines ranks.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, Fit, FitContext, ScoreContext } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import type { Metric } from '../neighbours/metric.ts'
import { sampleWithoutReplacement } from '../numeric/sample.ts'
import { lof, type LofState } from './lof.ts'

/** How the scores of the subsets become one. */
export type BaggingCombination = 'average' | 'max'

/** Parameters of `feature_bagging`, named as PyOD names them; the last two are those of its base detector LOF. */
export interface FeatureBaggingParameters {
  /** Subsets, an integer >= 1; PyOD's default 10. */
  readonly nEstimators: number
  /** The largest share of the features in a subset, in [0.5, 1]; PyOD's default 1. The smallest is one half. */
  readonly maxFeatures: number
  /** Whether features are drawn with replacement; PyOD's default false. */
  readonly bootstrapFeatures: boolean
  /** PyOD's default is `average`. */
  readonly combination: BaggingCombination
  /** See `lof`; default 20. */
  readonly nNeighbors: number
  /** See `lof`; default `euclidean`. */
  readonly metric: Metric
}

/** The training rows, and per subset its features and what LOF learned in them. */
export interface FeatureBaggingState {
  readonly rows: number
  readonly columns: number
  /** Row-major, shape (rows, columns). */
  readonly data: Float64Array
  readonly combination: BaggingCombination
  readonly metric: Metric
  /** Neighbours used, 1 at least. */
  readonly nNeighbors: number
  /** Where each subset begins in `features`, and the end; shape (subsets + 1). */
  readonly starts: Int32Array
  /** The features of the subsets, one after another. */
  readonly features: Int32Array
  /** See `LofState`; shape (subsets, rows). */
  readonly kDistances: Float64Array
  /** See `LofState`; shape (subsets, rows). */
  readonly densities: Float64Array
}

/**
 * Average or maximum of local outlier factors, see `lof`. No unit; range (0, infinity): near 1 inside a cluster, high
 * is abnormal. Scale between features matters: standardize features of different units first. A single feature makes
 * every subset the same, where PyOD refuses it.
 *
 * Cost: `nEstimators` times that of LOF; memory O(n (d + nEstimators)).
 */
export const featureBagging: Detector<FeatureBaggingParameters, FeatureBaggingState> = {
  id: 'feature_bagging',
  fit,
  score,
}

function fit(
  x: Matrix,
  parameters: FeatureBaggingParameters,
  { random, signal }: FitContext,
): Fit<FeatureBaggingState> {
  throwIfCancelled(signal)
  const { nEstimators, combination, metric } = parameters
  const train: Matrix = { rows: x.rows, columns: x.columns, data: x.data.slice() }
  const starts = new Int32Array(nEstimators + 1)
  const features: number[] = []
  const kDistances = new Float64Array(nEstimators * x.rows)
  const densities = new Float64Array(nEstimators * x.rows)
  const scores = combinerOf(combination, x.rows, nEstimators)
  let nNeighbors = 1
  for (let subset = 0; subset < nEstimators; subset++) {
    const drawn = drawFeatures(x.columns, parameters, random)
    features.push(...drawn)
    starts[subset + 1] = features.length
    const { state, trainingScores } = lof.fit(columnsOf(train, drawn), parameters, { random, signal })
    kDistances.set(state.kDistances, subset * x.rows)
    densities.set(state.densities, subset * x.rows)
    nNeighbors = state.nNeighbors
    scores.add(trainingScores())
  }
  const learned = { nNeighbors, starts, features: Int32Array.from(features), kDistances, densities }
  return { state: { ...train, combination, metric, ...learned }, trainingScores: () => scores.combined.slice() }
}

function score(state: FeatureBaggingState, x: Matrix, context?: ScoreContext): Float64Array {
  const subsets = state.starts.length - 1
  const scores = combinerOf(state.combination, x.rows, subsets)
  for (let subset = 0; subset < subsets; subset++) {
    const drawn = state.features.subarray(state.starts[subset], state.starts[subset + 1])
    scores.add(lof.score(lofStateOf(state, subset, drawn), columnsOf(x, drawn), context))
  }
  return scores.combined
}

function lofStateOf(state: FeatureBaggingState, subset: number, features: Int32Array): LofState {
  const [from, to] = [subset * state.rows, (subset + 1) * state.rows]
  return {
    ...columnsOf(state, features),
    nNeighbors: state.nNeighbors,
    metric: state.metric,
    kDistances: state.kDistances.subarray(from, to),
    densities: state.densities.subarray(from, to),
  }
}

function drawFeatures(
  columns: number,
  { maxFeatures, bootstrapFeatures }: FeatureBaggingParameters,
  random: () => number,
): Int32Array {
  const fewest = Math.max(1, Math.floor(columns / 2))
  const most = Math.max(fewest, Math.floor(maxFeatures * columns))
  const size = fewest + Math.floor(random() * (most - fewest + 1))
  return bootstrapFeatures
    ? Int32Array.from({ length: size }, () => Math.floor(random() * columns))
    : sampleWithoutReplacement(columns, size, random)
}

function columnsOf({ data, rows, columns }: Matrix, features: Int32Array): Matrix {
  const chosen = new Float64Array(rows * features.length)
  for (let row = 0, to = 0; row < rows; row++) {
    for (const feature of features) chosen[to++] = data[row * columns + feature] as number
  }
  return { data: chosen, rows, columns: features.length }
}

interface Combiner {
  readonly combined: Float64Array
  readonly add: (scores: Float64Array) => void
}

function combinerOf(combination: BaggingCombination, rows: number, subsets: number): Combiner {
  const combined = new Float64Array(rows)
  const add = (scores: Float64Array): void => {
    for (let row = 0; row < rows; row++) {
      const [before, next] = [combined[row] as number, scores[row] as number]
      const sum = before + next / subsets // divided first, and held: rounding could carry it past the largest double
      combined[row] = combination === 'max' ? Math.max(before, next) : Math.min(sum, Number.MAX_VALUE)
    }
  }
  return { combined, add }
}
