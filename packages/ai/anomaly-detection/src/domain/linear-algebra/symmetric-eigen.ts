/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder reflections to tridiagonal form, then implicit QL.
 * Source: EISPACK tred2 and imtql2 (A. Dubrulle, R. Martin, J. Wilkinson (1968), The implicit QL algorithm, Numerische
 * Mathematik 12).
 */
import { throwIfCancelled } from '../cancellation.ts'
import { tridiagonalOf } from './tridiagonal.ts'

/** Largest eigenvalue first. */
export interface SymmetricEigen {
  /** Shape (n), descending. */
  readonly values: Float64Array
  /** Row-major, shape (n, n): row i is the unit eigenvector of value i. Its sign is arbitrary. */
  readonly vectors: Float64Array
}

/**
 * Errors are some units in the last place of the largest eigenvalue, so eigenvalues below 1e-15 of it are noise; the
 * vectors are orthonormal to the same degree, also where eigenvalues coincide. Time O(n^3): some seconds at n = 1500.
 *
 * @param matrix - symmetric, finite, row-major, shape (n, n); only its lower half is read
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function symmetricEigenOf(matrix: Float64Array, n: number, signal?: AbortSignal): SymmetricEigen {
  const { diagonal, offDiagonal, transposedQ } = tridiagonalOf(matrix, n, signal)
  implicitQl(diagonal, offDiagonal, transposedQ, n, signal)
  const order = Array.from(diagonal.keys()).sort((a, b) => (diagonal[b] ?? 0) - (diagonal[a] ?? 0))
  const vectors = new Float64Array(n * n)
  for (const [to, from] of order.entries()) {
    vectors.set(transposedQ.subarray(from * n, (from + 1) * n), to * n)
  }
  return { values: Float64Array.from(order, (from) => diagonal[from] ?? 0), vectors }
}

const MOST_SWEEPS = 100 // a sweep or two for each eigenvalue is usual; no matrix is known to need 30

/** Diagonalizes in place: `d` becomes the eigenvalues, the rows of `z` their vectors. */
function implicitQl(d: Float64Array, e: Float64Array, z: Float64Array, n: number, signal?: AbortSignal): void {
  let norm = 0
  for (let i = 0; i < n; i++) norm = Math.max(norm, Math.abs(d[i] ?? 0) + Math.abs(e[i] ?? 0))
  // What the reflections have rounded off already is not worth a sweep: it lets null spaces fall apart at once.
  const negligible = (norm * Number.EPSILON) / 8
  for (let first = 0; first < n; first++) {
    throwIfCancelled(signal)
    let sweeps = 0
    let last = endOfBlock(d, e, first, n, negligible)
    while (last !== first) {
      if (sweeps === MOST_SWEEPS) throw new Error(`eigenvalue ${first} of ${n} has not settled after ${sweeps} sweeps`)
      sweeps++
      sweep(d, e, z, n, first, last)
      last = endOfBlock(d, e, first, n, negligible)
    }
  }
}

/** First index from `first` on whose coupling to the next is negligible. */
function endOfBlock(d: Float64Array, e: Float64Array, first: number, n: number, negligible: number): number {
  let at = first
  while (at < n - 1) {
    const coupling = Math.abs(e[at] ?? 0)
    const around = Math.abs(d[at] ?? 0) + Math.abs(d[at + 1] ?? 0)
    if (coupling <= negligible || coupling <= Number.EPSILON * around) break
    at++
  }
  return at
}

/** One QL step with Wilkinson's shift on the block [first, last]. */
function sweep(d: Float64Array, e: Float64Array, z: Float64Array, n: number, first: number, last: number): void {
  const ratio = ((d[first + 1] ?? 0) - (d[first] ?? 0)) / (2 * (e[first] ?? 0))
  const root = Math.hypot(ratio, 1)
  let g = (d[last] ?? 0) - (d[first] ?? 0) + (e[first] ?? 0) / (ratio + (ratio < 0 ? -root : root))
  let s = 1
  let c = 1
  let p = 0
  for (let i = last - 1; i >= first; i--) {
    const f = s * (e[i] ?? 0)
    const b = c * (e[i] ?? 0)
    const r = Math.hypot(f, g)
    e[i + 1] = r
    if (r === 0) {
      d[i + 1] = (d[i + 1] ?? 0) - p
      e[last] = 0
      return
    }
    s = f / r
    c = g / r
    g = (d[i + 1] ?? 0) - p
    const t = ((d[i] ?? 0) - g) * s + 2 * c * b
    p = s * t
    d[i + 1] = g + p
    g = c * t - b
    rotateRows(z, n, i, c, s)
  }
  d[first] = (d[first] ?? 0) - p
  e[first] = g
  e[last] = 0
}

function rotateRows(z: Float64Array, n: number, row: number, c: number, s: number): void {
  const next = (row + 1) * n
  for (let at = row * n, below = next; at < next; at++, below++) {
    const x = z[at] ?? 0
    const y = z[below] ?? 0
    z[below] = s * x + c * y
    z[at] = c * x - s * y
  }
}
