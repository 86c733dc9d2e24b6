/**
 * Thresholds for a test that is made at every row of a stream, such that false alarms come at a known rate: each is passed by one
 * in `expectedRunTime` of those bootstrapped streams that passed none before.
 * Source: O. Cobb, A. Van Looveren, J. Klaise (2022), Sequential multivariate change detection with calibrated and memoryless
 * false detection rates, AISTATS, algorithm 1.
 */
import { quantile } from '../../numeric/order-statistic.ts'
import { rowSums } from '../two-sample/gaussian-kernel.ts'
import { drawFirst } from '../two-sample/shuffled-labels.ts'

/** What the thresholds are for. */
export interface RunTime {
  readonly expectedRunTime: number
  readonly windowSize: number
  readonly bootstraps: number
}

/**
 * @param kernel - of the reference with itself, shape (rows, rows), ones on the diagonal
 * @param random - uniform on [0, 1)
 * @returns shape (windowSize): the threshold while so many rows of the window are new, the last one from then on
 */
export function runTimeThresholds(
  kernel: Float64Array,
  rows: number,
  { expectedRunTime, windowSize, bootstraps }: RunTime,
  random: () => number,
): Float64Array {
  const sums = rowSums(kernel, rows)
  const all = sums.reduce((sum, value) => sum + value, 0)
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  const statistics = new Float64Array(bootstraps * windowSize)
  for (let turn = 0; turn < bootstraps; turn++) {
    drawFirst(order, 2 * windowSize - 1, random)
    slidingStatistics(
      { kernel, rows, sums, all },
      order,
      statistics.subarray(turn * windowSize, (turn + 1) * windowSize),
    )
  }
  const thresholds = new Float64Array(windowSize)
  let left = Array.from({ length: bootstraps }, (_, turn) => turn)
  for (let at = 0; at < windowSize; at++) {
    const here = Float64Array.from(left, (turn) => statistics[turn * windowSize + at] as number)
    const threshold = quantile(here, 1 - 1 / expectedRunTime)
    thresholds[at] = threshold
    left = left.filter((_, index) => (here[index] as number) < threshold)
  }
  return thresholds
}

interface KernelSums {
  readonly kernel: Float64Array
  readonly rows: number
  /** Of each row of the kernel. */
  readonly sums: Float64Array
  readonly all: number
}

// The unbiased MMD of each window of the first 2 w - 1 rows of the order from all rows behind them.
function slidingStatistics({ kernel, rows, sums, all }: KernelSums, order: Int32Array, out: Float64Array): void {
  const w = out.length
  const drawn = 2 * w - 1
  const rest = rows - drawn
  const toRest = new Float64Array(drawn)
  let among = 0
  let ofDrawn = 0
  for (let i = 0; i < drawn; i++) {
    const base = (order[i] as number) * rows
    let own = 0
    for (let j = 0; j < drawn; j++) own += kernel[base + (order[j] as number)] as number
    toRest[i] = (sums[order[i] as number] as number) - own
    among += own
    ofDrawn += sums[order[i] as number] as number
  }
  const within = (all - 2 * ofDrawn + among - rest) / (rest * (rest - 1))
  for (let start = 0; start < w; start++) {
    let pairs = 0
    let across = 0
    for (let i = start; i < start + w; i++) {
      const base = (order[i] as number) * rows
      across += toRest[i] as number
      for (let j = start; j < i; j++) pairs += kernel[base + (order[j] as number)] as number
    }
    out[start] = within + (2 * pairs) / (w * (w - 1)) - (2 * across) / (rest * w)
  }
}
