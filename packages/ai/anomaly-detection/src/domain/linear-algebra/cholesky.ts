/**
 * Symmetric positive definite matrices by their lower triangle L with L L' = matrix.
 * Source: G. Golub, C. Van Loan (2013), Matrix Computations, algorithms 4.2.1 and 3.1.1.
 */

/**
 * @param matrix - symmetric, row-major, shape (n, n); only its lower half is read
 * @returns L, row-major, shape (n, n), zeros above the diagonal; undefined where the matrix is not positive definite
 */
export function choleskyOf(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] ?? 0
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] ?? 0) * (lower[j * n + k] ?? 0)
      if (i !== j) lower[i * n + j] = sum / (lower[j * n + j] ?? 1)
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  return lower
}

/** ln det of the matrix that `lower`, shape (n, n), is the Cholesky factor of. */
export function logDeterminantOf(lower: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log(lower[i * n + i] ?? 0)
  return 2 * sum
}

/** The inverse of a lower triangle with a positive diagonal: row-major, shape (n, n), a lower triangle as well. */
export function lowerInverseOf(lower: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const diagonal = lower[i * n + i] ?? 1
    inverse[i * n + i] = 1 / diagonal
    for (let j = 0; j < i; j++) {
      let sum = 0
      for (let k = j; k < i; k++) sum -= (lower[i * n + k] ?? 0) * (inverse[k * n + j] ?? 0)
      inverse[i * n + j] = sum / diagonal
    }
  }
  return inverse
}
