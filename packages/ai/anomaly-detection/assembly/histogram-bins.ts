// AssemblyScript: puts the values of a block of rows into histograms, one a column, see src/domain/histograms/bin-kernel.ts
// for the layout. Row-major f64; `edges` has bins + 1 a column. The bin is guessed and then settled by the edges, which
// leave one bin only, so it is that of the plain version.

/** Widens each column's range by its values. Arrays of columns are padded to even. */
export function widenRanges(data: usize, rows: i32, columns: i32, low: usize, high: usize): void {
  const stride = <usize>columns << 3
  const end = data + <usize>rows * stride
  const last = <usize>(columns - 1) << 3
  for (let column: usize = 0; column <= last; column += 16) {
    let least = v128.load(low + column)
    let most = v128.load(high + column)
    for (let at = data + column; at < end; at += stride) {
      const pair = column < last ? v128.load(at) : v128.load64_zero(at)
      least = f64x2.pmin(least, pair)
      most = f64x2.pmax(most, pair)
    }
    v128.store(low + column, least)
    v128.store(high + column, most)
  }
}

const INTEGERS: f64 = 4503599627370496 // 2^52: what is added to it is rounded to a whole number, its lowest bits

/** Guesses the bins of two columns' values: low halves of both lanes. */
// @ts-ignore: decorator
@inline
function guesses(pair: v128, lows: usize, toBin: usize, last: v128): v128 {
  const place = f64x2.mul(f64x2.sub(pair, v128.load(lows)), v128.load(toBin))
  const inside = f64x2.pmax(f64x2.splat(0), f64x2.pmin(last, f64x2.sub(place, f64x2.splat(0.5)))) // NaN becomes 0
  return f64x2.add(inside, f64x2.splat(INTEGERS))
}

/**
 * Counts values in the bin whose lower edge they reach, and notes the bin they are scored by.
 * @param lows - f64 a column: its first edge
 * @param toBin - f64 a column: bins per unit
 * @param counts - u32 a bin of each column, added to
 * @param bins - a byte a value
 */
export function countRows(
  data: usize,
  rows: i32,
  columns: i32,
  nBins: i32,
  edges: usize,
  lows: usize,
  toBin: usize,
  counts: usize,
  bins: usize,
): void {
  const last = f64x2.splat(<f64>(nBins - 1))
  const edgeBytes = <usize>(nBins + 1) << 3
  const lastBytes = <usize>(nBins - 1) << 3
  const countBytes = <usize>nBins << 2
  const end = <usize>columns << 3
  for (let row = 0; row < rows; row++) {
    let edge = edges
    let count = counts
    for (let column: usize = 0; column < end; column += 16) {
      const both = column + 8 < end
      const pair = both ? v128.load(data) : v128.load64_zero(data)
      const guessed = guesses(pair, lows + column, toBin + column, last)
      countValue(f64x2.extract_lane(pair, 0), i32x4.extract_lane(guessed, 0), edge, lastBytes, count, bins)
      bins++
      data += 8
      edge += edgeBytes
      count += countBytes
      if (both) {
        countValue(f64x2.extract_lane(pair, 1), i32x4.extract_lane(guessed, 2), edge, lastBytes, count, bins)
        bins++
        data += 8
        edge += edgeBytes
        count += countBytes
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function countValue(value: f64, guessed: i32, edge: usize, lastBytes: usize, count: usize, bins: usize): void {
  let at = edge + (<usize>guessed << 3)
  while (value < load<f64>(at)) at -= 8
  const top = edge + lastBytes
  while (at < top && value >= load<f64>(at, 8)) at += 8
  const to = count + ((at - edge) >> 1)
  store<u32>(to, load<u32>(to) + 1)
  store<u8>(bins, <i32>((at - edge) >> 3) - i32(at > edge && value == load<f64>(at)))
}

/** @param scores - f64 a row: the sums of what its bins score */
export function sumBins(bins: usize, rows: i32, columns: i32, nBins: i32, binScores: usize, scores: usize): void {
  const bytes = <usize>nBins << 3
  for (let row = 0; row < rows; row++) {
    let sum: f64 = 0
    let base = binScores
    for (let column = 0; column < columns; column++) {
      sum += load<f64>(base + (<usize>load<u8>(bins) << 3))
      bins++
      base += bytes
    }
    store<f64>(scores, sum)
    scores += 8
  }
}

/**
 * @param tol - bin widths outside the range that still count to the end bin
 * @param outside - f64 a column: what values further outside score
 * @param scores - f64 a row
 */
export function scoreRows(
  data: usize,
  rows: i32,
  columns: i32,
  nBins: i32,
  edges: usize,
  lows: usize,
  toBin: usize,
  binScores: usize,
  tol: f64,
  outside: usize,
  scores: usize,
): void {
  const last = f64x2.splat(<f64>(nBins - 1))
  const lastBytes = <usize>(nBins - 1) << 3
  const scoreBytes = <usize>nBins << 3
  const edgeBytes = scoreBytes + 8
  const end = <usize>columns << 3
  for (let row = 0; row < rows; row++) {
    let sum: f64 = 0
    let edge = edges
    let base = binScores
    for (let column: usize = 0; column < end; column += 16) {
      const both = column + 8 < end
      const pair = both ? v128.load(data) : v128.load64_zero(data)
      const guessed = guesses(pair, lows + column, toBin + column, last)
      const furthest = outside + column
      sum += scoreOf(f64x2.extract_lane(pair, 0), i32x4.extract_lane(guessed, 0), edge, lastBytes, base, tol, furthest)
      data += 8
      edge += edgeBytes
      base += scoreBytes
      if (both) {
        const next = furthest + 8
        sum += scoreOf(f64x2.extract_lane(pair, 1), i32x4.extract_lane(guessed, 2), edge, lastBytes, base, tol, next)
        data += 8
        edge += edgeBytes
        base += scoreBytes
      }
    }
    store<f64>(scores, sum)
    scores += 8
  }
}

// @ts-ignore: decorator
@inline
function scoreOf(
  value: f64,
  guessed: i32,
  edge: usize,
  lastBytes: usize,
  base: usize,
  tol: f64,
  furthest: usize,
): f64 {
  if (value >= load<f64>(edge) && value <= load<f64>(edge + lastBytes, 8)) {
    let at = edge + (<usize>guessed << 3)
    while (at > edge && value <= load<f64>(at)) at -= 8
    while (value > load<f64>(at, 8)) at += 8
    return load<f64>(base + (at - edge))
  }
  const below = value < load<f64>(edge)
  const end = below ? edge : edge + lastBytes
  const width = load<f64>(end, 8) - load<f64>(end)
  const distance = below ? load<f64>(end) - value : value - load<f64>(end, 8)
  return distance > tol * width ? load<f64>(furthest) : load<f64>(base + (end - edge))
}
