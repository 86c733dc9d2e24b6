// AssemblyScript: sorts a column and adds up its tails, see src/domain/tails/tail-kernel.ts for the layout. The sort is
// that of src/domain/numeric/argsort.ts, key and index in one word. Work comes in short calls: V8 compiles a kernel well
// only between calls.

const DIGIT_BITS = 11
const BUCKETS = 1 << DIGIT_BITS
const MASK = BUCKETS - 1
const SHORT_RUN = 24 // up to here insertion is fast

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
 * Writes the values in order, runs of equal keys put right by the values' lower bits.
 * @param from - where a run of equal keys begins
 * @returns where the first run behind `to` begins; -1 where a run of different values is too long for insertion
 */
export function settle(values: usize, entries: usize, from: i32, to: i32, n: i32, sorted: usize): i32 {
  let start = from
  while (start < to) {
    const key = keyOf(entries, start)
    let end = start + 1
    let uneven = false
    const first = load<f64>(values + (indexOf(entries, start) << 3))
    store<f64>(sorted + (<usize>start << 3), first)
    while (end < n && keyOf(entries, end) == key) {
      const value = load<f64>(values + (indexOf(entries, end) << 3))
      store<f64>(sorted + (<usize>end << 3), value)
      if (value != first) uneven = true
      end++
    }
    if (uneven) {
      if (end - start > SHORT_RUN) return -1
      insertionSort(entries, sorted, start, end)
    }
    start = end
  }
  return start
}

function insertionSort(entries: usize, sorted: usize, start: i32, end: i32): void {
  for (let i = start + 1; i < end; i++) {
    const entry = load<u64>(entries + (<usize>i << 3))
    const value = load<f64>(sorted + (<usize>i << 3))
    let to = i
    while (to > start && load<f64>(sorted + (<usize>(to - 1) << 3)) > value) {
      store<u64>(entries + (<usize>to << 3), load<u64>(entries + (<usize>(to - 1) << 3)))
      store<f64>(sorted + (<usize>to << 3), load<f64>(sorted + (<usize>(to - 1) << 3)))
      to--
    }
    store<u64>(entries + (<usize>to << 3), entry)
    store<f64>(sorted + (<usize>to << 3), value)
  }
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
  entries: usize,
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
      const score = scores + (indexOf(entries, i) << 3)
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
  entries: usize,
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
    const score = scores + (indexOf(entries, i) << 3)
    store<f64>(score, load<f64>(score) + tailOf(left, right, side, skewed))
  }
  return under
}
