/**
 * A symmetric matrix as A = Q T Q^T with T tridiagonal, by Householder reflections.
 * Source: EISPACK tred2 (R. Martin, C. Reinsch, J. Wilkinson (1968), Householder's tridiagonalization of a symmetric
 * matrix, Numerische Mathematik 11), arranged so that every inner loop runs along rows.
 */
import { throwIfCancelled } from '../cancellation.ts'

/** T and the transpose of Q. */
export interface Tridiagonal {
  /** Shape (n). */
  readonly diagonal: Float64Array
  /** Entry i couples i and i + 1; the last is 0. Shape (n). */
  readonly offDiagonal: Float64Array
  /** Row-major, shape (n, n): row i is column i of Q. */
  readonly transposedQ: Float64Array
}

/** @param matrix - symmetric, row-major, shape (n, n); only its lower half is read */
export function tridiagonalOf(matrix: Float64Array, n: number, signal?: AbortSignal): Tridiagonal {
  const a = matrix.slice()
  const diagonal = new Float64Array(n)
  const offDiagonal = new Float64Array(n)
  const halfNorms = new Float64Array(n) // of each reflection's vector, squared; 0 where none was needed
  const p = new Float64Array(n)
  for (let i = n - 1; i > 0; i--) {
    throwIfCancelled(signal)
    offDiagonal[i - 1] = reflect(a, n, i, halfNorms, p)
  }
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i] ?? 0
  return { diagonal, offDiagonal, transposedQ: transposedProduct(a, n, halfNorms, p, signal) }
}

/**
 * Turns row i of the leading block into (0, ..., 0, g) and returns g. The reflection is 1 - u u^T / h; u is left in
 * row i, h in `halfNorms`.
 */
function reflect(a: Float64Array, n: number, i: number, halfNorms: Float64Array, p: Float64Array): number {
  const u = i * n
  let scale = 0
  for (let k = 0; k < i - 1; k++) scale = Math.max(scale, Math.abs(a[u + k] ?? 0))
  const f = a[u + i - 1] ?? 0
  if (scale === 0) return f
  scale = Math.max(scale, Math.abs(f))
  let h = 0
  for (let k = 0; k < i; k++) {
    const value = (a[u + k] ?? 0) / scale
    a[u + k] = value
    h += value * value
  }
  const last = f / scale
  const g = last > 0 ? -Math.sqrt(h) : Math.sqrt(h)
  h -= last * g
  a[u + i - 1] = last - g
  halfNorms[i] = h
  updateBlock(a, n, i, h, p)
  return g * scale
}

/** A <- (1 - u u^T / h) A (1 - u u^T / h) on the lower half of the leading block, as A - u q^T - q u^T. */
function updateBlock(a: Float64Array, n: number, i: number, h: number, p: Float64Array): void {
  const u = i * n
  p.fill(0, 0, i)
  for (let j = 0; j < i; j++) {
    const row = j * n
    const uj = a[u + j] ?? 0
    let dot = (a[row + j] ?? 0) * uj
    for (let k = 0; k < j; k++) {
      const value = a[row + k] ?? 0
      dot += value * (a[u + k] ?? 0)
      p[k] = (p[k] ?? 0) + value * uj
    }
    p[j] = (p[j] ?? 0) + dot
  }
  let up = 0
  for (let k = 0; k < i; k++) {
    const value = (p[k] ?? 0) / h
    p[k] = value
    up += value * (a[u + k] ?? 0)
  }
  const half = up / (h + h)
  for (let k = 0; k < i; k++) p[k] = (p[k] ?? 0) - half * (a[u + k] ?? 0)
  for (let j = 0; j < i; j++) {
    const row = j * n
    const uj = a[u + j] ?? 0
    const qj = p[j] ?? 0
    for (let k = 0; k <= j; k++) a[row + k] = (a[row + k] ?? 0) - (uj * (p[k] ?? 0) + qj * (a[u + k] ?? 0))
  }
}

/** Multiplies the reflections out, smallest first: each touches only the block that the earlier ones filled. */
function transposedProduct(
  a: Float64Array,
  n: number,
  halfNorms: Float64Array,
  g: Float64Array,
  signal: AbortSignal | undefined,
): Float64Array {
  const q = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    throwIfCancelled(signal)
    const h = halfNorms[i] ?? 0
    if (h !== 0) reflectRows(q, a, n, i, h, g)
    q[i * n + i] = 1
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = q[i * n + j] ?? 0
      q[i * n + j] = q[j * n + i] ?? 0
      q[j * n + i] = value
    }
  }
  return q
}

function reflectRows(q: Float64Array, a: Float64Array, n: number, i: number, h: number, g: Float64Array): void {
  const u = i * n
  g.fill(0, 0, i)
  for (let k = 0; k < i; k++) {
    const row = k * n
    const uk = a[u + k] ?? 0
    for (let j = 0; j < i; j++) g[j] = (g[j] ?? 0) + uk * (q[row + j] ?? 0)
  }
  for (let k = 0; k < i; k++) {
    const row = k * n
    const factor = (a[u + k] ?? 0) / h
    for (let j = 0; j < i; j++) q[row + j] = (q[row + j] ?? 0) - factor * (g[j] ?? 0)
  }
}
