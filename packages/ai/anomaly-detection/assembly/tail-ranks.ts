// AssemblyScript: sorts a column and adds up its tails, see src/domain/tails/column-sorter.ts and tail-kernel.ts for the
// layout. Sorting is by digits of a key, from the last one on, key and index in one word, as in
// src/domain/numeric/argsort.ts. The key is where a value lies in the column's range, or its bits where that tells too
// little. Work comes in short calls: V8 compiles a kernel well only between calls.

const DIGIT_BITS = 11
const BUCKETS = 1 << DIGIT_BITS
const MASK = BUCKETS - 1
const SHORT_RUN = 24 // up to here insertion is fast

const KEY_BITS = 30
const MOST_PLACE_BITS = 12 // 4,096 places take 16 KB of the core's cache
const FEW_VALUES = 12 // insertion alone is fastest
const SHIFTS = 4 // that insertion may take for each value: beyond these it is slower than sorting by bits

let lowest: f64
let highest: f64
let scale: f64

/** Takes values [from, to) into the range; to be called from 0 on. */
export function widen(values: usize, from: i32, to: i32): void {
  let at = values + (<usize>from << 3)
  const end = values + (<usize>to << 3)
  if (from == 0) {
    lowest = load<f64>(at)
    highest = lowest
  }
  let low = f64x2.splat(lowest)
  let high = f64x2.splat(highest)
  for (; at + 16 <= end; at += 16) {
    const both = v128.load(at)
    low = f64x2.pmin(low, both)
    high = f64x2.pmax(high, both)
  }
  lowest = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1))
  highest = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1))
  if (at < end) {
    lowest = min(lowest, load<f64>(at))
    highest = max(highest, load<f64>(at))
  }
}

/** Makes keys of 30 bits for the range. @returns its width; 0 where it is too narrow or too wide for them */
export function fitKeys(): f64 {
  const width = highest - lowest
  scale = <f64>((1 << KEY_BITS) - 1) / width
  return scale > 0 && scale < 1e300 ? width : 0
}

/** Where a value lies in the range: rounding never changes the order of two. */
// @ts-ignore: decorator
@inline
function keyOfValue(value: f64): u32 {
  return <u32>(<i32>((value - lowest) * scale))
}

/** Counts how many of values [from, to) there are in each bucket, the upper bits of their key. */
export function countBuckets(values: usize, from: i32, to: i32, counts: usize, shift: u32): void {
  for (let at = values + (<usize>from << 3), end = values + (<usize>to << 3); at < end; at += 8) {
    increase(counts + (<usize>(keyOfValue(load<f64>(at)) >> shift) << 2))
  }
}

/** Moves values [from, to) to their buckets: 16 bytes each, the value, its index and its key. */
export function deal(values: usize, from: i32, to: i32, counts: usize, shift: u32, entries: usize): void {
  for (let i = from; i < to; i++) {
    const value = load<f64>(values + (<usize>i << 3))
    const key = keyOfValue(value)
    const bucket = counts + (<usize>(key >> shift) << 2)
    const place = load<u32>(bucket)
    store<u32>(bucket, place + 1)
    const entry = entries + (<usize>place << 4)
    store<f64>(entry, value)
    store<u64>(entry, (<u64>key << 32) | <u64>i, 8)
  }
}

/**
 * Sorts the values of buckets [from, to).
 * @param ends - u32 a bucket: where it ends
 * @param places - 4,096 u32 to count with
 * @param sorted - f64 a value
 * @param order - u32 a value: its index
 * @returns false where too many values lie too close together
 */
export function sortBuckets(
  entries: usize,
  from: i32,
  to: i32,
  ends: usize,
  shift: u32,
  places: usize,
  sorted: usize,
  order: usize,
): bool {
  let start: u32 = from == 0 ? 0 : load<u32>(ends + (<usize>(from - 1) << 2))
  for (let bucket = from; bucket < to; bucket++) {
    const end = load<u32>(ends + (<usize>bucket << 2))
    if (<i32>(end - start) <= FEW_VALUES) copyOut(entries, start, end, sorted, order)
    else spreadOut(entries, start, end, shift, places, sorted, order)
    if (!insertAll(start, end, sorted, order)) return false
    start = end
  }
  return true
}

