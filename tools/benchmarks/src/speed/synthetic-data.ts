/**
 * The benchmark data: normal rows and one anomalous row in a hundred, the same bits in every language.
 *
 * Value v (row-major index), all arithmetic on 32-bit unsigned numbers that wrap:
 *   h(k) = fmix32(k + seed * 0x9E3779B9)                     (fmix32: the finaliser of MurmurHash3)
 *   normal row:            (h(12v) + ... + h(12v + 11)) / 2^32 - 6       about N(0, 1), exact in float64
 *   row r, r % 100 == 99:  h(12v) / 2^32 * 16 - 8                        uniform on [-8, 8), the anomalies
 * peers/synthetic.py is the same; every measurement reports the SHA-256 of its data and the two sides are compared.
 */
import type { Size } from '../size.ts'

/** A row-major matrix and its labels: 1 is an anomaly. */
export interface SyntheticData {
  readonly data: Float64Array
  readonly labels: Uint8Array
}

/** @param seed - a whole number >= 0 */
export function syntheticData({ rows, columns }: Size, seed: number): SyntheticData {
  const data = new Float64Array(rows * columns)
  const labels = new Uint8Array(rows)
  const base = Math.imul(seed, 0x9e3779b9)
  for (let row = 0; row < rows; row++) {
    const valueOf = row % 100 === 99 ? uniform : normal
    labels[row] = row % 100 === 99 ? 1 : 0
    for (let at = row * columns; at < (row + 1) * columns; at++) data[at] = valueOf(Math.imul(at, 12) + base)
  }
  return { data, labels }
}

function normal(key: number): number {
  let sum = 0
  for (let term = 0; term < 12; term++) sum += fmix32(key + term)
  return sum / 2 ** 32 - 6
}

function uniform(key: number): number {
  return (fmix32(key) / 2 ** 32) * 16 - 8
}

function fmix32(key: number): number {
  let mixed = key | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
