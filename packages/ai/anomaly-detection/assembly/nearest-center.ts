// AssemblyScript: one pass of k-means over rows, see src/domain/clustering/row-assigner.ts for the layout. Eight centers are
// measured at once; sums run over features and rows in order, as in the plain version, so they have the same bits.

/**
 * @param data - rows of `columns` f64
 * @param centers - blocks of eight, one feature after another (f64), missing ones at Infinity
 * @param labels - i32 a row: the nearest center, the first among equals; updated
 * @param sums - f64 a feature of each center, added to
 * @param counts - f64 a center, added to
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
): i32 {
  const stride = <usize>columns << 3
  let changed = 0
  for (let row = data, end = data + <usize>rows * stride; row < end; row += stride) {
    let least = f64.MAX_VALUE
    let label = 0
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
      const both = f64x2.pmin(f64x2.pmin(s0, s1), f64x2.pmin(s2, s3))
      const low = min<f64>(f64x2.extract_lane(both, 0), f64x2.extract_lane(both, 1))
      if (low < least) {
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
    const count = counts + (<usize>label << 3)
    store<f64>(count, load<f64>(count) + 1)
    let sum = sums + <usize>label * stride
    for (let value = row, last = row + stride; value < last; value += 8) {
      store<f64>(sum, load<f64>(sum) + load<f64>(value))
      sum += 8
    }
  }
  return changed
}
