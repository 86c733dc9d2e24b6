/**
 * Correlations of all pairs of windows of a series within a band of lags: two lags at a time, a row after the other, so that
 * what one row writes the next reads long after. No operation is fused or reordered: results are those of the plain code in
 * profile-sweep.ts, to the last bit.
 */

/**
 * Sums of products about the means of window `row` with `lanes` windows from `row + lag` on.
 * @param series - f64, the series
 * @param means - f64, of each window
 * @param products - f64 (lanes), out
 */
export function start(
  series: usize,
  means: usize,
  products: usize,
  row: i32,
  lag: i32,
  length: i32,
  lanes: i32,
): void {
  const mean = load<f64>(means + ((<usize>row) << 3))
  const means2 = f64x2.splat(mean)
  const own = series + ((<usize>row) << 3)
  const others = series + ((<usize>(row + lag)) << 3)
  const otherMeans = means + ((<usize>(row + lag)) << 3)
  const pairs = lanes & ~1
  let lane = 0
  for (; lane < pairs; lane += 2) {
    const at = (<usize>lane) << 3
    const otherMean = v128.load(otherMeans + at)
    let sum = f64x2.splat(0)
    for (let k = 0; k < length; k++) {
      const off = (<usize>k) << 3
      const a = f64x2.sub(v128.load64_splat(own + off), means2)
      const b = f64x2.sub(v128.load(others + at + off), otherMean)
      sum = f64x2.add(sum, f64x2.mul(a, b))
    }
    v128.store(products + at, sum)
  }
  if (lane < lanes) {
    const at = (<usize>lane) << 3
    const otherMean = load<f64>(otherMeans + at)
    let sum: f64 = 0
    for (let k = 0; k < length; k++) {
      const off = (<usize>k) << 3
      sum += (load<f64>(own + off) - mean) * (load<f64>(others + at + off) - otherMean)
    }
    store<f64>(products + at, sum)
  }
}

/**
 * Compares the windows [from, to) with those `lag` to `lag + band - 1` behind each.
 * @param halfSteps - f64 (windows)
 * @param sums - f64 (windows)
 * @param inverseNorms - f64 (windows), NaN for windows that are left out
 * @param products - f64 (band): of row `from` on entry
 * @param left - f64 (windows): the best correlation of each with an earlier one so far
 * @param leftAt - i32 (windows)
 * @param right - f64 (windows): the best with a later one so far
 * @param rightAt - i32 (windows)
 */
export function sweep(
  halfSteps: usize,
  sums: usize,
  inverseNorms: usize,
  products: usize,
  left: usize,
  leftAt: usize,
  right: usize,
  rightAt: usize,
  from: i32,
  to: i32,
  lag: i32,
  band: i32,
  windows: i32,
): void {
  for (let i = from; i < to; i++) {
    const lanes = min(band, windows - i - lag)
    const row = (<usize>i) << 3
    const base = (<usize>(i + lag)) << 3
    const isFirst = i == from
    const halfStep = load<f64>(halfSteps + row)
    const sum = load<f64>(sums + row)
    const inverse = load<f64>(inverseNorms + row)
    const halfStep2 = f64x2.splat(halfStep)
    const sum2 = f64x2.splat(sum)
    const inverse2 = f64x2.splat(inverse)
    let best = load<f64>(right + row)
    let bestAt = load<i32>(rightAt + ((<usize>i) << 2))
    let best2 = f64x2.splat(best)
    const pairs = lanes & ~1
    let lane = 0
    for (; lane < pairs; lane += 2) {
      const at = (<usize>lane) << 3
      const other = base + at
      let product = v128.load(products + at)
      if (!isFirst) {
        product = f64x2.add(product, f64x2.mul(halfStep2, v128.load(sums + other)))
        product = f64x2.add(product, f64x2.mul(v128.load(halfSteps + other), sum2))
        v128.store(products + at, product)
      }
      const correlation = f64x2.mul(f64x2.mul(product, inverse2), v128.load(inverseNorms + other))
      const isBetter = v128.or(f64x2.gt(correlation, v128.load(left + other)), f64x2.gt(correlation, best2))
      if (v128.any_true(isBetter)) {
        const j = i + lag + lane
        const first = f64x2.extract_lane(correlation, 0)
        if (first > load<f64>(left + other)) {
          store<f64>(left + other, first)
          store<i32>(leftAt + ((<usize>j) << 2), i)
        }
        if (first > best) {
          best = first
          bestAt = j
        }
        const second = f64x2.extract_lane(correlation, 1)
        if (second > load<f64>(left + other, 8)) {
          store<f64>(left + other, second, 8)
          store<i32>(leftAt + ((<usize>j) << 2), i, 4)
        }
        if (second > best) {
          best = second
          bestAt = j + 1
        }
        best2 = f64x2.splat(best)
      }
    }
    if (lane < lanes) {
      const at = (<usize>lane) << 3
      const other = base + at
      let product = load<f64>(products + at)
      if (!isFirst) {
        product = product + halfStep * load<f64>(sums + other)
        product = product + load<f64>(halfSteps + other) * sum
        store<f64>(products + at, product)
      }
      const correlation = product * inverse * load<f64>(inverseNorms + other)
      const j = i + lag + lane
      if (correlation > load<f64>(left + other)) {
        store<f64>(left + other, correlation)
        store<i32>(leftAt + ((<usize>j) << 2), i)
      }
      if (correlation > best) {
        best = correlation
        bestAt = j
      }
    }
    store<f64>(right + row, best)
    store<i32>(rightAt + ((<usize>i) << 2), bestAt)
  }
}
