import { exponentialDecay } from '../numeric/exponential-decay.ts'

/** `rbf` e^(-g |x-y|^2), `linear` <x,y>, `poly` (g <x,y> + coef0)^degree, `sigmoid` tanh(g <x,y> + coef0), g gamma. */
export type KernelName = 'rbf' | 'linear' | 'poly' | 'sigmoid'

/** A kernel's parameters, as libsvm names them; those that it does not use are ignored. */
export interface KernelParameters {
  readonly kernel: KernelName
  /** > 0 */
  readonly gamma: number
  readonly coef0: number
  /** A whole number >= 1. */
  readonly degree: number
}

/**
 * A kernel in units in which its values on the training rows lie in [-1, 1], whatever the features' unit: the data's
 * scalar products are taken of rows times 2^-exponent, and the true kernel is `unit` times this one.
 */
export interface ScaledKernel {
  readonly name: KernelName
  /** Rows are multiplied by 2^-exponent first; 0 for `rbf`. */
  readonly exponent: number
  readonly slope: number
  readonly offset: number
  readonly degree: number
  /** >= 0, finite. */
  readonly unit: number
}

const LARGEST_VALUE = 2 ** 900 // of a kernel between a far new row and a training row: sums of these stay finite

/**
 * @param magnitude - the largest absolute value in the training rows
 * @param columns - their features
 */
export function scaledKernelOf(parameters: KernelParameters, magnitude: number, columns: number): ScaledKernel {
  const { kernel: name, gamma, coef0, degree } = parameters
  if (name === 'rbf') return { name, exponent: 0, slope: gamma, offset: 0, degree: 1, unit: 1 }
  const bits = magnitude === 0 ? 0 : Math.ceil(Math.log2(magnitude) + Math.log2(columns) / 2)
  const exponent = Math.max(-1000, Math.min(bits, 1060))
  const square = Math.min(4 ** exponent, Number.MAX_VALUE) // no scalar product of two training rows is larger
  if (name === 'linear') return { name, exponent, slope: 1, offset: 0, degree: 1, unit: square }
  const slope = Math.min(gamma * square, Number.MAX_VALUE / 4)
  if (name === 'sigmoid') return { name, exponent, slope, offset: coef0, degree: 1, unit: 1 }
  const largest = slope + Math.abs(coef0) || 1
  const unit = Math.min(power(largest, degree), Number.MAX_VALUE)
  return { name, exponent, slope: slope / largest, offset: coef0 / largest, degree, unit }
}

/** The scaled kernel of a squared distance (`rbf`) or of a scaled scalar product; finite, in [-1, 1] in training. */
export function kernelValue({ name, slope, offset, degree }: ScaledKernel, product: number): number {
  if (name === 'rbf') return exponentialDecay(slope * product)
  const inner = slope * product + offset
  if (name === 'sigmoid') {
    const decay = exponentialDecay(2 * Math.abs(inner))
    return (Math.sign(inner) * (1 - decay)) / (1 + decay)
  }
  return Math.max(-LARGEST_VALUE, Math.min(power(inner, degree), LARGEST_VALUE))
}

function power(base: number, exponent: number): number {
  let result = 1
  let square = base
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result *= square
    square *= square
  }
  return result
}
