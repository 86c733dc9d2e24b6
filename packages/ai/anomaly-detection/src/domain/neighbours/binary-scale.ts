/**
 * Powers of two that keep squared differences inside the range of a double. Multiplying by them is exact, so ordinary
 * data (magnitudes from 1e-90 to 1e150) is left alone and other data is searched as if it had been given in another unit.
 */
import type { Matrix } from '../matrix.ts'

/** Magnitudes, besides 0, that are left alone. */
export const ORDINARY: { readonly highest: number; readonly lowest: number } = {
  highest: 2 ** 500, // squares of differences, summed over 2^20 features, stay finite
  lowest: 2 ** -300, // below this, squares of what matters sink into the denormal numbers
}

const STRONGEST = 1000 // exponents that 2^e and 2^-e both have a normal double for

/** Exponent e such that values up to `magnitude`, times 2^e, may be squared; 0 for ordinary magnitudes. */
export function scaleExponentOf(magnitude: number): number {
  if (magnitude === 0 || (magnitude >= ORDINARY.lowest && magnitude <= ORDINARY.highest)) return 0
  return Math.min(499 - Math.floor(Math.log2(magnitude)), STRONGEST)
}

/** Largest absolute value in row-major values [from, to). */
export function magnitudeOf(data: Float64Array, from: number, to: number): number {
  let largest = 0
  for (let at = from; at < to; at++) largest = Math.max(largest, Math.abs(data[at] ?? 0))
  return largest
}

/** The matrix times 2^exponent; the matrix itself for 0. */
export function scaledBy(exponent: number, matrix: Matrix): Matrix {
  if (exponent === 0) return matrix
  const factor = 2 ** exponent
  return { ...matrix, data: matrix.data.map((value) => value * factor) }
}
