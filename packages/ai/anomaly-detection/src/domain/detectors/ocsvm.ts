/**
 * One-class support vector machine: the smallest region, in the space of a kernel, that holds all but a share of the
 * rows.
 * Source: B. Schoelkopf, J. Platt, J. Shawe-Taylor, A. Smola, R. Williamson (2001), Estimating the Support of a
 * High-Dimensional Distribution, Neural Computation 13. Solver, tolerance and scale of the scores as in libsvm, on
 * which scikit-learn's `OneClassSVM` and PyOD's `OCSVM` stand; defaults as in PyOD 3.6 (gamma = 1 / features, where
 * scikit-learn has `scale`).
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector, Fit, FitContext, ScoreContext } from '../detector.ts'
import { fillKernelRow, inKernelUnits, kernelPointsOf, type KernelPoints, kernelSum } from '../kernels/kernel-rows.ts'
import { type KernelName, kernelValue, type ScaledKernel, scaledKernelOf } from '../kernels/kernel.ts'
import { columnMomentsOf } from '../linear-algebra/column-moments.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf } from '../neighbours/binary-scale.ts'
import { LANES } from '../neighbours/point-blocks.ts'
import { createKernelRowCache } from '../support-vectors/kernel-row-cache.ts'
import { solveOneClass } from '../support-vectors/one-class-solver.ts'

const FINEST = 1e-10 // below this the gradient's own rounding is what is left
const ROWS = 128 // rows between two looks at the signal

/** Parameters of `ocsvm`, named as PyOD names them. */
export interface OcsvmParameters {
  readonly kernel: KernelName
  /** Share of the rows that may lie outside, at most, and of support vectors, at least; in (0, 1], default 0.5. */
  readonly nu: number
  /** Of `poly`: a whole number >= 1, default 3. */
  readonly degree: number
  /** Of all but `linear`: > 0, or `auto` for 1 / features (default), or `scale` for 1 / (features * variance). */
  readonly gamma: number | 'auto' | 'scale'
  /** Of `poly` and `sigmoid`; default 0. */
  readonly coef0: number
  /** How near to the optimum the solver stops, > 0, default 1e-3. */
  readonly tol: number
  /** Whether settled rows are left out of the search; default true. Changes the time, and scores within `tol`. */
  readonly shrinking: boolean
  /** Megabytes of kernel rows kept, > 0, default 200. Changes the time only. */
  readonly cacheSize: number
}

/** The support vectors. */
export interface OcsvmState {
  readonly columns: number
  readonly kernel: ScaledKernel
  /** Row-major, shape (vectors, columns). */
  readonly vectors: Float64Array
  /** Shape (vectors), in (0, 1]. */
  readonly coefficients: Float64Array
  /** The decision's cut, in units of the scaled kernel. */
  readonly rho: number
}

/**
 * rho - sum_i alpha_i k(x_i, x): libsvm's decision function with its sign turned. Above 0 outside the region, high is
 * abnormal; with `rbf` at most rho, which every row far from all others reaches. `linear` knows one side only, away
 * from which the origin lies: a row far on the other side scores low, as in libsvm. `sigmoid` is no proper kernel: the
 * solver then finds a stationary point.
 *
 * The training rows' scores come from the solver's gradient, whose kernel is in single precision: they are those of
 * `score` to about 1e-6 of the scale. The tolerance is absolute as in libsvm but for kernels without bound (`linear`,
 * `poly`): it is taken between `tol` and 1e-10 of the kernel's largest value, so that features of a large unit end and
 * of a small unit start; after 100 steps a row, and 100,000 at least, the solution at hand is taken. Scores past the
 * largest double count as that. Row order matters within the tolerance.
 *
 * Cost: time O(n^2 d) and more, memory n d and the cache; scores O(m n nu d).
 */
export const ocsvm: Detector<OcsvmParameters, OcsvmState> = { id: 'ocsvm', fit, score }

function fit(x: Matrix, parameters: OcsvmParameters, { signal }: FitContext): Fit<OcsvmState> {
  throwIfCancelled(signal)
  const { rows, columns } = x
  const gamma = gammaOf(x, parameters.gamma)
  const kernel = scaledKernelOf({ ...parameters, gamma }, magnitudeOf(x.data, 0, x.data.length), columns)
  const points = kernelPointsOf(kernel, x)
  const { tol, nu, shrinking, cacheSize } = parameters
  const { alphas, gradient, rho } = solveOneClass({
    rows,
    diagonal: diagonalOf(points),
    row: createKernelRowCache(points.blocks.rows.length, cacheSize, (i, out) => fillKernelRow(points, i, out)).row,
    nu,
    tolerance: Math.max(Math.min(tol, FINEST), Math.min(tol / kernel.unit, tol)),
    shrinking,
    signal,
  })
  return {
    state: { columns, kernel, rho, ...supportOf(x, alphas) },
    trainingScores: () => gradient.map((value) => unscaled(rho - value, kernel)),
  }
}

function gammaOf(x: Matrix, gamma: number | 'auto' | 'scale'): number {
  if (gamma === 'auto') return 1 / x.columns
  if (gamma !== 'scale') return gamma
  const { deviations, factors, means } = columnMomentsOf({ data: x.data, rows: x.data.length, columns: 1 })
  const factor = factors[0] ?? 1
  const deviation = (deviations[0] ?? 1) / factor
  const constant = x.data.every((value) => value * factor === means[0])
  const scaled = 1 / x.columns / deviation / deviation
  return constant ? 1 : Math.max(Number.MIN_VALUE, Math.min(scaled, Number.MAX_VALUE))
}

function diagonalOf({ kernel, blocks, data }: KernelPoints): Float64Array {
  const { columns } = blocks
  return Float64Array.from({ length: data.length / columns }, (_, row) => {
    if (kernel.name === 'rbf') return 1
    let square = 0
    for (let at = row * columns; at < (row + 1) * columns; at++) square += (data[at] ?? 0) ** 2
    return Math.fround(kernelValue(kernel, square)) // as in the rows: or a step's length would not be its best
  })
}

function supportOf(x: Matrix, alphas: Float64Array): Pick<OcsvmState, 'vectors' | 'coefficients'> {
  const coefficients = alphas.filter((alpha) => alpha > 0)
  const vectors = new Float64Array(coefficients.length * x.columns)
  let to = 0
  for (let row = 0; row < x.rows; row++) {
    if ((alphas[row] ?? 0) <= 0) continue
    vectors.set(x.data.subarray(row * x.columns, (row + 1) * x.columns), to)
    to += x.columns
  }
  return { vectors, coefficients }
}

function score(state: OcsvmState, x: Matrix, context?: ScoreContext): Float64Array {
  const { kernel, vectors, columns, rho } = state
  const points = kernelPointsOf(kernel, { data: vectors, rows: vectors.length / columns, columns })
  const coefficients = new Float64Array(points.blocks.rows.length)
  coefficients.set(state.coefficients)
  const queries = inKernelUnits(kernel, x.data)
  const products = new Float64Array(LANES)
  const scores = new Float64Array(x.rows)
  for (let row = 0; row < x.rows; row++) {
    if (row % ROWS === 0) throwIfCancelled(context?.signal)
    scores[row] = unscaled(rho - kernelSum(points, coefficients, queries, row * columns, products), kernel)
  }
  return scores
}

function unscaled(value: number, { unit }: ScaledKernel): number {
  return Math.max(-Number.MAX_VALUE, Math.min(value * unit, Number.MAX_VALUE))
}
