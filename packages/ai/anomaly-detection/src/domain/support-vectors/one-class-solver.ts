/**
 * The dual of the one-class support vector machine, by sequential minimal optimisation:
 *   minimise 1/2 a'Qa  subject to  0 <= a_i <= 1,  sum a_i = nu n.
 * Sources: B. Schoelkopf, J. Platt, J. Shawe-Taylor, A. Smola, R. Williamson (2001), Estimating the Support of a
 * High-Dimensional Distribution; the working set by second-order information: R.-E. Fan, P.-H. Chen, C.-J. Lin (2005),
 * Working Set Selection Using Second Order Information for Training SVM, WSS 2; starting point, stopping rule,
 * shrinking and rho as in libsvm 3 (C.-C. Chang, C.-J. Lin, 2011, sections 4.1 and 5.1).
 *
 * Unlike libsvm the whole gradient is kept up to date while rows are shrunk: that costs one pass over memory a step,
 * and spares its reconstruction and the reordering of rows. Steps and solution are the same.
 */
import { throwIfCancelled } from '../cancellation.ts'

const TINY_CURVATURE = 1e-12 // libsvm's TAU: in place of a curvature that is not positive
const STEPS_A_LOOK = 256 // between two looks at the signal
// Steps after which the solution at hand must do, as in libsvm, which waits for ten million at least: a kernel without
// bound on data without spread may never reach the tolerance. The hardest ADBench set seen took 33 steps a row.
const STEPS_A_ROW = 100
const FEWEST_AT_MOST = 100_000

/** The problem to solve. */
export interface OneClassProblem {
  readonly rows: number
  /** Shape (rows): Q_ii. */
  readonly diagonal: Float64Array
  /** Row i of Q, at least `rows` long, good until the call after the next one. */
  readonly row: (i: number) => Float32Array
  /** In (0, 1]. */
  readonly nu: number
  /** How far the worst pair of rows may be from its optimum, in units of Q, > 0. */
  readonly tolerance: number
  /** Whether rows that are settled at a bound are left out of the search for the worst pair. */
  readonly shrinking: boolean
  readonly signal?: AbortSignal | undefined
}

/** The solution: the decision function is `gradient - rho` on the training rows, negative outside. */
export interface OneClassSolution {
  /** Shape (rows), in [0, 1]. */
  readonly alphas: Float64Array
  /** Shape (rows): Qa. */
  readonly gradient: Float64Array
  readonly rho: number
}

/** @throws AnomalyDetectionError `anomaly-detection/cancelled` */
export function solveOneClass(problem: OneClassProblem): OneClassSolution {
  const { rows, signal } = problem
  const alphas = startOf(rows, problem.nu)
  const gradient = gradientOf(problem, alphas)
  const active = Int32Array.from({ length: rows }, (_, row) => row)
  const pair: Pair = { i: -1, j: -1, gap: 0, up: 0, low: 0 }
  const mostSteps = Math.max(FEWEST_AT_MOST, STEPS_A_ROW * rows)
  let size = rows
  let untilShrinking = Math.min(rows, 1000)
  for (let step = 0; step < mostSteps; step++) {
    if (step % STEPS_A_LOOK === 0) throwIfCancelled(signal)
    if (problem.shrinking && --untilShrinking === 0) {
      untilShrinking = Math.min(rows, 1000)
      size = shrink(problem, alphas, gradient, active, size)
    }
    choosePair(problem, alphas, gradient, active, size, pair)
    if (pair.j < 0) {
      if (size === rows) break
      size = restore(active) // settled among the active rows: look at all of them once more
      choosePair(problem, alphas, gradient, active, size, pair)
      if (pair.j < 0) break
      untilShrinking = 1
    }
    movePair(problem, alphas, gradient, pair)
  }
  return { alphas, gradient, rho: rhoOf(alphas, gradient) }
}

interface Pair {
  i: number
  j: number
  gap: number
  up: number
  low: number
}

function startOf(rows: number, nu: number): Float64Array {
  const alphas = new Float64Array(rows)
  const whole = Math.min(rows, Math.floor(nu * rows))
  alphas.fill(1, 0, whole)
  if (whole < rows) alphas[whole] = nu * rows - whole
  return alphas
}

function gradientOf({ rows, row, signal }: OneClassProblem, alphas: Float64Array): Float64Array {
  const gradient = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    const alpha = alphas[i] as number
    if (alpha === 0) continue
    if (i % 64 === 0) throwIfCancelled(signal)
    const values = row(i)
    for (let t = 0; t < rows; t++) gradient[t] = (gradient[t] as number) + alpha * (values[t] as number)
  }
  return gradient
}

