// AssemblyScript: the nearest neighbours of a batch of queries, see src/domain/neighbours/wasm-search.ts for the layout.
// The eight points of a block are measured at once, and the boxes of both children of a node; sums run over the features
// in order, as in the plain version, so they have the same bits.

const EUCLIDEAN = 0
const MANHATTAN = 1
const FILTERED = 3 // euclidean, in two steps: blocks that are too far even in single precision are left out
const SOME_BLOCKS = 4096 // after so many it is known whether the first step leaves out enough

let metric: i32
let columns: i32
let stride: usize
let k: i32
let values: usize
let rows: usize
let queries: usize
let selves: usize
let distances: usize
let indices: usize
let scratch: usize
let nodes: usize
let boxes: usize
let narrow: usize
let narrowQueries: usize
let slack: f64
let growth: f64
let tested: i32
let passed: i32

/**
 * @param kind - 0 euclidean (squared), 1 manhattan, 2 chebyshev
 * @param valuesAt - blocks of eight points, one feature after another (f64)
 * @param rowsAt - i32 a point: its row, -1 where there is none
 * @param queriesAt - rows of `width` f64
 * @param selvesAt - i32 a query: a row that must not be found, or -1
 * @param distancesAt - k f64 a query: its list, sorted
 * @param indicesAt - k i32 a query
 * @param scratchAt - 64 bytes for eight distances, then 16 a waiting node (bound f64, node i32)
 * @param nodesAt - 16 bytes a node in preorder: right child or 0, first and last block, lowest row (i32)
 * @param boxesAt - 32 bytes a feature of each node: low of its left and right child, high of both (f64)
 */
export function configure(
  kind: i32,
  width: i32,
  neighbours: i32,
  valuesAt: usize,
  rowsAt: usize,
  queriesAt: usize,
  selvesAt: usize,
  distancesAt: usize,
  indicesAt: usize,
  scratchAt: usize,
  nodesAt: usize,
  boxesAt: usize,
): void {
  metric = kind
  columns = width
  stride = <usize>width << 3
  k = neighbours
  values = valuesAt
  rows = rowsAt
  queries = queriesAt
  selves = selvesAt
  distances = distancesAt
  indices = indicesAt
  scratch = scratchAt
  nodes = nodesAt
  boxes = boxesAt
}

/** Offers the points of blocks [from, to) to the first `count` queries. */
export function scan(count: i32, from: i32, to: i32): void {
  const last = <usize>(k - 1) << 3
  for (let query = 0; query < count; query++) {
    const list = distances + ((<usize>query * k) << 3)
    // k doubles: blocks come in order of their rows, so no later one can take a place
    if (load<f64>(list + last) == 0) continue
    scanFor(query, list, from, to)
  }
}

/** Finds the neighbours of the first `count` queries in the tree. */
export function walk(count: i32): void {
  for (let query = 0; query < count; query++) walkFor(query)
}

function walkFor(query: i32): void {
  const list = distances + ((<usize>query * k) << 3)
  const last = list + (<usize>(k - 1) << 3)
  const lastIndex = indices + ((<usize>query * k + (k - 1)) << 2)
  const at = queries + <usize>query * stride
  const bottom = scratch + 64
  let top = bottom + 16
  store<f64>(bottom, 0)
  store<i32>(bottom, 0, 8)
  while (top > bottom) {
    top -= 16
    let node = load<i32>(top, 8)
    if (!worthAVisit(load<f64>(top), node, last, lastIndex)) continue
    let far = rightOf(node)
    while (far != 0) {
      let near = node + 1
      const both = boundsOf(node, at)
      let nearBound = f64x2.extract_lane(both, 0)
      let farBound = f64x2.extract_lane(both, 1)
      if (farBound < nearBound || (farBound == nearBound && lowestRowOf(far) < lowestRowOf(near))) {
        const swapped = near
        near = far
        far = swapped
        const bound = nearBound
        nearBound = farBound
        farBound = bound
      }
      if (worthAVisit(farBound, far, last, lastIndex)) {
        store<f64>(top, farBound)
        store<i32>(top, far, 8)
        top += 16
      }
      if (!worthAVisit(nearBound, near, last, lastIndex)) break
      node = near
      far = rightOf(node)
    }
    if (far != 0) continue
    const leaf = nodes + (<usize>node << 4)
    scanFor(query, list, load<i32>(leaf, 4), load<i32>(leaf, 8))
  }
}

