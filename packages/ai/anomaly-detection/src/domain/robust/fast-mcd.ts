/**
 * The h rows whose covariance has the least determinant, as near as concentration steps from random beginnings come.
 * Source: P. Rousseeuw, K. Van Driessen (1999), A fast algorithm for the minimum covariance determinant estimator, sections 3
 * and 4; in one dimension exactly, after P. Rousseeuw, A. Leroy (1987), Robust regression and outlier detection, page 171.
 */
import { throwIfCancelled } from '../cancellation.ts'
import type { FitContext } from '../detector.ts'
import { whitenedSquaresOf } from '../linear-algebra/whitened-squares.ts'
import type { Matrix } from '../matrix.ts'
import { argsort } from '../numeric/argsort.ts'
import { selectInPlace } from '../numeric/order-statistic.ts'
import { sampleWithoutReplacement } from '../numeric/sample.ts'
import { type Estimate, estimateOf } from './subset-estimate.ts'

const TRIALS = 500 // random beginnings in all
const FEWEST_TRIALS = 10
const MOST_COLUMNS = 50 // the paper's limit: above, trials get dearer with the square of the columns, and fewer
const KEPT = 10 // of these, the best go on
const KEPT_OF_FEW = 30 // as many more as few rows allow
const SUBSET_ROWS = 300 // rows of a part, where there are many
const MOST_SUBSETS = 5
const MOST_STEPS = 100

/** The rows found. */
export interface TightestRows {
  /** Shape (h), ascending. */
  readonly rows: Int32Array
  readonly estimate: Estimate
}

/**
 * @param x - columns of standard deviation near 1
 * @param h - how many rows, in [1, n]
 * @throws AnomalyDetectionError `anomaly-detection/cancelled`
 */
export function fastMcd(x: Matrix, h: number, context: FitContext): TightestRows {
  if (h >= x.rows) {
    const rows = Int32Array.from({ length: x.rows }, (_, row) => row)
    return { rows, estimate: estimateOf(x, rows, false, context.signal) }
  }
  if (x.columns === 1) return tightestRun(x, h)
  const found = beginnings(x, h, context).map((estimate) => concentrate(x, h, estimate, MOST_STEPS, context.signal))
  const [tightest] = best(found, 1)
  if (tightest === undefined) throw new RangeError('no beginning was found')
  return tightest
}

// Estimates from which to take steps over all rows. Of many rows, parts of a sample are searched first, then the sample.
function beginnings(x: Matrix, h: number, context: FitContext): ReadonlyArray<Estimate> {
  const share = h / x.rows
  const allTrials = Math.ceil(Math.max(FEWEST_TRIALS, TRIALS * Math.min(1, (MOST_COLUMNS / x.columns) ** 2)))
  const parts = Math.min(MOST_SUBSETS, Math.floor(x.rows / SUBSET_ROWS))
  if (parts < 2) return best(search(x, h, allTrials, context), KEPT_OF_FEW).map(({ estimate }) => estimate)
  const sample = rowsOf(x, shuffled(x.rows, Math.min(x.rows, SUBSET_ROWS * MOST_SUBSETS), context.random))
  const candidates: TightestRows[] = []
  for (let part = 0; part < parts; part++) {
    const first = Math.floor((part * sample.rows) / parts)
    const last = Math.floor(((part + 1) * sample.rows) / parts)
    const data = sample.data.subarray(first * x.columns, last * x.columns)
    const rows = last - first
    const trials = Math.ceil(allTrials / parts)
    candidates.push(...best(search({ data, rows, columns: x.columns }, Math.ceil(rows * share), trials, context), KEPT))
  }
  const merged = candidates.map(({ estimate }) =>
    concentrate(sample, Math.ceil(sample.rows * share), estimate, 2, context.signal),
  )
  const few = best(merged, KEPT)
  if (x.rows === sample.rows) return few.map(({ estimate }) => estimate)
  const steps = few.map(({ estimate }) => concentrate(x, h, estimate, 1, context.signal))
  return best(steps, 2).map(({ estimate }) => estimate)
}

