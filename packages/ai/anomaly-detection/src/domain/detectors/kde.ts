/**
 * Kernel density: a row is as anomalous as the smoothed density of the training rows is thin around it.
 * Sources: E. Parzen (1962), On estimation of a probability density function and mode; as an outlier score L. Latecki,
 * A. Lazarevic, D. Pokrajac (2007), Outlier detection with kernel density functions, whose comparison with the neighbours'
 * density is left out as in PyOD 3.6 (`pyod.models.kde.KDE`, on scikit-learn's KernelDensity): a Gaussian kernel, one
 * bandwidth, every training row counted, also the one that is scored.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { Detector } from '../detector.ts'
import type { Matrix } from '../matrix.ts'
import { nearestNeighbours } from '../neighbours/nearest-neighbours.ts'
import { LANES, type PointBlocks, pointBlocksOf } from '../neighbours/point-blocks.ts'
import { scanBlocks } from '../neighbours/scan-blocks.ts'
import { exponentialDecay } from '../numeric/exponential-decay.ts'
import { rankInto } from '../numeric/rank.ts'

const scan = scanBlocks.euclidean
const TILE_ROWS = 64 // rows that share one pass over a tile of points
const TILE_BYTES = 128 * 1024 // points of a tile: they stay in the core's cache
const LOST = 2 ** -40 // what the other rows add to a row's own term of 1, where rounding keeps little or nothing of it
const LIFT = 1e-10 // share of the score over which rows are put in order that rounding has made equal

/** How the density is smoothed. */
export interface KdeParameters {
  /** Standard deviation of the kernel, in the features' unit, > 0; default 1. */
  readonly bandwidth: number
}

/** The training rows themselves, in units of the bandwidth. */
export interface KdeState {
  readonly rows: number
  readonly columns: number
  readonly bandwidth: number
  /** Row-major, shape (rows, columns). */
  readonly data: Float64Array
}

/**
 * Scores are -ln(density), of any sign; high is abnormal. The density is that of a unit of volume, so that scores move by
 * ln(unit) * d with the features' unit. Scale matters: standardize features of different units first. Also where
 * the density underflows the score is finite; a row so far out that its squared distance, in bandwidths, overflows scores
 * the largest double. Training rows score as new rows do, to rounding and the following.
 *
 * A training row is its own neighbour at distance 0. Where all others are some 8 bandwidths away or more, as is common
 * with many features, what they add to that is lost in rounding, and the scores of such rows are equal though the
 * densities are not. They are put in order by the distance to the nearest other row, whose term is the largest of those
 * that were lost, within 1e-10 of the score. PyOD leaves them to rounding: on ADBench's InternetAds, where 1,621 of 1,966
 * rows are equal to 9 digits, its ROC-AUC is 0.618 in the order of the file, and 0.566 to 0.582 in four other orders of
 * the rows; here it is 0.608 in any order.
 *
 * Cost: time O(n m d), memory O(n d).
 */
export const kde: Detector<KdeParameters, KdeState> = {
  id: 'kde',
  fit: (x, { bandwidth }, { signal }) => {
    throwIfCancelled(signal)
    const state: KdeState = { rows: x.rows, columns: x.columns, bandwidth, data: inBandwidths(x, bandwidth) }
    return { state, trainingScores: () => trainingScores(state, signal) }
  },
  score: (state, x, context) => score(state, x, context?.signal),
}

function inBandwidths({ data }: Matrix, bandwidth: number): Float64Array {
  return data.map((value) => Math.max(-Number.MAX_VALUE, Math.min(value / bandwidth, Number.MAX_VALUE)))
}

/** What the kernel sums are divided by, as a logarithm. */
function lnNormalization({ rows, columns, bandwidth }: KdeState): number {
  return Math.log(rows) + columns * (0.5 * Math.log(2 * Math.PI) + Math.log(bandwidth))
}