// @ts-ignore: decorator
@inline
function rightOf(node: i32): i32 {
  return load<i32>(nodes + (<usize>node << 4))
}

// @ts-ignore: decorator
@inline
function lowestRowOf(node: i32): i32 {
  return load<i32>(nodes + (<usize>node << 4), 12)
}

// @ts-ignore: decorator
@inline
function worthAVisit(bound: f64, node: i32, last: usize, lastIndex: usize): bool {
  const limit = load<f64>(last)
  return bound < limit || (bound == limit && lowestRowOf(node) < load<i32>(lastIndex))
}

/**
 * Turns the euclidean search into one in two steps.
 * @param narrowAt - the points again, less a center, rounded to f32
 * @param narrowQueriesAt - the queries likewise
 * @param distanceError - the most by which rounding the values can change a distance
 * @param relativeError - what rounding sums can multiply a squared distance by, at most
 */
export function filter(narrowAt: usize, narrowQueriesAt: usize, distanceError: f64, relativeError: f64): void {
  metric = FILTERED
  narrow = narrowAt
  narrowQueries = narrowQueriesAt
  slack = distanceError
  growth = relativeError
  tested = 0
  passed = 0
}

// How far the query is from the boxes of both children, 0 inside: never above the distance to any point within, rounding
// included, as each gap is at most the point's difference and the sums run the same way.
function boundsOf(node: i32, query: usize): v128 {
  let box = boxes + <usize>node * (<usize>columns << 5)
  let sum = f64x2.splat(0)
  const zero = f64x2.splat(0)
  for (let feature = query, end = query + stride; feature < end; feature += 8) {
    const q = v128.load_splat<f64>(feature)
    const below = f64x2.sub(v128.load(box), q)
    const above = f64x2.sub(q, v128.load(box, 16))
    const gap = f64x2.pmax(zero, f64x2.pmax(below, above))
    if (metric == EUCLIDEAN || metric == FILTERED) sum = f64x2.add(sum, f64x2.mul(gap, gap))
    else if (metric == MANHATTAN) sum = f64x2.add(sum, gap)
    else sum = f64x2.pmax(sum, gap)
    box += 32
  }
  return sum
}

function scanFor(query: i32, list: usize, from: i32, to: i32): void {
  if (metric == FILTERED) scanFiltered(query, list, from, to)
  else if (metric == EUCLIDEAN) scanEuclidean(query, list, from, to)
  else if (metric == MANHATTAN) scanBy(1, query, list, from, to)
  else scanBy(2, query, list, from, to)
}

function scanEuclidean(query: i32, list: usize, from: i32, to: i32): void {
  scanBy(0, query, list, from, to)
}

/** A squared distance at most `limit` is at most this in single precision. */
// @ts-ignore: decorator
@inline
function narrowLimit(limit: f64): v128 {
  const most = sqrt(limit) + slack
  return f32x4.splat(<f32>(most * most * growth + 1e-36))
}

function scanFiltered(query: i32, list: usize, from: i32, to: i32): void {
  if (tested > SOME_BLOCKS && passed > tested >> 1) {
    metric = EUCLIDEAN
    return scanEuclidean(query, list, from, to)
  }
  const start = narrowQueries + ((<usize>query * columns) << 2)
  const end = start + (<usize>columns << 2)
  const first = min<usize>(end, start + (columns > 16 ? 32 : 64))
  const last = list + (<usize>(k - 1) << 3)
  const blockBytes = <usize>columns << 5
  let limits = narrowLimit(load<f64>(last))
  let at = narrow + <usize>from * blockBytes
  let near = 0
  for (let block = from; block < to; block++) {
    const next = at + blockBytes
    let s0 = f32x4.splat(0)
    let s1 = f32x4.splat(0)
    let feature = start
    let stop = first
    let within: bool
    while (true) {
      for (; feature < stop; feature += 4) {
        const q = v128.load_splat<f32>(feature)
        const d0 = f32x4.sub(v128.load(at), q)
        const d1 = f32x4.sub(v128.load(at, 16), q)
        s0 = f32x4.add(s0, f32x4.mul(d0, d0))
        s1 = f32x4.add(s1, f32x4.mul(d1, d1))
        at += 32
      }
      within = v128.any_true(v128.or(f32x4.le(s0, limits), f32x4.le(s1, limits)))
      if (stop == end || !within) break
      stop = min<usize>(end, stop + 32)
    }
    if (within) {
      near++
      scanEuclidean(query, list, block, block + 1)
      limits = narrowLimit(load<f64>(last))
    }
    at = next
  }
  tested += to - from
  passed += near
  if (tested > 1 << 28) {
    tested >>= 1
    passed >>= 1
  }
}

