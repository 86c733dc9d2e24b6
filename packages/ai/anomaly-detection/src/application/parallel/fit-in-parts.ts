import type { Matrix } from '../../domain/matrix.ts'
import { firstNonFinite } from '../../domain/missing-values.ts'
import type { Neighbours } from '../../domain/neighbours/nearest-neighbours.ts'
import { neighbourIndexOf } from '../../domain/neighbours/neighbour-index.ts'
import { type NeighbourSearch, type TrainingNeighbours, trainingNeighbours } from '../../domain/training-neighbours.ts'
import type { ConfiguredDetector, FitOptions, FreshlyFittedDetector } from '../catalogue/catalogue-entry.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'
import { fitMembers, isWorthSharing } from './members-in-parts.ts'
import { rowRanges } from './row-ranges.ts'
import { scoreInParts } from './score-in-parts.ts'
import { isWorthSplitting } from './worth-splitting.ts'

/** A configured detector whose fit answers more than any detector's. */
export interface Fitting<Fitted extends FreshlyFittedDetector> extends ConfiguredDetector {
  readonly fit: (x: Matrix, options?: FitOptions) => Fitted
}

/**
 * Fits a detector; the neighbours that it looks up among its rows are found in parts, and the members of an ensemble fitted side
 * by side, where that pays.
 * @throws AnomalyDetectionError as `ConfiguredDetector.fit`, and what the pool rejects with
 */
export async function fitInParts<Fitted extends FreshlyFittedDetector>(
  detector: Fitting<Fitted>,
  x: Matrix,
  options: Omit<FitOptions, 'members'>,
  pool: WorkerPool | undefined,
): Promise<Fitted> {
  const members = pool === undefined || isRefused(x) ? undefined : detector.members?.(options.seed ?? 0)
  if (pool !== undefined && members !== undefined && isWorthSharing(members, x, pool)) {
    return detector.fit(x, { ...options, members: await fitMembers(members, x, pool, options.signal) })
  }
  if (options.neighbours !== undefined) return detector.fit(x, options)
  const search = x.rows > 1 ? detector.trainingNeighbours?.(x.rows) : undefined
  const isSplit = pool !== undefined && search !== undefined && isWorthSplitting(detector, x, pool)
  if (!isSplit || search.k === 0 || isRefused(x)) return detector.fit(x, options)
  const neighbours = await neighboursInParts(x, search, pool, options.signal)
  return detector.fit(x, { ...options, neighbours })
}

/**
 * Scores of the rows that a detector was just fitted to: in parts where that pays, and where they are those of new rows.
 * @throws AnomalyDetectionError `cancelled`, and what the pool rejects with
 */
export async function trainingScoresInParts(
  detector: ConfiguredDetector,
  fitted: FreshlyFittedDetector,
  x: Matrix,
  pool: WorkerPool | undefined,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const isSplit = pool !== undefined && detector.scoresTrainingRowsAsNew === true
  return isSplit && isWorthSplitting(fitted, x, pool) ? scoreInParts(fitted, x, pool, signal) : fitted.trainingScores()
}

/**
 * The neighbours of all rows among the others, in parts where that pays for the detector that looks them up.
 * @throws AnomalyDetectionError `cancelled`, and what the pool rejects with
 */
export async function neighboursFor(
  detector: ConfiguredDetector,
  x: Matrix,
  search: NeighbourSearch,
  pool: WorkerPool | undefined,
  signal: AbortSignal | undefined,
): Promise<TrainingNeighbours> {
  if (pool !== undefined && isWorthSplitting(detector, x, pool)) return neighboursInParts(x, search, pool, signal)
  return { ...search, ...trainingNeighbours(x, search, { signal }) }
}

async function neighboursInParts(
  x: Matrix,
  { k, metric }: NeighbourSearch,
  pool: WorkerPool,
  signal: AbortSignal | undefined,
): Promise<TrainingNeighbours> {
  const train: Matrix = { data: x.data, rows: x.rows, columns: x.columns }
  const index = neighbourIndexOf(train, x.rows)
  // points of a part that are near each other are also near in the index, and found in what the core has at hand
  const order = index?.tree.points.rows.subarray(0, x.rows) ?? Int32Array.from({ length: x.rows }, (_, row) => row)
  const ranges = rowRanges(x.rows, pool.threads)
  const parts = ranges.map(({ from, to }) => ({ train, index, k, metric, rows: order.slice(from, to) }))
  const found: ReadonlyArray<Neighbours> = await pool.run('neighbours', parts, { signal })
  const indices = new Int32Array(x.rows * k)
  const distances = new Float64Array(x.rows * k)
  for (const [i, { rows }] of parts.entries()) {
    for (const [at, row] of rows.entries()) {
      for (let from = at * k, to = row * k; from < (at + 1) * k; from++, to++) {
        indices[to] = found[i]?.indices[from] ?? 0
        distances[to] = found[i]?.distances[from] ?? 0
      }
    }
  }
  return { k, metric, indices, distances }
}

// Left to the fit, which says what is wrong with it.
function isRefused(x: Matrix): boolean {
  return x.data.length !== x.rows * x.columns || firstNonFinite(x.data) !== -1
}
