import { throwIfCancelled } from '../cancellation.ts'
import { AnomalyDetectionError } from '../errors.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaleExponentOf, scaledBy } from './binary-scale.ts'
import { bruteForceSearch } from './brute-force-search.ts'
import { distanceOf, type Metric } from './metric.ts'
import type { Found, Search } from './search.ts'
import { treeSearch } from './tree-search.ts'
import { wasmSearchFor } from './wasm-search.ts'

/** What to search for. */
export interface NeighbourOptions {
  readonly metric: Metric
  /** True where `query` is `train` and row i must not be its own neighbour; left out by row, so its doubles stay. */
  readonly excludeSelf: boolean
  readonly signal?: AbortSignal | undefined
}

/** The neighbours of each query, nearest first; both flat, shape (query.rows, k). */
export interface Neighbours {
  /** Rows of `train`. */
  readonly indices: Int32Array
  /** In the metric's unit, >= 0, finite: a distance past the largest double is given as that. */
  readonly distances: Float64Array
}

/**
 * The k rows of `train` nearest to each row of `query`. Exact; equally near rows come in the order of `train`, so the
 * answer does not depend on how it was found, nor a query's on the queries beside it. Differences are subtracted and
 * squared, never expanded to |x|^2 + |y|^2 - 2xy, which loses near neighbours to rounding.
 *
 * @param train - shape (n, d), finite
 * @param query - shape (m, d), finite
 * @param k - 0 <= k <= n, or n - 1 where `excludeSelf` is set
 * @throws AnomalyDetectionError `anomaly-detection/shape-mismatch`, `anomaly-detection/invalid-parameters` (k), or
 *   `anomaly-detection/cancelled`
 */
export function nearestNeighbours(train: Matrix, query: Matrix, k: number, options: NeighbourOptions): Neighbours {
  const { metric, excludeSelf, signal } = options
  checkSearch(train, query, k, excludeSelf)
  throwIfCancelled(signal)
  if (k === 0) return { indices: new Int32Array(0), distances: new Float64Array(0) }
  const indices = new Int32Array(query.rows * k)
  const distances = new Float64Array(query.rows * k)
  for (const [exponent, rows] of rowsByScale(train, query)) {
    const whole = rows.length === query.rows
    const part = scaledBy(exponent, whole ? query : rowsOf(query, rows))
    const found = searchFor({ train: scaledBy(exponent, train), query: part, k, metric, excludeSelf, signal })
    const unscale = 2 ** -exponent
    for (let at = 0; at < found.indices.length; at++) {
      const to = whole ? at : (rows[Math.floor(at / k)] ?? 0) * k + (at % k)
      indices[to] = found.indices[at] ?? 0
      distances[to] = Math.min(distanceOf(metric, found.distances[at] ?? 0) * unscale, Number.MAX_VALUE)
    }
  }
  return { indices, distances }
}

/**
 * The tree wins wherever boxes can keep rows apart and never costs much more than looking at every pair, but it has to
 * be built. CPU seconds, all rows against all, k = 20, tree / brute force (one thread, Node 24, AMD EPYC).
 *
 * In WebAssembly, structureless: 1,000 x 5 0.003 / 0.004; 2,000 x 10 0.010 / 0.012; 10,000 x 8 0.083 / 0.12; x 12 0.15 /
 * 0.15; x 16 0.21 / 0.18; x 24 0.37 / 0.31; x 50 0.65 / 0.73; 30,000 x 5 0.14 / 0.61; 100,000 x 10 3.9 / 8.7. Real: mammography
 * (11,183 x 6) 0.05 / 0.12, shuttle (49,097 x 9) 0.94 / 2.1, pendigits (6,870 x 16) 0.06 / 0.10, satimage-2 (5,803 x 36)
 * 0.08 / 0.13, musk (3,062 x 166) 0.15 / 0.16, campaign (41,188 x 62) 14 / 11. Few queries, k = 5: 200, 500, 1,000, 2,000
 * against 100,000 x 10 0.073 / 0.025, 0.082 / 0.048, 0.081 / 0.085, 0.11 / 0.16; against 10,000 x 5 0.003 / 0.003, 0.004 /
 * 0.004, 0.004 / 0.006, 0.006 / 0.013.
 *
 * Without: 1,000 x 5 0.035 / 0.011; 2,000 x 10 0.085 / 0.045; 10,000 x 8 0.32 / 0.46; x 12 0.72 / 0.71; x 16 1.10 / 0.89;
 * x 24 1.5 / 1.3; x 50 2.9 / 2.4; 100,000 x 10 13 / 40; mammography 0.13 / 0.33, shuttle 2.2 / 7.7, pendigits 0.18 / 0.34,
 * satimage-2 0.28 / 0.39, musk 0.55 / 0.54, campaign 50 / 32.
 */
function searchFor(search: Search): Found {
  const { train, query } = search
  const kernel = wasmSearchFor(search)
  const apart = train.columns <= 40
  if (kernel !== undefined) {
    return apart && train.rows >= 2000 && query.rows >= 1000 ? kernel.byTree(search) : kernel.everyPair(search)
  }
  return apart && train.rows >= 4000 && query.rows >= 500 ? treeSearch(search) : bruteForceSearch(search)
}

/** Query rows by the power of two they are searched at: one entry unless magnitudes are extreme. */
function rowsByScale(train: Matrix, query: Matrix): Map<number, ReadonlyArray<number>> {
  const largest = magnitudeOf(train.data, 0, train.data.length)
  const groups = new Map<number, number[]>()
  for (let row = 0; row < query.rows; row++) {
    const own = magnitudeOf(query.data, row * query.columns, (row + 1) * query.columns)
    const exponent = scaleExponentOf(Math.max(largest, own))
    const group = groups.get(exponent)
    if (group) group.push(row)
    else groups.set(exponent, [row])
  }
  return groups
}

function rowsOf(matrix: Matrix, rows: ReadonlyArray<number>): Matrix {
  const { columns } = matrix
  const data = new Float64Array(rows.length * columns)
  for (const [at, row] of rows.entries()) {
    data.set(matrix.data.subarray(row * columns, (row + 1) * columns), at * columns)
  }
  return { data, rows: rows.length, columns }
}

function checkSearch(train: Matrix, query: Matrix, k: number, excludeSelf: boolean): void {
  if (train.columns !== query.columns) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `queries have ${query.columns} features, the rows to search have ${train.columns}: they must be the same`,
      { expected: train.columns, found: query.columns },
    )
  }
  if (excludeSelf && train.rows !== query.rows) {
    throw new AnomalyDetectionError(
      'anomaly-detection/shape-mismatch',
      `rows leave themselves out only among themselves: ${query.rows} queries for ${train.rows} rows`,
      { expected: train.rows, found: query.rows },
    )
  }
  const available = excludeSelf ? train.rows - 1 : train.rows
  if (!Number.isInteger(k) || k < 0 || k > available) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `${k} neighbours asked for: must be a whole number from 0 to ${available}, the rows there are to choose from`,
      { k, available },
    )
  }
}
