import type { Matrix } from '../matrix.ts'
import { LANES, pointBlocksOf } from '../neighbours/point-blocks.ts'
import { scanBlocks } from '../neighbours/scan-blocks.ts'
import { squaredDistance } from './squared-distance.ts'

/**
 * First centers for k-means: each is drawn with a chance proportional to the squared distance to the centers before it;
 * of 2 + floor(ln k) draws the one that lowers the sum of these distances most is taken.
 * Source: D. Arthur, S. Vassilvitskii (2007), k-means++: the advantages of careful seeding, section 2.2, in its greedy form
 * as in scikit-learn's KMeans.
 * @param x - magnitudes whose squares are finite
 * @param k - 1 <= k <= rows
 * @returns row-major, shape (k, columns)
 */
export function seedCenters(x: Matrix, k: number, random: () => number): Float64Array {
  const { data, rows, columns } = x
  const centers = new Float64Array(k * columns)
  const trials = new Int32Array(2 + Math.floor(Math.log(k)))
  const squares = new Float64Array(rows).fill(Infinity)
  const cumulative = new Float64Array(rows)
  for (let center = 0, chosen = Math.floor(random() * rows); ; chosen = bestOf(trials, x, squares)) {
    centers.set(data.subarray(chosen * columns, (chosen + 1) * columns), center * columns)
    if (++center === k) return centers
    let sum = 0
    for (let row = 0; row < rows; row++) {
      const square = squaredDistance(data, row * columns, data, chosen * columns, columns)
      const closer = Math.min(square, squares[row] ?? Infinity)
      squares[row] = closer
      cumulative[row] = sum += closer
    }
    for (let trial = 0; trial < trials.length; trial++) trials[trial] = drawRow(cumulative, random())
  }
}

// The first row whose cumulative sum is above u of the total; any row where all are 0.
function drawRow(cumulative: Float64Array, u: number): number {
  const last = cumulative.length - 1
  const total = cumulative[last] ?? 0
  if (total === 0) return Math.floor(u * cumulative.length)
  const wanted = u * total
  let low = 0
  let high = last
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cumulative[middle] ?? 0) > wanted) high = middle
    else low = middle + 1
  }
  return low
}

// The candidate, as a further center, that leaves the smallest sum of squared distances; the first among equals.
function bestOf(candidates: Int32Array, { data, rows, columns }: Matrix, squares: Float64Array): number {
  const points = new Float64Array(candidates.length * columns)
  candidates.forEach((row, i) => points.set(data.subarray(row * columns, (row + 1) * columns), i * columns))
  const { values, blocks } = pointBlocksOf({ data: points, rows: candidates.length, columns })
  const lanes = new Float64Array(LANES)
  // How much nearer each candidate brings the rows: a row farther from all of them than from a center adds nothing.
  const gains = new Float64Array(blocks * LANES)
  for (let row = 0, at = 0; row < rows; row++, at += columns) {
    const limit = squares[row] ?? 0
    for (let block = 0; block < blocks; block++) {
      block = scanBlocks.euclidean(values, columns, block, blocks, data, at, limit, lanes)
      if (block === blocks) break
      for (let lane = 0, to = block * LANES; lane < LANES; lane++, to++) {
        const gain = limit - (lanes[lane] ?? Infinity)
        if (gain > 0) gains[to] = (gains[to] ?? 0) + gain
      }
    }
  }
  const most = gains.reduce((a, b) => Math.max(a, b))
  return candidates[gains.indexOf(most)] ?? 0
}