function copyOut(entries: usize, start: u32, end: u32, sorted: usize, order: usize): void {
  for (let i = start; i < end; i++) {
    const entry = entries + (<usize>i << 4)
    store<f64>(sorted + (<usize>i << 3), load<f64>(entry))
    store<u32>(order + (<usize>i << 2), load<u32>(entry, 8))
  }
}

function spreadOut(entries: usize, start: u32, end: u32, shift: u32, places: usize, sorted: usize, order: usize): void {
  const bits = min<u32>(min<u32>(shift, <u32>MOST_PLACE_BITS), 32 - clz<u32>(end - start))
  const rest = shift - bits
  const mask = ((<u32>1) << bits) - 1
  memory.fill(places, 0, (<usize>4) << bits)
  const first = entries + (<usize>start << 4)
  const last = entries + (<usize>end << 4)
  for (let entry = first; entry < last; entry += 16) {
    increase(places + (<usize>((load<u32>(entry, 12) >> rest) & mask) << 2))
  }
  let offset = start
  for (let at = places, stop = places + ((<usize>4) << bits); at < stop; at += 4) {
    const count = load<u32>(at)
    store<u32>(at, offset)
    offset += count
  }
  for (let entry = first; entry < last; entry += 16) {
    const at = places + (<usize>((load<u32>(entry, 12) >> rest) & mask) << 2)
    const place = load<u32>(at)
    store<u32>(at, place + 1)
    store<f64>(sorted + (<usize>place << 3), load<f64>(entry))
    store<u32>(order + (<usize>place << 2), load<u32>(entry, 8))
  }
}

/** Puts right what the keys left open. @returns false where that takes too long */
function insertAll(start: u32, end: u32, sorted: usize, order: usize): bool {
  let left: i64 = <i64>(end - start) * SHIFTS + 64
  const begin = sorted + (<usize>start << 3)
  let slot = begin + 8
  let name = order + (<usize>(start + 1) << 2)
  const stop = sorted + (<usize>end << 3)
  if (start == end) return true
  let before = load<f64>(begin)
  for (; slot < stop; slot += 8, name += 4) {
    const value = load<f64>(slot)
    if (value >= before) {
      before = value
      continue
    }
    const index = load<u32>(name)
    let to = slot
    let toName = name
    do {
      store<f64>(to, load<f64>(to - 8))
      store<u32>(toName, load<u32>(toName - 4))
      to -= 8
      toName -= 4
      left--
    } while (to > begin && load<f64>(to - 8) > value)
    store<f64>(to, value)
    store<u32>(toName, index)
    if (left < 0) return false
  }
  return true
}

/**
 * Writes an entry for each of values [from, to): the upper half of its bits, flipped so that unsigned order is numeric
 * order, and its index.
 * @param counts - three tables of 2,048 u32, added to
 */
export function makeEntries(values: usize, from: i32, to: i32, entries: usize, counts: usize): void {
  for (let i = from; i < to; i++) {
    const high = <i32>(reinterpret<i64>(load<f64>(values + (<usize>i << 3)) + 0) >> 32) // -0 becomes 0
    const key = <u32>(high ^ ((high >> 31) | 0x80000000))
    store<u64>(entries + (<usize>i << 3), ((<u64>key) << 32) | <u64>i)
    increase(counts + (<usize>(key & MASK) << 2))
    increase(counts + (<usize>(BUCKETS + ((key >> DIGIT_BITS) & MASK)) << 2))
    increase(counts + (<usize>(BUCKETS * 2 + (key >> (DIGIT_BITS * 2))) << 2))
  }
}

/**
 * Writes an entry for each of values [from, to): where it lies in the range, in 22 bits, and its index.
 * @param counts - two tables of 2,048 u32, added to
 */
