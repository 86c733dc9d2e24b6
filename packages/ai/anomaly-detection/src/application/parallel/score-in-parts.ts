import { AnomalyDetectionError } from '../../domain/errors.ts'
import type { Matrix } from '../../domain/matrix.ts'
import type { FittedDetector } from '../catalogue/catalogue-entry.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'
import { rowRanges } from './row-ranges.ts'
import { isWorthSplitting, partsPerThread } from './worth-splitting.ts'

/**
 * Scores of new rows, shape (x.rows): in parts where that pays, as a row's score does not depend on the rows beside it.
 * @throws AnomalyDetectionError as `FittedDetector.score`, and what the pool rejects with
 */
export async function scoreInParts(
  fitted: FittedDetector,
  x: Matrix,
  pool: WorkerPool | undefined,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const hasShape = x.columns === fitted.columns && x.data.length === x.rows * x.columns
  if (pool === undefined || !hasShape || !isWorthSplitting(fitted, x, pool)) return fitted.score(x, { signal })
  try {
    return await scoresOfParts(fitted, x, pool, signal)
  } catch (error) {
    // a part counts its own rows: the detector names the place of a bad one among all
    if (AnomalyDetectionError.is(error) && error.code === 'anomaly-detection/non-finite') fitted.score(x, { signal })
    throw error
  }
}

async function scoresOfParts(
  { id: detector, parameters, state, neighbourIndex }: FittedDetector,
  { data, rows, columns }: Matrix,
  pool: WorkerPool,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const index = neighbourIndex?.(rows)
  const ranges = rowRanges(rows, pool.threads * partsPerThread(detector))
  const parts = ranges.map(({ from, to }) => {
    const x: Matrix = { data: data.subarray(from * columns, to * columns), rows: to - from, columns }
    return { detector, parameters, state, x, index }
  })
  const scored = await pool.run('score', parts, { signal })
  const scores = new Float64Array(rows)
  for (const [i, { from }] of ranges.entries()) scores.set(scored[i] ?? [], from)
  return scores
}
