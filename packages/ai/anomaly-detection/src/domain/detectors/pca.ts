/**
 * Rows that lie unlike the bulk of the data along its principal components, above all along those of little variance.
 * Sources: M.-L. Shyu, S.-C. Chen, K. Sarinnapakorn, L. Chang (2003), A novel anomaly detection scheme based on principal
 * component classifier (`mahalanobis`); PyOD 3.6 `pyod.models.pca.PCA` on scikit-learn 1.2 (`pyod`).
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import { type ColumnMoments, columnMomentsOf } from '../linear-algebra/column-moments.ts'
import { type ColumnMap, principalComponentsOf } from '../linear-algebra/principal-components.ts'
import { type Projections, projectionsOf } from '../linear-algebra/projections.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaleExponentOf } from '../neighbours/binary-scale.ts'
import { unitsOf } from './pca-units.ts'

/** What is summed over the components; see `pca`. */
export type PcaMethod = 'pyod' | 'mahalanobis'

/** Parameters of `pca`, named as PyOD names them; `method` is ours. */
export interface PcaParameters {
  /** Components kept, those of most variance: a whole number >= 1, or null (PyOD's default) for all that vary. */
  readonly nComponents: number | null
  /** Of these, how many are scored by, those of least variance: a whole number >= 1, or null (the default) for all. */
  readonly nSelectedComponents: number | null
  /** Divides by each component's variance, so that those of little variance count most. PyOD's default is true. */
  readonly weighted: boolean
  /** Standardizes each feature first. PyOD's default is true. */
  readonly standardization: boolean
  /** Default `pyod`. */
  readonly method: PcaMethod
}

/** What was learned: how to map a row, and the components it is scored by. */
export interface PcaState {
  readonly columns: number
  readonly method: PcaMethod
  /** A feature x becomes (x * factor - center) / scale; shapes (columns). */
  readonly factors: Float64Array
  readonly centers: Float64Array
  readonly scales: Float64Array
  /** Unit vectors, largest variance first; row-major, shape (weights.length, columns). */
  readonly components: Float64Array
  /** What each component's part is divided by, > 0. */
  readonly weights: Float64Array
  /** Share of the variance of each component; shape (weights.length). */
  readonly explainedVarianceRatios: Float64Array
}

/**
 * `pyod`: sum over components of |z - v| / ratio, with z the standardized row, v the component's unit vector taken as a
 * point, ratio its share of the variance. Range (0, infinity). It depends on the vectors' signs: each points so that
 * the training row farthest along it lies on its positive side (scikit-learn 1.2; releases from 1.5 on differ, and
 * with them their scores by up to 12 %). `mahalanobis`: sum over components of (z.v)^2 / variance, the squared
 * Mahalanobis distance where all components count. Range [0, infinity). In both high is abnormal.
 *
 * Without `standardization` `pyod` measures from the row as it stands, as PyOD does, `mahalanobis` from the mean; with
 * `weighted` false both divide by 1. Components with less than 1e-12 of the variance are rounding noise and left out
 * (PyOD divides by it); where nothing varies, as with a single row, every score is 0. Scores past the largest double
 * count as that.
 *
 * Cost: time O(n d^2 + d^3), memory O(n d + d^2).
 */
export const pca: Detector<PcaParameters, PcaState> = {
  id: 'pca',
  fit: (x, parameters, { signal }) => {
    throwIfCancelled(signal)
    const moments = columnMomentsOf(x)
    const found = principalComponentsOf(x, centeredMap(x, moments, parameters), signal)
    const first = Math.max(0, Math.min(parameters.nComponents ?? found.count, found.count))
    const from = Math.max(0, first - (parameters.nSelectedComponents ?? first))
    const components = found.components.slice(from * x.columns, first * x.columns)
    const ratios = found.ratios.slice(from, first)
    const map = scoringMap(x.columns, moments, parameters)
    const projections = projectionsOf(x, map, components, ratios.length, signal)
    return { state: {} as PcaState, trainingScores: () => scoresOf(projections, {} as PcaState) }
  },
  score: (state, x, context) => {
    return scoresOf(projectionsOf(x, state, state.components, state.weights.length, context?.signal), state)
  },
}
