// AssemblyScript: what principal components do to a block of rows, see src/domain/linear-algebra/row-kernel.ts for the
// layout. Lanes hold different columns or directions; each sum runs over rows or columns in order, as in the plain
// version, so it has the same bits. Row-major f64; strides in bytes; arrays a column or direction long are padded to even.

/**
 * @param sums - of each column, added to
 * @param magnitudes - largest absolute value of each column, raised
 */
export function addColumnSums(data: usize, rows: i32, columns: i32, sums: usize, magnitudes: usize): void {
  const stride = <usize>columns << 3
  const end = data + <usize>rows * stride
  const last = <usize>(columns - 1) << 3
  for (let column: usize = 0; column <= last; column += 16) {
    let sum = v128.load(sums + column)
    let most = v128.load(magnitudes + column)
    for (let at = data + column; at < end; at += stride) {
      const pair = column < last ? v128.load(at) : v128.load64_zero(at)
      sum = f64x2.add(sum, pair)
      most = f64x2.pmax(most, f64x2.abs(pair))
    }
    v128.store(sums + column, sum)
    v128.store(magnitudes + column, most)
  }
}

/** @param squares - of each column's differences from its mean, added to */
export function addColumnSquares(data: usize, rows: i32, columns: i32, means: usize, squares: usize): void {
  const stride = <usize>columns << 3
  const end = data + <usize>rows * stride
  const last = <usize>(columns - 1) << 3
  for (let column: usize = 0; column <= last; column += 16) {
    const mean = v128.load(means + column)
    let sum = v128.load(squares + column)
    for (let at = data + column; at < end; at += stride) {
      const off = f64x2.sub(column < last ? v128.load(at) : v128.load64_zero(at), mean)
      sum = f64x2.add(sum, f64x2.mul(off, off))
    }
    v128.store(squares + column, sum)
  }
}

/**
 * (x * factor - center) / scale, the places behind the last column left alone.
 * @param norms - f64 a row: its squared length
 * @param unit - a length that counts beside the row's values
 * @returns whether any row's largest magnitude is neither 0 nor in [lowest, highest]
 */
export function mapRows(
  data: usize,
  rows: i32,
  columns: i32,
  factors: usize,
  centers: usize,
  scales: usize,
  out: usize,
  stride: usize,
  norms: usize,
  unit: f64,
  lowest: f64,
  highest: f64,
): bool {
  const bytes = <usize>columns << 3
  const whole = bytes & ~15
  let extreme = false
  for (let row = 0; row < rows; row++) {
    let most = f64x2.splat(unit)
    let norm: f64 = 0
    for (let at: usize = 0; at < whole; at += 16) {
      const mapped = mappedPair(v128.load(data + at), factors + at, centers + at, scales + at)
      v128.store(out + at, mapped)
      most = f64x2.pmax(most, f64x2.abs(mapped))
      const squares = f64x2.mul(mapped, mapped)
      norm += f64x2.extract_lane(squares, 0)
      norm += f64x2.extract_lane(squares, 1)
    }
    if (whole < bytes) {
      const pair = mappedPair(v128.load64_zero(data + whole), factors + whole, centers + whole, scales + whole)
      const mapped = f64x2.extract_lane(pair, 0)
      store<f64>(out + whole, mapped)
      most = f64x2.pmax(most, f64x2.splat(abs(mapped)))
      norm += mapped * mapped
    }
    const largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1))
    if (!(largest == 0 || (largest >= lowest && largest <= highest))) extreme = true
    store<f64>(norms, norm)
    data += bytes
    out += stride
    norms += 8
  }
  return extreme
}

// @ts-ignore: decorator
@inline
function mappedPair(pair: v128, factors: usize, centers: usize, scales: usize): v128 {
  return f64x2.div(f64x2.sub(f64x2.mul(pair, v128.load(factors)), v128.load(centers)), v128.load(scales))
}

/**
 * out[i, j] += sum_k z[k, i] z[k, j], tiles of four by four on and below the diagonal.
 * @param stride - of `z` and `out`: a multiple of 32
 */
export function addCrossProducts(z: usize, rows: i32, stride: usize, out: usize): void {
  for (let i: usize = 0; i < stride; i += 32) {
    for (let j: usize = 0; j <= i; j += 32) {
      addTile(z + i, stride, 8, z + j, stride, rows, out + (i >> 3) * stride + j, stride)
    }
  }
}

/**
 * along[i, j] = sum_k z[i, k] directions[k, j].
 * @param rows - a multiple of 4
 * @param width - of `directions` and `along`: a multiple of 32
 */