// Two steps from each of many small random samples.
function search(x: Matrix, h: number, trials: number, { random, signal }: FitContext): ReadonlyArray<TightestRows> {
  return Array.from({ length: trials }, () => concentrate(x, h, smallEstimate(x, h, random), 2, signal))
}

// Of d + 1 rows, or of more where these lie in a subspace.
function smallEstimate(x: Matrix, h: number, random: () => number): Estimate {
  for (let size = x.columns + 1; ; size *= 2) {
    const estimate = estimateOf(x, sampleWithoutReplacement(x.rows, Math.min(size, h), random), false)
    if (!estimate.singular || size >= h) return estimate
  }
}

/** C-steps: the h rows nearest to the estimate make the next one, whose determinant is never larger. */
function concentrate(
  x: Matrix,
  h: number,
  from: Estimate,
  steps: number,
  signal: AbortSignal | undefined,
): TightestRows {
  const ones = new Float64Array(x.columns).fill(1)
  let rows = nearestRows(whitenedSquaresOf(x, ones, from.center, from.whitening, signal), h)
  let estimate = estimateOf(x, rows, false, signal)
  for (let step = 1; step < steps; step++) {
    throwIfCancelled(signal)
    const nextRows = nearestRows(whitenedSquaresOf(x, ones, estimate.center, estimate.whitening, signal), h)
    const next = estimateOf(x, nextRows, false, signal)
    if (!(next.logDeterminant < estimate.logDeterminant)) break
    rows = nextRows
    estimate = next
  }
  return { rows, estimate }
}

// The h rows of least distance, ascending; of equally far ones those that come first.
function nearestRows(squares: Float64Array, h: number): Int32Array {
  const limit = selectInPlace(squares.slice(), h - 1)
  let ties = h
  for (let row = 0; row < squares.length; row++) if ((squares[row] ?? 0) < limit) ties--
  const rows = new Int32Array(h)
  for (let row = 0, found = 0; found < h; row++) {
    const square = squares[row] ?? Infinity
    if (square < limit || (square === limit && ties-- > 0)) rows[found++] = row
  }
  return rows
}

// Rows in a subspace come last: of data that are counts or rounded, half often satisfy some equation by chance, and rows
// that do not would be anomalous whatever they are (shuttle: ROC-AUC 0.93 in place of 0.99).
function best(found: ReadonlyArray<TightestRows>, count: number): ReadonlyArray<TightestRows> {
  const rank = ({ estimate }: TightestRows): number => (estimate.singular ? 1 : 0)
  return found
    .toSorted((a, b) => rank(a) - rank(b) || a.estimate.logDeterminant - b.estimate.logDeterminant)
    .slice(0, count)
}

// In one dimension the h rows stand side by side in order: all such runs are looked at.
function tightestRun(x: Matrix, h: number): TightestRows {
  const order = argsort(x.data)
  const value = (place: number): number => x.data[order[place] ?? 0] ?? 0
  let first = 0
  let least = Infinity
  let mean = 0
  let squares = 0 // of the run so far, around its mean (B. Welford, 1962)
  for (let place = 0; place < x.rows; place++) {
    const count = Math.min(place + 1, h)
    if (place >= h) {
      const gone = value(place - h)
      const rest = mean - (gone - mean) / (h - 1 || 1)
      squares -= (gone - mean) * (gone - rest)
      mean = rest
    }
    const off = value(place) - mean
    mean += off / count
    squares += off * (value(place) - mean)
    if (place >= h - 1 && squares < least) {
      least = squares
      first = place - h + 1
    }
  }
  const rows = Int32Array.from(order.subarray(first, first + h)).sort()
  return { rows, estimate: estimateOf(x, rows, false) }
}

function shuffled(n: number, size: number, random: () => number): Int32Array {
  const chosen = sampleWithoutReplacement(n, size, random)
  for (let last = size - 1; last > 0; last--) {
    const pick = Math.floor(random() * (last + 1))
    const held = chosen[last] ?? 0
    chosen[last] = chosen[pick] ?? 0
    chosen[pick] = held
  }
  return chosen
}

function rowsOf({ data, columns }: Matrix, rows: Int32Array): Matrix {
  const out = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => out.set(data.subarray(row * columns, (row + 1) * columns), i * columns))
  return { data: out, rows: rows.length, columns }
}
