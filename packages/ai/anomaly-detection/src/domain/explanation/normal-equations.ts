/** Weighted least squares by its normal equations, in sums that can be added up and taken off again. */
import { choleskyOf } from '../linear-algebra/cholesky.ts'

/** X'WX and X'Wy. Shapes (size, size), of which the lower half is filled, and (size). */
export interface NormalEquations {
  readonly size: number
  readonly matrix: Float64Array
  readonly right: Float64Array
}

/** The sums of no row. */
export function emptyEquations(size: number): NormalEquations {
  return { size, matrix: new Float64Array(size * size), right: new Float64Array(size) }
}

/** Adds a row. @param x - shape (size) */
export function addEquation(
  { size, matrix, right }: NormalEquations,
  x: Float64Array,
  y: number,
  weight: number,
): void {
  for (let i = 0; i < size; i++) {
    const weighted = weight * (x[i] as number)
    if (weighted === 0) continue
    right[i] = (right[i] as number) + weighted * y
    for (let j = 0, at = i * size; j <= i; j++, at++) matrix[at] = (matrix[at] as number) + weighted * (x[j] as number)
  }
}

/** Adds a multiple of other sums. */
export function addEquations(to: NormalEquations, from: NormalEquations, factor: number): void {
  for (let at = 0; at < to.matrix.length; at++) {
    to.matrix[at] = (to.matrix[at] as number) + factor * (from.matrix[at] as number)
  }
  for (let at = 0; at < to.size; at++) to.right[at] = (to.right[at] as number) + factor * (from.right[at] as number)
}

/**
 * The coefficients, shape (size).
 * @param penalties - added to the diagonal (ridge); shape (size)
 * @returns undefined where the rows do not determine them
 */
export function solveEquations(
  { size, matrix, right }: NormalEquations,
  penalties?: Float64Array,
): Float64Array | undefined {
  const penalized = matrix.slice()
  for (let i = 0; i < size; i++) penalized[i * size + i] = (matrix[i * size + i] as number) + (penalties?.[i] ?? 0)
  const lower = choleskyOf(penalized, size)
  if (lower === undefined) return undefined
  const solution = right.slice()
  for (let i = 0; i < size; i++) {
    let sum = solution[i] as number
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] as number) * (solution[k] as number)
    solution[i] = sum / (lower[i * size + i] as number)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i] as number
    for (let k = i + 1; k < size; k++) sum -= (lower[k * size + i] as number) * (solution[k] as number)
    solution[i] = sum / (lower[i * size + i] as number)
  }
  return solution
}