// @ts-ignore: decorator
@inline
function grown(kind: i32, sum: v128, difference: v128): v128 {
  if (kind == 0) return f64x2.add(sum, f64x2.mul(difference, difference))
  if (kind == 1) return f64x2.add(sum, f64x2.abs(difference))
  return f64x2.pmax(sum, f64x2.abs(difference))
}

// @ts-ignore: decorator
@inline
function scanBy(kind: i32, query: i32, list: usize, from: i32, to: i32): void {
  const start = queries + <usize>query * stride
  const end = start + stride
  const first = min<usize>(end, start + (columns > 12 ? 64 : 96))
  const last = list + (<usize>(k - 1) << 3)
  const blockBytes = <usize>columns << 6
  let limits = f64x2.splat(load<f64>(last))
  let at = values + <usize>from * blockBytes
  for (let block = from; block < to; block++) {
    const next = at + blockBytes
    let s0 = f64x2.splat(0)
    let s1 = f64x2.splat(0)
    let s2 = f64x2.splat(0)
    let s3 = f64x2.splat(0)
    let feature = start
    let stop = first
    let near: v128
    // all eight sums may be over the limit long before the last feature
    while (true) {
      for (; feature < stop; feature += 8) {
        const q = v128.load_splat<f64>(feature)
        s0 = grown(kind, s0, f64x2.sub(v128.load(at), q))
        s1 = grown(kind, s1, f64x2.sub(v128.load(at, 16), q))
        s2 = grown(kind, s2, f64x2.sub(v128.load(at, 32), q))
        s3 = grown(kind, s3, f64x2.sub(v128.load(at, 48), q))
        at += 64
      }
      near = v128.or(
        v128.or(f64x2.le(s0, limits), f64x2.le(s1, limits)),
        v128.or(f64x2.le(s2, limits), f64x2.le(s3, limits)),
      )
      if (stop == end || !v128.any_true(near)) break
      stop = min<usize>(end, stop + 64)
    }
    if (v128.any_true(near)) {
      v128.store(scratch, s0)
      v128.store(scratch, s1, 16)
      v128.store(scratch, s2, 32)
      v128.store(scratch, s3, 48)
      let lanes =
        i64x2.bitmask(f64x2.le(s0, limits)) |
        (i64x2.bitmask(f64x2.le(s1, limits)) << 2) |
        (i64x2.bitmask(f64x2.le(s2, limits)) << 4) |
        (i64x2.bitmask(f64x2.le(s3, limits)) << 6)
      offer(lanes, block, query, list, last)
      limits = f64x2.splat(load<f64>(last))
    }
    at = next
  }
}

function offer(lanes: i32, block: i32, query: i32, list: usize, last: usize): void {
  const self = load<i32>(selves + (<usize>query << 2))
  const names = indices + ((<usize>query * k) << 2)
  const lastName = names + (<usize>(k - 1) << 2)
  while (lanes != 0) {
    const lane = <usize>ctz(lanes)
    lanes &= lanes - 1
    const distance = load<f64>(scratch + (lane << 3))
    if (distance > load<f64>(last)) continue
    const row = load<i32>(rows + (((<usize>block << 3) + lane) << 2))
    if (row < 0 || row == self) continue
    if (distance == load<f64>(last) && row > load<i32>(lastName)) continue
    let slot = last
    let name = lastName
    while (slot > list) {
      const before = load<f64>(slot - 8)
      const rowBefore = load<i32>(name - 4)
      if (before < distance || (before == distance && rowBefore < row)) break
      store<f64>(slot, before)
      store<i32>(name, rowBefore)
      slot -= 8
      name -= 4
    }
    store<f64>(slot, distance)
    store<i32>(name, row)
  }
}
