/**
 * Adds to `out` the products of every row of `a` with every row of `b`: out[i, j] += sum_k a[i, k] b[j, k]. Four rows by
 * two at a time, so that six loads feed eight sums; each sum runs over k in order, whatever stands beside it.
 *
 * @param a - row-major, shape (aRows, length), aRows a multiple of 4 (rows of zeros fill up)
 * @param b - row-major, shape (bRows, length), bRows a multiple of 2
 * @param out - row-major, shape (aRows, bRows)
 * @param lowerOnly - leaves out tiles that lie above the diagonal, where `out` is known to be symmetric
 */
export function addProducts(
  a: Float64Array,
  aRows: number,
  b: Float64Array,
  bRows: number,
  length: number,
  out: Float64Array,
  lowerOnly: boolean,
): void {
  for (let i = 0; i < aRows; i += 4) {
    const end = lowerOnly ? Math.min(bRows, i + 4) : bRows
    for (let j = 0; j < end; j += 2) addTile(a, i * length, b, j * length, length, out, i * bRows + j, bRows)
  }
}

function addTile(
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  length: number,
  out: Float64Array,
  outAt: number,
  outStride: number,
): void {
  const a1 = aAt + length
  const a2 = a1 + length
  const a3 = a2 + length
  const b1 = bAt + length
  let s00 = 0
  let s01 = 0
  let s10 = 0
  let s11 = 0
  let s20 = 0
  let s21 = 0
  let s30 = 0
  let s31 = 0
  for (let k = 0; k < length; k++) {
    const u = b[bAt + k] ?? 0
    const v = b[b1 + k] ?? 0
    const w0 = a[aAt + k] ?? 0
    const w1 = a[a1 + k] ?? 0
    const w2 = a[a2 + k] ?? 0
    const w3 = a[a3 + k] ?? 0
    s00 += w0 * u
    s01 += w0 * v
    s10 += w1 * u
    s11 += w1 * v
    s20 += w2 * u
    s21 += w2 * v
    s30 += w3 * u
    s31 += w3 * v
  }
  add(out, outAt, s00, s01)
  add(out, outAt + outStride, s10, s11)
  add(out, outAt + 2 * outStride, s20, s21)
  add(out, outAt + 3 * outStride, s30, s31)
}

function add(out: Float64Array, at: number, first: number, second: number): void {
  out[at] = (out[at] ?? 0) + first
  out[at + 1] = (out[at + 1] ?? 0) + second
}
