/**
 * Expectation maximization for a mixture of normal distributions.
 * Source: A. Dempster, N. Laird, D. Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm; steps,
 * tolerance and regularization as in scikit-learn's GaussianMixture.
 */
import { throwIfCancelled } from '../cancellation.ts'
import { whitenedSquaresOf } from '../linear-algebra/whitened-squares.ts'
import type { Matrix } from '../matrix.ts'
import { diagonalWhitening, fullWhitening, scatterOf, spreadsOf, type Whitening } from './component-shapes.ts'

/** What the components' covariances may be: any, one for all, without correlation, or round. */
export type CovarianceType = 'full' | 'tied' | 'diag' | 'spherical'

/** Components in order; d columns. */
export interface Mixture {
  /** Shape (k): shares, which add up to 1. */
  readonly weights: Float64Array
  /** Row-major, shape (k, d). */
  readonly means: Float64Array
  /** One of each component; d x d for `full` and `tied`, d for `diag` and `spherical`. */
  readonly whitenings: ReadonlyArray<Whitening>
}

/** When the iterations end. */
export interface MixtureOptions {
  readonly covarianceType: CovarianceType
  /** What is added to the variance of each column; shape (d), > 0. */
  readonly ridges: Float64Array
  /** Least gain in mean log-likelihood that is worth another iteration. */
  readonly tol: number
  readonly maxIter: number
  readonly signal?: AbortSignal | undefined
}

/** A mixture and the mean log-likelihood of the rows before its last step. */
export interface FittedMixture {
  readonly mixture: Mixture
  readonly lowerBound: number
}

/**
 * @param labels - which component each row is counted to at first; shape (n)
 * @param k - components, each with a label at least
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function fitMixture(x: Matrix, labels: Int32Array, k: number, options: MixtureOptions): FittedMixture {
  const { rows } = x
  const shares = new Float64Array(k * rows)
  labels.forEach((label, row) => (shares[label * rows + row] = 1))
  let mixture = maximize(x, shares, k, options)
  if (k === 1) return { mixture, lowerBound: 0 } // nothing to share out: further steps would repeat the first
  let lowerBound = -Infinity
  for (let iteration = 0; iteration < options.maxIter; iteration++) {
    throwIfCancelled(options.signal)
    const before = lowerBound
    const ln = logDensities(x, ones(x.columns), mixture, options.signal)
    lowerBound = shareOut(ln, rows, shares)
    mixture = maximize(x, shares, k, options)
    if (Math.abs(lowerBound - before) < options.tol) break
  }
  return { mixture, lowerBound }
}

const ones = (columns: number): Float64Array => new Float64Array(columns).fill(1)

/**
 * ln of weight times density of each component at each row; shape (k, n). -Infinity or NaN where it overflows.
 * @param factors - what each column is multiplied by first; shape (d)
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function logDensities(x: Matrix, factors: Float64Array, mixture: Mixture, signal?: AbortSignal): Float64Array {
  const { rows, columns } = x
  const k = mixture.weights.length
  const out = new Float64Array(k * rows)
  mixture.whitenings.forEach(({ matrix, logDeterminant }, component) => {
    const mean = mixture.means.subarray(component * columns, (component + 1) * columns)
    const squares =
      matrix.length === columns
        ? scaledSquaresOf(x, factors, mean, matrix)
        : whitenedSquaresOf(x, factors, mean, matrix, signal)
    const weight = mixture.weights[component] ?? 0
    const constant = Math.log(weight) - 0.5 * (columns * Math.log(2 * Math.PI) + logDeterminant)
    for (let row = 0, at = component * rows; row < rows; row++, at++) out[at] = constant - 0.5 * (squares[row] ?? 0)
  })
  return out
}

function scaledSquaresOf(x: Matrix, factors: Float64Array, mean: Float64Array, scales: Float64Array): Float64Array {
  const { data, columns } = x
  const squares = new Float64Array(x.rows)
  for (let row = 0, at = 0; row < squares.length; row++) {
    let square = 0
    for (let column = 0; column < columns; column++, at++) {
      const off = ((data[at] ?? 0) * (factors[column] ?? 1) - (mean[column] ?? 0)) * (scales[column] ?? 1)
      square += off * off
    }
    squares[row] = square
  }
  return squares
}

/** ln of the sum over components of e^ln, in `ln`, shape (k, n), at one row. */
export function logSum(ln: Float64Array, rows: number, row: number): number {
  let most = -Infinity
  for (let at = row; at < ln.length; at += rows) most = Math.max(most, ln[at] ?? 0)
  let sum = 0
  for (let at = row; at < ln.length; at += rows) sum += Math.exp((ln[at] ?? 0) - most)
  return most + Math.log(sum)
}

