import type { Matrix } from '../../domain/matrix.ts'
import { firstNonFinite } from '../../domain/missing-values.ts'
import type { FittedDetector } from '../catalogue/catalogue-entry.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'
import { rowRanges } from './row-ranges.ts'
import { isWorthSplitting, PARTS_PER_THREAD } from './worth-splitting.ts'

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
  if (pool === undefined || !isWorthSplitting(fitted, x, pool) || isRefused(fitted, x)) {
    return fitted.score(x, { signal })
  }
  const { id: detector, parameters, state } = fitted
  const rows: Matrix = { data: x.data, rows: x.rows, columns: x.columns }
  const ranges = rowRanges(x.rows, pool.threads * PARTS_PER_THREAD)
  const parts = ranges.map((range) => ({ detector, parameters, state, x: rows, ...range }))
  const scored = await pool.run('score', parts, { signal })
  const scores = new Float64Array(x.rows)
  for (const [i, { from }] of ranges.entries()) scores.set(scored[i] ?? [], from)
  return scores
}

// Left to the detector, which names the row by its place among all of them.
function isRefused({ columns }: FittedDetector, x: Matrix): boolean {
  return x.columns !== columns || x.data.length !== x.rows * x.columns || firstNonFinite(x.data) !== -1
}