export function placeEntries(values: usize, from: i32, to: i32, entries: usize, counts: usize): void {
  for (let i = from; i < to; i++) {
    const key = keyOfValue(load<f64>(values + (<usize>i << 3))) >> (KEY_BITS - 2 * DIGIT_BITS)
    store<u64>(entries + (<usize>i << 3), ((<u64>key) << 32) | <u64>i)
    increase(counts + (<usize>(key & MASK) << 2))
    increase(counts + (<usize>(BUCKETS + (key >> DIGIT_BITS)) << 2))
  }
}

// @ts-ignore: decorator
@inline
function increase(count: usize): void {
  store<u32>(count, load<u32>(count) + 1)
}

/** Turns a digit's counts into offsets. @returns false where all of the `n` keys share the digit */
export function offsetsOf(counts: usize, digit: i32, n: u32): bool {
  let at = counts + (<usize>digit << (DIGIT_BITS + 2))
  let offset: u32 = 0
  for (const end = at + (BUCKETS << 2); at < end; at += 4) {
    const count = load<u32>(at)
    if (count == n) return false
    store<u32>(at, offset)
    offset += count
  }
  return true
}

/** Moves entries [from, to) to where their digit belongs. */
export function scatter(entries: usize, from: i32, to: i32, counts: usize, digit: i32, out: usize): void {
  const offsets = counts + (<usize>digit << (DIGIT_BITS + 2))
  const shift = <u64>(32 + digit * DIGIT_BITS)
  for (let at = entries + (<usize>from << 3), end = entries + (<usize>to << 3); at < end; at += 8) {
    const entry = load<u64>(at)
    const bucket = offsets + (<usize>((entry >> shift) & MASK) << 2)
    const place = load<u32>(bucket)
    store<u32>(bucket, place + 1)
    store<u64>(out + (<usize>place << 3), entry)
  }
}

// @ts-ignore: decorator
@inline
function indexOf(entries: usize, i: i32): usize {
  return load<u32>(entries + (<usize>i << 3))
}

// @ts-ignore: decorator
@inline
function keyOf(entries: usize, i: i32): u32 {
  return load<u32>(entries + (<usize>i << 3), 4)
}

/**
 * Writes the values in order and their indices, runs of equal keys put right by the values' lower bits.
 * @param from - where a run of equal keys begins
 * @param order - u32 a value
 * @returns where the first run behind `to` begins; -1 where a run of different values is too long for insertion
 */
export function settle(
  values: usize,
  entries: usize,
  from: i32,
  to: i32,
  n: i32,
  sorted: usize,
  order: usize,
): i32 {
  let start = from
  while (start < to) {
    const key = keyOf(entries, start)
    let end = start
    let inOrder = true
    let before: f64 = -Infinity
    do {
      const index = indexOf(entries, end)
      const value = load<f64>(values + (index << 3))
      store<f64>(sorted + (<usize>end << 3), value)
      store<u32>(order + (<usize>end << 2), <u32>index)
      if (value < before) inOrder = false
      before = value
      end++
    } while (end < n && keyOf(entries, end) == key)
    if (!inOrder) {
      if (end - start > SHORT_RUN) return -1
      insertAll(start, end, sorted, order)
    }
    start = end
  }
  return start
}

// @ts-ignore: decorator
@inline
function tailOf(left: f64, right: f64, side: i32, skewed: bool): f64 {
  if (side == 0) return left + right
  if (!skewed) return left > right ? left : right
  const own = side < 0 ? left : right
  const mean = (left + right) / 2
  return own > mean ? own : mean
}

/**
 * Adds the tails of sorted training values to their rows' scores, run by run of equal ones.
 * @param tails - n + 1 f64: -ln(k / n)
 * @param side - the column's skew
 * @param skewed - COPOD's combination of both tails, not ECOD's
 * @returns where the first run behind `to` begins
 */