/** Fan et al., WSS 2. j is -1 where no pair is farther from its optimum than the tolerance. */
function choosePair(
  { diagonal, row, tolerance }: OneClassProblem,
  alphas: Float64Array,
  gradient: Float64Array,
  active: Int32Array,
  size: number,
  pair: Pair,
): void {
  let i = -1
  let least = Infinity
  for (let at = 0; at < size; at++) {
    const t = active[at] as number
    const g = gradient[t] as number
    if (g <= least && (alphas[t] as number) < 1) {
      least = g
      i = t
    }
  }
  pair.i = i
  pair.j = -1
  if (i < 0) return
  const values = row(i)
  const own = diagonal[i] as number
  let largest = -Infinity
  let best = Infinity
  for (let at = 0; at < size; at++) {
    const t = active[at] as number
    const g = gradient[t] as number
    const off = g - least
    if (off <= 0 || (alphas[t] as number) <= 0) continue
    if (g > largest) largest = g
    const curvature = own + (diagonal[t] as number) - 2 * (values[t] as number)
    const gain = -(off * off) / (curvature > 0 ? curvature : TINY_CURVATURE)
    if (gain <= best) {
      best = gain
      pair.j = t
    }
  }
  if (largest - least < tolerance) pair.j = -1
}

/** The best step along the pair's line that stays between the bounds. */
function movePair(
  { rows, diagonal, row }: OneClassProblem,
  alphas: Float64Array,
  gradient: Float64Array,
  pair: Pair,
): void {
  const { i, j } = pair
  const first = row(i)
  const second = row(j)
  const curvature = (diagonal[i] as number) + (diagonal[j] as number) - 2 * (first[j] as number)
  const step = ((gradient[j] as number) - (gradient[i] as number)) / (curvature > 0 ? curvature : TINY_CURVATURE)
  const [oldI, oldJ] = [alphas[i] as number, alphas[j] as number]
  const sum = oldI + oldJ
  const top = Math.min(1, sum)
  const bottom = sum > 1 ? sum - 1 : 0
  const newI = Math.max(bottom, Math.min(oldI + step, top))
  const newJ = newI === top ? (sum > 1 ? sum - 1 : 0) : newI === bottom ? Math.min(1, sum) : sum - newI
  alphas[i] = newI
  alphas[j] = newJ
  const changeI = newI - oldI
  const changeJ = newJ - oldJ
  for (let t = 0; t < rows; t++) {
    gradient[t] = (gradient[t] as number) + (changeI * (first[t] as number) + changeJ * (second[t] as number))
  }
}

/** Leaves out rows at a bound that the worst pair cannot take them from; brings all back once near the solution. */
function shrink(
  { tolerance, rows }: OneClassProblem,
  alphas: Float64Array,
  gradient: Float64Array,
  active: Int32Array,
  size: number,
): number {
  let least = Infinity
  let largest = -Infinity
  for (let at = 0; at < size; at++) {
    const t = active[at] as number
    const g = gradient[t] as number
    if ((alphas[t] as number) < 1 && g < least) least = g
    if ((alphas[t] as number) > 0 && g > largest) largest = g
  }
  if (size < rows && largest - least <= tolerance * 10) return restore(active)
  let kept = 0
  for (let at = 0; at < size; at++) {
    const t = active[at] as number
    const g = gradient[t] as number
    const alpha = alphas[t] as number
    const settled = (alpha >= 1 && g < least) || (alpha <= 0 && g > largest)
    if (!settled) active[kept++] = t
  }
  return kept
}

function restore(active: Int32Array): number {
  for (let t = 0; t < active.length; t++) active[t] = t
  return active.length
}

/** The gradient of the free rows, or the middle between those at either bound. */
function rhoOf(alphas: Float64Array, gradient: Float64Array): number {
  let free = 0
  let sum = 0
  let above = Infinity
  let below = -Infinity
  for (let t = 0; t < alphas.length; t++) {
    const g = gradient[t] as number
    if ((alphas[t] as number) >= 1) below = Math.max(below, g)
    else if ((alphas[t] as number) <= 0) above = Math.min(above, g)
    else {
      free++
      sum += g
    }
  }
  if (free > 0) return sum / free
  if (above === Infinity) return below // nu = 1: every row is at the upper bound
  return below === -Infinity ? above : (above + below) / 2
}