// Each pair is looked at once. A row's own term is 1, so no sum can underflow.
function trainingScores(state: KdeState, signal: AbortSignal | undefined): Float64Array {
  const { rows, data } = state
  const points = pointBlocksOf(state)
  const sums = new Float64Array(points.blocks * LANES).fill(1)
  const squares = new Float64Array(LANES)
  const chunk = Math.max(1, Math.floor(TILE_BYTES / (8 * LANES * state.columns)))
  for (let first = 0; first < rows; first += TILE_ROWS) {
    const end = Math.min(first + TILE_ROWS, rows)
    for (let from = Math.floor(first / LANES); from < points.blocks; from += chunk) {
      throwIfCancelled(signal)
      const to = Math.min(from + chunk, points.blocks)
      for (let row = first; row < end; row++) addLaterPairs(points, data, row, from, to, squares, sums)
    }
  }
  const constant = lnNormalization(state)
  const scores = sums.subarray(0, rows).map((sum) => constant - Math.log(sum))
  return inOrderWhereLost(scores, sums, state, signal)
}

// The more the other rows add, the lower the score: the order is that of the exact densities also past rounding.
function inOrderWhereLost(
  scores: Float64Array,
  sums: Float64Array,
  { rows, columns, data }: KdeState,
  signal: AbortSignal | undefined,
): Float64Array {
  const lonely = Uint32Array.from([...scores.keys()].filter((row) => (sums[row] as number) - 1 < LOST))
  if (lonely.length < 2) return scores
  const x: Matrix = { data, rows, columns }
  const { distances } = nearestNeighbours(x, x, 1, { metric: 'euclidean', excludeSelf: true, signal })
  const nearest = Float64Array.from(lonely, (row) => distances[row] as number)
  const below = new Uint32Array(lonely.length)
  rankInto(nearest.slice().sort(), nearest, below, new Uint32Array(lonely.length))
  for (const [at, row] of lonely.entries()) {
    const equal = scores[row] as number
    scores[row] = equal + (LIFT * Math.abs(equal) * (below[at] as number)) / lonely.length
  }
  return scores
}

function addLaterPairs(
  points: PointBlocks,
  data: Float64Array,
  row: number,
  from: number,
  to: number,
  squares: Float64Array,
  sums: Float64Array,
): void {
  const { values, columns } = points
  const ownBlock = Math.floor(row / LANES)
  let own = 0
  for (let block = Math.max(from, ownBlock); block < to; block++) {
    block = scan(values, columns, block, to, data, row * columns, Infinity, squares)
    if (block === to) break
    const first = block * LANES
    for (let lane = block === ownBlock ? row - first + 1 : 0; lane < LANES; lane++) {
      const term = exponentialDecay((squares[lane] ?? Infinity) / 2)
      own += term
      sums[first + lane] = (sums[first + lane] ?? 0) + term
    }
  }
  sums[row] = (sums[row] ?? 0) + own
}

function score(state: KdeState, x: Matrix, signal: AbortSignal | undefined): Float64Array {
  const points = pointBlocksOf(state)
  const data = inBandwidths(x, state.bandwidth)
  const constant = lnNormalization(state)
  const toAll = new Float64Array(points.blocks * LANES)
  const scores = new Float64Array(x.rows)
  for (let row = 0; row < x.rows; row++) {
    if (row % TILE_ROWS === 0) throwIfCancelled(signal)
    const nearest = squaredDistances(points, data, row, toAll)
    // The largest term is taken out of the sum, so that it cannot underflow.
    let sum = 0
    for (let at = 0; at < toAll.length; at++) sum += exponentialDecay(((toAll[at] ?? 0) - nearest) / 2)
    scores[row] = nearest === Infinity ? Number.MAX_VALUE : constant + nearest / 2 - Math.log(sum)
  }
  return scores
}

// Fills in the squared distances to all training rows and answers the smallest.
function squaredDistances(points: PointBlocks, data: Float64Array, row: number, out: Float64Array): number {
  const { values, columns, blocks } = points
  const squares = new Float64Array(LANES)
  out.fill(Infinity)
  let nearest = Infinity
  for (let block = 0; block < blocks; block++) {
    block = scan(values, columns, block, blocks, data, row * columns, Infinity, squares)
    if (block === blocks) break
    for (let lane = 0; lane < LANES; lane++) {
      const square = squares[lane] ?? Infinity
      out[block * LANES + lane] = square
      if (square < nearest) nearest = square
    }
  }
  return nearest
}
