/**
 * Rows that lie unlike the bulk of the data along its principal components, above all along those of little variance.
 * Sources: M.-L. Shyu, S.-C. Chen, K. Sarinnapakorn, L. Chang (2003), A novel anomaly detection scheme based on principal
 * component classifier (`mahalanobis`); PyOD 3.6 `pyod.models.pca.PCA` on scikit-learn 1.2 (`pyod`).
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import type { ColumnMap } from '../linear-algebra/column-map.ts'
import { type ColumnMoments, columnMomentsOf } from '../linear-algebra/column-moments.ts'
import { type PrincipalComponents, principalComponentsOf } from '../linear-algebra/principal-components.ts'
import type { ProjectedRows } from '../linear-algebra/projected-rows.ts'
import { projectionsOf } from '../linear-algebra/projections.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaleExponentOf } from '../neighbours/binary-scale.ts'

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
 * count as that. A direction in which no training row varies says nothing to `mahalanobis`, new rows included.
 *
 * Cost: time O(n d^2 + d^3), memory O(n d + d^2).
 */
export const pca: Detector<PcaParameters, PcaState> = {
  id: 'pca',
  fit: (x, parameters, { signal }) => {
    throwIfCancelled(signal)
    const moments = columnMomentsOf(x)
    const centered = parameters.standardization ? standardizingMap(moments) : centeringMap(x, moments)
    const found = principalComponentsOf(x, centered, signal)
    const end = Math.min(parameters.nComponents ?? found.count, found.count)
    const start = Math.max(0, end - (parameters.nSelectedComponents ?? end))
    const map = parameters.standardization ? centered : plainMap(moments, parameters.method)
    const components = found.components.slice(start * x.columns, end * x.columns)
    if (parameters.method === 'pyod') orient(components, x, map, offsets(components, map, moments), signal)
    const state: PcaState = {
      columns: x.columns,
      method: parameters.method,
      ...map,
      components,
      weights: weightsOf(found, parameters, centered, start, end),
      explainedVarianceRatios: found.ratios.slice(start, end),
    }
    return { state, trainingScores: () => scoresOf(state, x, signal) }
  },
  score: (state, x, context) => scoresOf(state, x, context?.signal),
}

// Length of what a row is measured against: `pyod` takes distances to unit vectors.
const unitOf: Readonly<Record<PcaMethod, number>> = { pyod: 1, mahalanobis: 0 }

function scoresOf(state: PcaState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const { components, weights, method } = state
  const scores = new Float64Array(x.rows)
  const directions = { map: state, vectors: components, count: weights.length, unit: unitOf[method] }
  for (const block of projectionsOf(x, directions, signal)) {
    if (method === 'pyod' && block.sumDistances) block.sumDistances(weights, scores)
    else sumOver(block, state, scores)
  }
  for (let row = 0; row < scores.length; row++) scores[row] = Math.min(scores[row] ?? 0, Number.MAX_VALUE)
  return scores
}

function sumOver(block: ProjectedRows, { weights, method }: PcaState, scores: Float64Array): void {
  const { first, rows, factors, squaredNorms, along, width } = block
  const count = weights.length
  for (let row = 0; row < rows; row++) {
    const factor = factors[row] ?? 1
    // |z - v|^2 = |z|^2 + 1 - 2 z.v, all of it in the row's own unit.
    const square = (squaredNorms[row] ?? 0) + factor * factor
    let sum = 0
    for (let component = 0, at = row * width; component < count; component++, at++) {
      const projection = along[at] ?? 0
      const weight = weights[component] ?? 1
      if (method === 'pyod') sum += Math.sqrt(Math.max(0, square - 2 * factor * projection)) / factor / weight
      else sum += (projection / factor / weight) ** 2
    }
    scores[first + row] = sum
  }
}

function standardizingMap({ factors, means, deviations }: ColumnMoments): ColumnMap {
  return { factors, centers: means, scales: deviations }
}

/** Brings every column to mean 0 in one common unit, in which squares are finite. */
function centeringMap(x: Matrix, { factors, means }: ColumnMoments): ColumnMap {
  const factor = 2 ** scaleExponentOf(magnitudeOf(x.data, 0, x.data.length))
  return {
    factors: new Float64Array(x.columns).fill(factor),
    centers: means.map((mean, column) => (mean / (factors[column] ?? 1)) * factor),
    scales: new Float64Array(x.columns).fill(1),
  }
}

/** What rows are scored from where they are not standardized: as they stand, or less the mean. */
function plainMap({ factors, means }: ColumnMoments, method: PcaMethod): ColumnMap {
  const ones = new Float64Array(means.length).fill(1)
  const centers = method === 'pyod' ? means.map(() => 0) : means.map((mean, column) => mean / (factors[column] ?? 1))
  return { factors: ones, centers, scales: ones }
}

function weightsOf(
  { deviations, ratios }: PrincipalComponents,
  { weighted, method, standardization }: PcaParameters,
  centered: ColumnMap,
  start: number,
  end: number,
): Float64Array {
  if (!weighted) return new Float64Array(end - start).fill(1)
  if (method === 'pyod') return ratios.slice(start, end)
  const unit = standardization ? 1 : (centered.factors[0] ?? 1)
  return deviations
    .slice(start, end)
    .map((deviation) => Math.min(Math.max(deviation / unit, Number.MIN_VALUE), Number.MAX_VALUE))
}

/** How far along each component the mean of the mapped rows lies: 0 where the map takes the mean off. */
function offsets(components: Float64Array, map: ColumnMap, { factors, means }: ColumnMoments): Float64Array {
  const columns = means.length
  const along = new Float64Array(components.length / columns)
  for (let at = 0; at < components.length; at++) {
    const column = at % columns
    const mean = ((means[column] ?? 0) / (factors[column] ?? 1)) * (map.factors[column] ?? 1)
    const component = Math.floor(at / columns)
    along[component] =
      (along[component] ?? 0) +
      ((mean - (map.centers[column] ?? 0)) / (map.scales[column] ?? 1)) * (components[at] ?? 0)
  }
  return along
}

/** Turns each component so that the row farthest along it from the mean, the first of equals, is on the positive side. */
function orient(
  components: Float64Array,
  x: Matrix,
  map: ColumnMap,
  means: Float64Array,
  signal: AbortSignal | undefined,
): void {
  const count = means.length
  const farthest = new Float64Array(count)
  for (const block of projectionsOf(x, { map, vectors: components, count, unit: unitOf.pyod }, signal)) {
    if (block.keepFarthest) block.keepFarthest(means, farthest)
    else keepFarthest(block, means, farthest)
  }
  for (let at = 0; at < components.length; at++) {
    if ((farthest[Math.floor(at / x.columns)] ?? 0) < 0) components[at] = -(components[at] ?? 0)
  }
}

function keepFarthest(
  { rows, factors, along, width }: ProjectedRows,
  means: Float64Array,
  farthest: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    for (let component = 0, at = row * width; component < means.length; component++, at++) {
      const off = (along[at] ?? 0) / (factors[row] ?? 1) - (means[component] ?? 0)
      if (Math.abs(off) > Math.abs(farthest[component] ?? 0)) farthest[component] = off
    }
  }
}
