/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi rotations.
 * Source: G. Golub, C. Van Loan (2013), Matrix computations, 8.5.
 */
const MOST_SWEEPS = 60 // some ten are usual at n = 100

/**
 * @param matrix - symmetric, finite, row-major, shape (n, n)
 * @returns values, largest first, and unit vectors: row i of `vectors` (row-major, shape (n, n)) belongs to value i
 */
export function symmetricEigenOf(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = Float64Array.from(matrix)
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  for (let round = 0; round < MOST_SWEEPS && !isDiagonal(a, n); round++) {
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q)
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => at(a, j * n + j) - at(a, i * n + i))
  const vectors = new Float64Array(n * n)
  for (const [to, from] of order.entries()) vectors.set(v.subarray(from * n, (from + 1) * n), to * n)
  return { values: Float64Array.from(order, (i) => at(a, i * n + i)), vectors }
}

function isDiagonal(a: Float64Array, n: number): boolean {
  let off = 0
  let all = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const square = at(a, i * n + j) ** 2
      all += square
      if (i !== j) off += square
    }
  }
  return off <= all * Number.EPSILON ** 2
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const off = at(a, p * n + q)
  if (off === 0) return
  const ratio = (at(a, q * n + q) - at(a, p * n + p)) / (2 * off)
  const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, c, s)
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, c, s)
  for (let k = 0; k < n; k++) turn(v, p * n + k, q * n + k, c, s)
}

function turn(m: Float64Array, i: number, j: number, c: number, s: number): void {
  const [x, y] = [at(m, i), at(m, j)]
  m[i] = c * x - s * y
  m[j] = s * x + c * y
}

function at(m: Float64Array, index: number): number {
  return m[index] as number
}