export function addTails(
  sorted: usize,
  order: usize,
  from: i32,
  to: i32,
  n: i32,
  tails: usize,
  side: i32,
  skewed: bool,
  scores: usize,
): i32 {
  let start = from
  while (start < to) {
    const value = load<f64>(sorted + (<usize>start << 3))
    let end = start + 1
    while (end < n && load<f64>(sorted + (<usize>end << 3)) == value) end++
    const left = load<f64>(tails + (<usize>end << 3))
    const right = load<f64>(tails + (<usize>(n - start) << 3))
    const tail = tailOf(left, right, side, skewed)
    for (let i = start; i < end; i++) {
      const score = scores + (<usize>load<u32>(order + (<usize>i << 2)) << 3)
      store<f64>(score, load<f64>(score) + tail)
    }
    start = end
  }
  return start
}

/**
 * Adds the tails of new values, by their ranks among the `n` sorted training values.
 * @param fresh - the new values in order, [from, to) of which are added
 * @param reached - how many training values lie below fresh[from], at least what lies below the one before
 * @returns the same for fresh[to - 1]
 */
export function addTailsAmong(
  training: usize,
  n: i32,
  reached: i32,
  fresh: usize,
  order: usize,
  from: i32,
  to: i32,
  tails: usize,
  side: i32,
  skewed: bool,
  scores: usize,
): i32 {
  let under = reached
  let upTo = reached
  for (let i = from; i < to; i++) {
    const value = load<f64>(fresh + (<usize>i << 3))
    while (under < n && load<f64>(training + (<usize>under << 3)) < value) under++
    if (upTo < under) upTo = under
    while (upTo < n && load<f64>(training + (<usize>upTo << 3)) <= value) upTo++
    const left = load<f64>(tails + (<usize>upTo << 3))
    const right = load<f64>(tails + (<usize>(n - under) << 3))
    const score = scores + (<usize>load<u32>(order + (<usize>i << 2)) << 3)
    store<f64>(score, load<f64>(score) + tailOf(left, right, side, skewed))
  }
  return under
}

let mean: v128 = f64x2.splat(0)
let largest: v128 = f64x2.splat(0)
let squares: v128 = f64x2.splat(0)
let cubes: v128 = f64x2.splat(0)

// @ts-ignore: decorator
@inline
function pairAt(one: usize, other: usize): v128 {
  return f64x2.replace_lane(v128.load_splat<f64>(one), 1, load<f64>(other))
}

/**
 * Adds values [from, to) of two columns to their means, and takes them into their largest sizes, each in order.
 * @param n - values of each
 */
export function addMeans(one: usize, other: usize, from: i32, to: i32, n: i32): void {
  if (from == 0) {
    mean = f64x2.splat(0)
    largest = f64x2.splat(0)
  }
  const count = f64x2.splat(<f64>n)
  let sum = mean
  let most = largest
  for (let at = <usize>from << 3, end = <usize>to << 3; at < end; at += 8) {
    const both = pairAt(one + at, other + at)
    sum = f64x2.add(sum, f64x2.div(both, count))
    most = f64x2.pmax(most, f64x2.abs(both))
  }
  mean = sum
  largest = most
}

/** Adds the second and third powers of what values [from, to) of two columns are off their means. */
export function addPowers(one: usize, other: usize, from: i32, to: i32): void {
  if (from == 0) {
    squares = f64x2.splat(0)
    cubes = f64x2.splat(0)
  }
  const middle = mean
  let second = squares
  let third = cubes
  for (let at = <usize>from << 3, end = <usize>to << 3; at < end; at += 8) {
    const off = f64x2.sub(pairAt(one + at, other + at), middle)
    const square = f64x2.mul(off, off)
    second = f64x2.add(second, square)
    third = f64x2.add(third, f64x2.mul(square, off))
  }
  squares = second
  cubes = third
}

/** Writes mean, largest size and both sums of powers, each of the two columns in turn; 64 bytes. */
export function moments(out: usize): void {
  v128.store(out, mean)
  v128.store(out, largest, 16)
  v128.store(out, squares, 32)
  v128.store(out, cubes, 48)
}
