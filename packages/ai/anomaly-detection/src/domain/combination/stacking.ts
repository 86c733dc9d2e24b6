/**
 * Learns from a few known rows how far to trust each member: logistic regression over the members' scores.
 * Source: B. Micenková, B. McWilliams, I. Assent (2014), Learning Outlier Ensembles: The Best of Both Worlds, and Y. Zhao, M. Hryniewicki
 * (2018), XGBOD. They add the data's own columns, and use the lasso and boosted trees; with few labels we keep to the members'
 * scores and a ridge. The ridge draws the weights to the plain average instead of to 0, so that the fewer the labels, the
 * closer the result stays to what the members say without any.
 */
import { choleskyOf, lowerInverseOf } from '../linear-algebra/cholesky.ts'

/** A known row. */
export interface KnownRow {
  /** 0-based row of the data set. */
  readonly row: number
  readonly anomaly: boolean
}

/** A row's stacked score is the intercept and the weighted sum of its members' scores: the log-odds of an anomaly. */
export interface Stacking {
  /** Shape (members), any sign. */
  readonly weights: Float64Array
  readonly intercept: number
}

const FARTHEST = 100 // a known row's score beyond this teaches no more
const INTERCEPT_RIDGE = 1e-6 // keeps Newton's step defined where the labels are parted perfectly
const STEPS = 100
const TOLERANCE = 1e-10

/**
 * @param members - at least one, each of shape (n), on one scale
 * @param known - rows of both kinds, each in 0..n-1
 * @param ridge - > 0, how strongly the weights are drawn to 1 / members; a label weighs 1
 */
export function stackingOf(
  members: ReadonlyArray<Float64Array>,
  known: ReadonlyArray<KnownRow>,
  ridge: number,
): Stacking {
  const size = members.length + 1 // the intercept stands last
  const rows = known.map(({ row }) => Float64Array.from([...members.map((scores) => clamp(scores[row] as number)), 1]))
  const prior = new Float64Array(size).fill(1 / members.length)
  prior[size - 1] = 0
  const ridges = new Float64Array(size).fill(ridge)
  ridges[size - 1] = INTERCEPT_RIDGE
  const problem: Problem = { rows, targets: known.map(({ anomaly }) => (anomaly ? 1 : 0)), prior, ridges }
  let at: Float64Array = prior
  let loss = lossAt(at, problem)
  for (let step = 0; step < STEPS; step++) {
    const next = descend(at, loss, problem)
    const gain = loss - next.loss
    at = next.at
    loss = next.loss
    if (!(gain > TOLERANCE * Math.max(1, loss))) break
  }
  return { weights: at.slice(0, -1), intercept: at[size - 1] as number }
}

/** @param members - as many as weights, each of shape (m) @returns shape (m), any sign */
export function stackedOf(members: ReadonlyArray<Float64Array>, { weights, intercept }: Stacking): Float64Array {
  const combined = new Float64Array(members[0]?.length ?? 0).fill(intercept)
  for (const [member, scores] of members.entries()) {
    const weight = weights[member] as number
    for (let row = 0; row < combined.length; row++) {
      combined[row] = (combined[row] as number) + weight * (scores[row] as number)
    }
  }
  return combined
}

interface Problem {
  readonly rows: ReadonlyArray<Float64Array>
  readonly targets: ReadonlyArray<number>
  readonly prior: Float64Array
  readonly ridges: Float64Array
}

interface Point {
  readonly at: Float64Array
  readonly loss: number
}

// One step of Newton's method, halved until it does not climb.
function descend(at: Float64Array, loss: number, problem: Problem): Point {
  const step = newtonStep(at, problem)
  for (let share = 1; share > 1e-9; share /= 2) {
    const next = at.map((value, i) => value - share * (step[i] as number))
    const nextLoss = lossAt(next, problem)
    if (nextLoss <= loss) return { at: next, loss: nextLoss }
  }
  return { at, loss }
}

function newtonStep(at: Float64Array, { rows, targets, prior, ridges }: Problem): Float64Array {
  const size = at.length
  const gradient = at.map((value, i) => (ridges[i] as number) * (value - (prior[i] as number)))
  const hessian = new Float64Array(size * size)
  for (let i = 0; i < size; i++) hessian[i * size + i] = ridges[i] as number
  for (const [index, row] of rows.entries()) {
    const p = 1 / (1 + Math.exp(-dot(at, row)))
    const error = p - (targets[index] as number)
    const curvature = p * (1 - p)
    for (let i = 0; i < size; i++) {
      gradient[i] = (gradient[i] as number) + error * (row[i] as number)
      for (let j = 0; j < size; j++) {
        const cell = i * size + j
        hessian[cell] = (hessian[cell] as number) + curvature * (row[i] as number) * (row[j] as number)
      }
    }
  }
  return solved(hessian, gradient)
}

// The ridges keep the matrix positive definite; should rounding undo that, the gradient still leads downhill.
function solved(matrix: Float64Array, gradient: Float64Array): Float64Array {
  const size = gradient.length
  const lower = choleskyOf(matrix, size)
  if (lower === undefined) return gradient
  const inverse = lowerInverseOf(lower, size)
  const half = gradient.map((_, i) => dot(inverse.subarray(i * size, (i + 1) * size), gradient))
  return gradient.map((_, i) => half.reduce((sum, value, k) => sum + (inverse[k * size + i] as number) * value, 0))
}

function lossAt(at: Float64Array, { rows, targets, prior, ridges }: Problem): number {
  let loss = 0
  for (let i = 0; i < at.length; i++)
    loss += ((ridges[i] as number) * ((at[i] as number) - (prior[i] as number)) ** 2) / 2
  for (const [index, row] of rows.entries()) {
    const margin = dot(at, row) * ((targets[index] as number) === 1 ? 1 : -1)
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin
  }
  return loss
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function clamp(score: number): number {
  return Math.min(FARTHEST, Math.max(-FARTHEST, score))
}
