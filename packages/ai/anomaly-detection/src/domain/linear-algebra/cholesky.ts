/**
 * The lower triangle L with L L' = matrix, for solving and determinants. Source: G. Golub, C. Van Loan (2013), Matrix
 * Computations, algorithm 4.2.1.
 */

/**
 * @param matrix - symmetric, row-major, shape (n, n); only its lower half is read
 * @returns L, row-major, shape (n, n), zeros above the diagonal; undefined where the matrix is not positive definite
 */
export function choleskyOf(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number
      for (let k = 0; k < j; k++) sum -= (lower[i * n + k] as number) * (lower[j * n + k] as number)
      if (i !== j) lower[i * n + j] = sum / (lower[j * n + j] as number)
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  return lower
}

/** ln det of the matrix that `lower` is the Cholesky factor of. */
export function logDeterminantOf(lower: Float64Array, n: number): number {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log(lower[i * n + i] as number)
  return 2 * sum
}

/**
 * The squared Mahalanobis length |L^-1 v|^2 of the vector at `values[at ...]`, which is overwritten with L^-1 v.
 * @param lower - shape (n, n)
 */
export function squaredLengthUnder(lower: Float64Array, n: number, values: Float64Array, at: number): number {
  let square = 0
  for (let i = 0; i < n; i++) {
    let sum = values[at + i] as number
    for (let k = 0; k < i; k++) sum -= (lower[i * n + k] as number) * (values[at + k] as number)
    const solved = sum / (lower[i * n + i] as number)
    values[at + i] = solved
    square += solved * solved
  }
  return square
}