export function project(
  z: usize,
  rows: i32,
  stride: usize,
  columns: i32,
  directions: usize,
  along: usize,
  width: usize,
): void {
  memory.fill(along, 0, <usize>rows * width)
  for (let i = 0; i < rows; i += 4) {
    for (let j: usize = 0; j < width; j += 32) {
      addTile(z, 8, stride, directions + j, width, columns, along + j, width)
    }
    z += stride << 2
    along += width << 2
  }
}

/** Sixteen sums over k: four neighbours of `a`, `aNext` apart, by four of `b`. */
// @ts-ignore: decorator
@inline
function addTile(
  a: usize,
  aStep: usize,
  aNext: usize,
  b: usize,
  bStep: usize,
  length: i32,
  out: usize,
  outStride: usize,
): void {
  const a1 = aNext
  const a2 = a1 + aNext
  const a3 = a2 + aNext
  let s00 = f64x2.splat(0)
  let s01 = f64x2.splat(0)
  let s10 = f64x2.splat(0)
  let s11 = f64x2.splat(0)
  let s20 = f64x2.splat(0)
  let s21 = f64x2.splat(0)
  let s30 = f64x2.splat(0)
  let s31 = f64x2.splat(0)
  for (let k = 0; k < length; k++) {
    const u = v128.load(b)
    const v = v128.load(b, 16)
    const w0 = v128.load_splat<f64>(a)
    s00 = f64x2.add(s00, f64x2.mul(w0, u))
    s01 = f64x2.add(s01, f64x2.mul(w0, v))
    const w1 = v128.load_splat<f64>(a + a1)
    s10 = f64x2.add(s10, f64x2.mul(w1, u))
    s11 = f64x2.add(s11, f64x2.mul(w1, v))
    const w2 = v128.load_splat<f64>(a + a2)
    s20 = f64x2.add(s20, f64x2.mul(w2, u))
    s21 = f64x2.add(s21, f64x2.mul(w2, v))
    const w3 = v128.load_splat<f64>(a + a3)
    s30 = f64x2.add(s30, f64x2.mul(w3, u))
    s31 = f64x2.add(s31, f64x2.mul(w3, v))
    a += aStep
    b += bStep
  }
  addPairs(out, s00, s01)
  addPairs(out + outStride, s10, s11)
  addPairs(out + 2 * outStride, s20, s21)
  addPairs(out + 3 * outStride, s30, s31)
}

// @ts-ignore: decorator
@inline
function addPairs(out: usize, first: v128, second: v128): void {
  v128.store(out, f64x2.add(v128.load(out), first))
  v128.store(out, f64x2.add(v128.load(out, 16), second), 16)
}

/**
 * @param along - of rows in their own unit, shape (rows, width)
 * @param means - what is taken off along each direction
 * @param farthest - the first of the largest offsets along each direction, updated
 */
export function keepFarthest(along: usize, rows: i32, width: usize, means: usize, farthest: usize): void {
  const end = along + <usize>rows * width
  for (let j: usize = 0; j < width; j += 16) {
    const mean = v128.load(means + j)
    let far = v128.load(farthest + j)
    for (let at = along + j; at < end; at += width) {
      const off = f64x2.sub(v128.load(at), mean)
      far = v128.bitselect(off, far, f64x2.gt(f64x2.abs(off), f64x2.abs(far)))
    }
    v128.store(farthest + j, far)
  }
}

/**
 * Sums over directions of the distance from the row to the direction's unit vector, over the direction's weight.
 * @param scores - f64 a row
 */
export function sumDistances(
  along: usize,
  rows: i32,
  width: usize,
  count: i32,
  norms: usize,
  weights: usize,
  scores: usize,
): void {
  const bytes = <usize>count << 3
  const whole = bytes & ~15
  const zero = f64x2.splat(0)
  for (let row = 0; row < rows; row++) {
    const square = f64x2.splat(load<f64>(norms) + 1)
    let sum: f64 = 0
    for (let j: usize = 0; j < bytes; j += 16) {
      const projection = v128.load(along + j)
      const rest = f64x2.pmax(zero, f64x2.sub(square, f64x2.add(projection, projection)))
      const part = f64x2.div(f64x2.sqrt(rest), v128.load(weights + j))
      sum += f64x2.extract_lane(part, 0)
      if (j < whole) sum += f64x2.extract_lane(part, 1)
    }
    store<f64>(scores, sum)
    along += width
    norms += 8
    scores += 8
  }
}
