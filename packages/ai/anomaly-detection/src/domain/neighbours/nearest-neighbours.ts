import { throwIfCancelled } from '../cancellation.ts'
import { AnomalyDetectionError } from '../errors.ts'
import type { Matrix } from '../matrix.ts'
import { magnitudeOf, scaleExponentOf, scaledBy } from './binary-scale.ts'
import { bruteForceSearch } from './brute-force-search.ts'
import { distanceOf, type Metric } from './metric.ts'
import type { NeighbourIndex } from './neighbour-index.ts'
import type { Found, Search } from './search.ts'
import { isTreeWorthwhile } from './tree-choice.ts'
import { treeSearch } from './tree-search.ts'
import { wasmSearchFor } from './wasm-search.ts'

/** What to search for. */
export interface NeighbourOptions {
  readonly metric: Metric
  /** True where `query` is `train` and row i must not be its own neighbour; left out by row, so its doubles stay. */
  readonly excludeSelf: boolean
  /** A row of `train` for each query that must not be its neighbour, instead of `excludeSelf`; shape (query.rows). */
  readonly selves?: Int32Array | undefined
  /** Of `train`, where it was made before. */
  readonly index?: NeighbourIndex | undefined
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
 * @param k - 0 <= k <= n, or n - 1 where `excludeSelf` is set or `selves` are given
 * @throws AnomalyDetectionError `anomaly-detection/shape-mismatch`, `anomaly-detection/invalid-parameters` (k), or
 *   `anomaly-detection/cancelled`
 */
export function nearestNeighbours(train: Matrix, query: Matrix, k: number, options: NeighbourOptions): Neighbours {
  const { metric, excludeSelf, selves, index, signal } = options
  checkSearch(train, query, k, options)
  throwIfCancelled(signal)
  if (k === 0) return { indices: new Int32Array(0), distances: new Float64Array(0) }
  const indices = new Int32Array(query.rows * k)
  const distances = new Float64Array(query.rows * k)
  for (const [exponent, rows] of rowsByScale(train, query)) {
    const whole = rows.length === query.rows
    const found = searchFor({
      train: scaledBy(exponent, train),
      query: scaledBy(exponent, whole ? query : rowsOf(query, rows)),
      k,
      metric,
      excludeSelf,
      selves: whole || selves === undefined ? selves : Int32Array.from(rows, (row) => selves[row] ?? -1),
      tree: exponent === 0 ? index?.tree : undefined,
      signal,
    })
    const unscale = 2 ** -exponent
    for (let at = 0; at < found.indices.length; at++) {
      const to = whole ? at : (rows[Math.floor(at / k)] ?? 0) * k + (at % k)
      indices[to] = found.indices[at] ?? 0
      distances[to] = Math.min(distanceOf(metric, found.distances[at] ?? 0) * unscale, Number.MAX_VALUE)
    }
  }
  return { indices, distances }
}

function searchFor(search: Search): Found {
  const { train, query } = search
  const kernel = wasmSearchFor(search)
  const byTree = search.tree !== undefined || isTreeWorthwhile(train, query.rows, kernel !== undefined)
  if (kernel !== undefined) return byTree ? kernel.byTree(search) : kernel.everyPair(search)
  return byTree ? treeSearch(search) : bruteForceSearch(search)
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

function checkSearch(train: Matrix, query: Matrix, k: number, { excludeSelf, selves }: NeighbourOptions): void {
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
  const available = excludeSelf || selves !== undefined ? train.rows - 1 : train.rows
  if (!Number.isInteger(k) || k < 0 || k > available) {
    throw new AnomalyDetectionError(
      'anomaly-detection/invalid-parameters',
      `${k} neighbours asked for: must be a whole number from 0 to ${available}, the rows there are to choose from`,
      { k, available },
    )
  }
}
