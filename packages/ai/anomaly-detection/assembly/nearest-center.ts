// AssemblyScript: one pass of k-means over rows, see src/domain/clustering/row-assigner.ts for the layout. Eight centers are
// measured at once; sums run over features and rows in order, as in the plain version, so they have the same bits. A row
// that is surely nearer to its center than to any other, by what the centers have moved since it was measured, keeps its
// label unmeasured: G. Hamerly (2010), Making k-means even faster.

const ROUNDING: f64 = 4.440892098500626e-16 // more than one operation's, relative
const SURE: f64 = 1.000001 // more than rounding can change a distance by
const LEAST: f64 = 1e-140 // squares of smaller ones lose their digits

/**
 * @param data - rows of `columns` f64
 * @param centers - blocks of eight, one feature after another (f64), missing ones at Infinity
 * @param labels - i32 a row: the nearest center, the first among equals; updated
 * @param sums - f64 a feature of each center, added to
 * @param counts - f64 a center, added to
 * @param bounds - two f64 a row: at most how far its center is, at least how far any other; updated
 * @param moves - f64 a center: how far it moved since the last pass
 * @param farthestMove - the most of these; Infinity where the bounds know nothing yet
 * @returns how many labels changed
 */
export function assignRows(
  data: usize,
  rows: i32,
  columns: i32,
  centers: usize,
  blocks: i32,
  labels: usize,
  sums: usize,
  counts: usize,
  bounds: usize,
  moves: usize,
  farthestMove: f64,
): i32 {
  const stride = <usize>columns << 3
  let changed = 0
  for (let row = data, end = data + <usize>rows * stride; row < end; row += stride) {
    let label = load<i32>(labels)
    const upper = (load<f64>(bounds) + load<f64>(moves + (<usize>label << 3))) * (1 + ROUNDING)
    const known = load<f64>(bounds, 8)
    const lower = known - farthestMove - (known + farthestMove) * ROUNDING
    if (upper * SURE < lower && lower > LEAST) {
      store<f64>(bounds, upper)
      store<f64>(bounds, lower, 8)
      bounds += 16
      labels += 4
      addRow(row, stride, label, sums, counts)
      continue
    }
    let least = f64.MAX_VALUE
    let other = f64.MAX_VALUE
    label = 0
    let at = centers
    for (let block = 0; block < blocks; block++) {
      let s0 = f64x2.splat(0)
      let s1 = f64x2.splat(0)
      let s2 = f64x2.splat(0)
      let s3 = f64x2.splat(0)
      for (let value = row, last = row + stride; value < last; value += 8) {
        const x = v128.load_splat<f64>(value)
        const d0 = f64x2.sub(v128.load(at), x)
        const d1 = f64x2.sub(v128.load(at, 16), x)
        const d2 = f64x2.sub(v128.load(at, 32), x)
        const d3 = f64x2.sub(v128.load(at, 48), x)
        s0 = f64x2.add(s0, f64x2.mul(d0, d0))
        s1 = f64x2.add(s1, f64x2.mul(d1, d1))
        s2 = f64x2.add(s2, f64x2.mul(d2, d2))
        s3 = f64x2.add(s3, f64x2.mul(d3, d3))
        at += 64
      }
      const low01 = f64x2.pmin(s0, s1)
      const low23 = f64x2.pmin(s2, s3)
      const both = f64x2.pmin(low01, low23)
      // the second in each lane: of the larger ones, and of the larger of the smaller ones
      const next = f64x2.pmin(f64x2.pmin(f64x2.pmax(s0, s1), f64x2.pmax(s2, s3)), f64x2.pmax(low01, low23))
      const low = min<f64>(f64x2.extract_lane(both, 0), f64x2.extract_lane(both, 1))
      const own = max<f64>(f64x2.extract_lane(both, 0), f64x2.extract_lane(both, 1))
      const rest = min<f64>(own, min<f64>(f64x2.extract_lane(next, 0), f64x2.extract_lane(next, 1)))
      if (low >= least) other = min<f64>(other, low)
      if (low < least) {
        other = min<f64>(other, min<f64>(least, rest))
        least = low
        const lows = f64x2.splat(low)
        const equal =
          i64x2.bitmask(f64x2.eq(s0, lows)) |
          (i64x2.bitmask(f64x2.eq(s1, lows)) << 2) |
          (i64x2.bitmask(f64x2.eq(s2, lows)) << 4) |
          (i64x2.bitmask(f64x2.eq(s3, lows)) << 6)
        label = (block << 3) + ctz(equal)
      }
    }
    if (load<i32>(labels) != label) {
      store<i32>(labels, label)
      changed++
    }
    labels += 4
    store<f64>(bounds, sqrt(least) * (1 + ROUNDING * 2))
    store<f64>(bounds, sqrt(other) * (1 - ROUNDING * 2), 8)
    bounds += 16
    addRow(row, stride, label, sums, counts)
  }
  return changed
}

// @ts-ignore: decorator
@inline
function addRow(row: usize, stride: usize, label: i32, sums: usize, counts: usize): void {
  const count = counts + (<usize>label << 3)
  store<f64>(count, load<f64>(count) + 1)
  let sum = sums + <usize>label * stride
  for (let value = row, last = row + stride; value < last; value += 8) {
    store<f64>(sum, load<f64>(sum) + load<f64>(value))
    sum += 8
  }
}