// Writes each component's share of each row; answers the mean log-likelihood.
function shareOut(ln: Float64Array, rows: number, shares: Float64Array): number {
  let total = 0
  for (let row = 0; row < rows; row++) {
    const whole = logSum(ln, rows, row)
    total += whole
    for (let at = row; at < ln.length; at += rows) shares[at] = Math.exp((ln[at] ?? 0) - whole)
  }
  return total / rows
}

function maximize(x: Matrix, shares: Float64Array, k: number, options: MixtureOptions): Mixture {
  const { rows, columns, data } = x
  const sizes = new Float64Array(k)
  const means = new Float64Array(k * columns)
  for (let component = 0; component < k; component++) {
    const mean = means.subarray(component * columns, (component + 1) * columns)
    let size = 10 * Number.EPSILON // as scikit-learn has it: no division by 0
    for (let row = 0, at = 0; row < rows; row++) {
      const share = shares[component * rows + row] ?? 0
      size += share
      for (let column = 0; column < columns; column++, at++)
        mean[column] = (mean[column] ?? 0) + share * (data[at] ?? 0)
    }
    for (let column = 0; column < columns; column++) mean[column] = (mean[column] ?? 0) / size
    sizes[component] = size
  }
  const whole = sizes.reduce((a, b) => a + b)
  const whitenings = whiteningsOf[options.covarianceType](x, shares, sizes, means, options)
  return { weights: sizes.map((size) => size / whole), means, whitenings }
}

type Whitenings = (
  x: Matrix,
  shares: Float64Array,
  sizes: Float64Array,
  means: Float64Array,
  options: MixtureOptions,
) => ReadonlyArray<Whitening>

const whiteningsOf: Readonly<Record<CovarianceType, Whitenings>> = {
  full: (x, shares, sizes, means, { ridges, signal }) =>
    Array.from(sizes, (size, component) => {
      const own = sizes.length === 1 ? undefined : shares.subarray(component * x.rows, (component + 1) * x.rows)
      const scatter = scatterOf(x, meanOf(means, component, x.columns), own, signal)
      return fullWhitening(regularized(scatter, size, ridges), x.columns)
    }),
  tied: (x, shares, sizes, means, { ridges, signal }) => {
    const scatter = new Float64Array(x.columns ** 2)
    sizes.forEach((_, component) => {
      const own = sizes.length === 1 ? undefined : shares.subarray(component * x.rows, (component + 1) * x.rows)
      const part = scatterOf(x, meanOf(means, component, x.columns), own, signal)
      part.forEach((value, at) => (scatter[at] = (scatter[at] ?? 0) + value))
    })
    const whole = sizes.reduce((a, b) => a + b)
    const shared = fullWhitening(regularized(scatter, whole, ridges), x.columns)
    return Array.from(sizes, () => shared)
  },
  diag: (x, shares, sizes, means, { ridges }) =>
    Array.from(sizes, (_, component) => diagonalWhitening(variancesOf(x, shares, sizes, means, ridges, component))),
  spherical: (x, shares, sizes, means, { ridges }) =>
    Array.from(sizes, (_, component) => {
      const variances = variancesOf(x, shares, sizes, means, ridges, component)
      const mean = variances.reduce((a, b) => a + b) / x.columns
      return diagonalWhitening(variances.fill(mean))
    }),
}

function meanOf(means: Float64Array, component: number, columns: number): Float64Array {
  return means.subarray(component * columns, (component + 1) * columns)
}

function regularized(scatter: Float64Array, size: number, ridges: Float64Array): Float64Array {
  const step = ridges.length + 1
  return scatter.map((value, at) => value / size + (at % step === 0 ? (ridges[at / step] ?? 0) : 0))
}

function variancesOf(
  x: Matrix,
  shares: Float64Array,
  sizes: Float64Array,
  means: Float64Array,
  ridges: Float64Array,
  component: number,
): Float64Array {
  const own = shares.subarray(component * x.rows, (component + 1) * x.rows)
  const spreads = spreadsOf(x, meanOf(means, component, x.columns), own)
  return spreads.map((spread, column) => spread / (sizes[component] ?? 1) + (ridges[column] ?? 0))
}
