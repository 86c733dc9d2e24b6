/**
 * Logistic regression with a ridge, by Newton's method.
 * Source: T. Hastie, R. Tibshirani, J. Friedman (2009), The elements of statistical learning, 4.4.1.
 */
import { choleskyOf } from '../../linear-algebra/cholesky.ts'
import type { Matrix } from '../../matrix.ts'

const RIDGE = 1
const STEPS = 12
const SMALL_STEP = 1e-6

/**
 * @param x - shape (n, p), columns of like scale, one of them constant
 * @param isFirst - shape (n), 1 or 0
 * @returns shape (p): the weights of the log odds that a row is of the first kind
 */
export function logisticWeights(x: Matrix, isFirst: Uint8Array): Float64Array {
  const weights = new Float64Array(x.columns)
  for (let turn = 0; turn < STEPS; turn++) {
    const step = newtonStep(x, isFirst, weights)
    if (step === undefined) break // so close to singular that what there is will do
    let largest = 0
    for (let c = 0; c < weights.length; c++) {
      weights[c] = (weights[c] as number) + (step[c] as number)
      largest = Math.max(largest, Math.abs(step[c] as number))
    }
    if (largest < SMALL_STEP) break
  }
  return weights
}

/** The log odds of each row; shape (n). */
export function logOdds({ data, rows, columns }: Matrix, weights: Float64Array): Float64Array {
  const odds = new Float64Array(rows)
  for (let row = 0; row < rows; row++) odds[row] = oddsOf(data, row * columns, weights)
  return odds
}

function oddsOf(data: Float64Array, base: number, weights: Float64Array): number {
  let sum = 0
  for (let c = 0; c < weights.length; c++) sum += (data[base + c] as number) * (weights[c] as number)
  return sum
}

function newtonStep(
  { data, rows, columns: p }: Matrix,
  isFirst: Uint8Array,
  weights: Float64Array,
): Float64Array | undefined {
  const gradient = weights.map((weight) => -RIDGE * weight)
  const curvature = new Float64Array(p * p)
  for (let c = 0; c < p; c++) curvature[c * p + c] = RIDGE
  for (let row = 0; row < rows; row++) {
    const base = row * p
    const chance = 1 / (1 + Math.exp(-oddsOf(data, base, weights)))
    const off = (isFirst[row] as number) - chance
    const weight = chance * (1 - chance)
    for (let c = 0; c < p; c++) {
      const value = data[base + c] as number
      gradient[c] = (gradient[c] as number) + off * value
      const weighted = weight * value
      for (let k = 0; k <= c; k++) {
        curvature[c * p + k] = (curvature[c * p + k] as number) + weighted * (data[base + k] as number)
      }
    }
  }
  const lower = choleskyOf(curvature, p)
  return lower === undefined ? undefined : solved(lower, gradient, p)
}

// L L' step = gradient
function solved(lower: Float64Array, gradient: Float64Array, p: number): Float64Array {
  const step = gradient.slice()
  for (let i = 0; i < p; i++) {
    let sum = step[i] as number
    for (let j = 0; j < i; j++) sum -= (lower[i * p + j] as number) * (step[j] as number)
    step[i] = sum / (lower[i * p + i] as number)
  }
  for (let i = p - 1; i >= 0; i--) {
    let sum = step[i] as number
    for (let j = i + 1; j < p; j++) sum -= (lower[j * p + i] as number) * (step[j] as number)
    step[i] = sum / (lower[i * p + i] as number)
  }
  return step
}
