/**
 * The maximum mean discrepancy of two samples of rows, with a Gaussian kernel, tested by permutation.
 * Source: A. Gretton, K. Borgwardt, M. Rasch, B. Schölkopf, A. Smola (2012), A kernel two-sample test, JMLR 13: (3) unbiased, (5)
 * biased, and the median heuristic for the width of the kernel.
 */
import type { Matrix } from '../../matrix.ts'
import { seededRandom } from '../../numeric/seeded-random.ts'
import { medianGamma, rowSums, squaredDistances } from './gaussian-kernel.ts'
import { refuseUnfit, stacked, thinned } from './pooled-rows.ts'
import { drawFirst } from './shuffled-labels.ts'
import type { TwoSampleOutcome } from './two-sample-outcome.ts'

/** How the test is made. */
export interface MmdOptions {
  /** How many times the rows are dealt anew, >= 19; default 199: the smallest p value is 1 / 200. */
  readonly permutations?: number
  /** A safe integer >= 0; default 0. */
  readonly seed?: number
  /** At most so many rows of each sample are used, drawn by the seed; default 1000. Time grows with its square. */
  readonly maxRows?: number
  /** Of exp(-gamma d^2); default: 1 over the median of the squared distances of all pairs. */
  readonly gamma?: number
}

/** What the test says. */
export interface MmdOutcome extends TwoSampleOutcome {
  /** The biased estimate of the squared discrepancy, >= 0; `statistic` is the unbiased one, about 0 without drift. */
  readonly biased: number
  readonly gamma: number
}

/**
 * Columns should have comparable scales.
 * @param x - shape (n, d), n >= 2
 * @param y - shape (m, d), m >= 2
 * @throws AnomalyDetectionError `shape-mismatch`, `empty-dataset` with fewer than two rows on a side, `non-finite`
 */
export function maximumMeanDiscrepancy(x: Matrix, y: Matrix, options: MmdOptions = {}): MmdOutcome {
  const { permutations = 199, seed = 0, maxRows = 1000 } = options
  refuseUnfit(x, y, 2)
  const random = seededRandom(seed)
  const [a, b] = [thinned(x, maxRows, random), thinned(y, maxRows, random)]
  const pooled = stacked(a, b)
  const { rows } = pooled
  const squares = squaredDistances(pooled)
  const gamma = options.gamma ?? medianGamma(squares, rows)
  const kernel = squares.map((square) => Math.exp(-gamma * square))
  const sums = rowSums(kernel, rows)
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  const observed = discrepancy(kernel, sums, order, a.rows)
  let atLeast = 1
  for (let turn = 0; turn < permutations; turn++) {
    drawFirst(order, a.rows, random)
    if (discrepancy(kernel, sums, order, a.rows).unbiased >= observed.unbiased) atLeast++
  }
  return { statistic: observed.unbiased, biased: observed.biased, pValue: atLeast / (permutations + 1), gamma }
}

// The kernel of a row with itself is 1. Only the pairs within the first sample are summed; the rest follows from the row sums.
function discrepancy(
  kernel: Float64Array,
  sums: Float64Array,
  order: Int32Array,
  n: number,
): { readonly unbiased: number; readonly biased: number } {
  const rows = order.length
  const m = rows - n
  let pairs = 0
  let fromFirst = 0
  for (let i = 0; i < n; i++) {
    const base = (order[i] as number) * rows
    fromFirst += sums[order[i] as number] as number
    for (let j = 0; j < i; j++) pairs += kernel[base + (order[j] as number)] as number
  }
  const within = 2 * pairs + n
  const across = fromFirst - within
  const all = sums.reduce((sum, value) => sum + value, 0)
  const others = all - within - 2 * across
  const between = (2 * across) / (n * m)
  return {
    unbiased: (within - n) / (n * (n - 1)) + (others - m) / (m * (m - 1)) - between,
    biased: within / (n * n) + others / (m * m) - between,
  }
}
