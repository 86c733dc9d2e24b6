import type { Matrix } from '../../domain/matrix.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'

// Each of their parts begins with a tree of all training rows.
const indexing: ReadonlySet<string> = new Set(['knn', 'lof', 'abod', 'cof', 'sod', 'feature_bagging', 'ensemble'])

const DEFAULT_ROWS = 100_000

const fewestRows: Readonly<Record<string, number>> = {
  knn: 4000,
  lof: 4000,
  abod: 4000,
  cof: 4000,
  sod: 4000,
  kde: 2000,
  ocsvm: 2000,
  feature_bagging: 2000,
  ensemble: 20_000,
  iforest: 100_000,
  eif: 50_000,
  inne: 20_000,
}

/** Parts that scoring is cut into for each thread: more of them even out the ends. */
export function partsPerThread(detector: string): number {
  return indexing.has(detector) ? 1 : 2
}

/** Whether the rows are so many that work in parts is faster than in one go. */
export function isWorthSplitting({ id }: { readonly id: string }, x: Matrix, pool: WorkerPool): boolean {
  return pool.threads > 1 && x.rows >= (pool.fewestRows ?? fewestRows[id] ?? DEFAULT_ROWS)
}
