/**
 * From what size on work in parts is faster. Threads take some 75 ms to start, once; two of them save that where one
 * takes 150 ms. The sizes are those at which scoring took one thread that long (CPU time, 10 features, default
 * parameters, as many training rows; Node 24, AMD EPYC): 250,000 rows for iforest, 4,000 for kde, and so on.
 *
 * What is not named stays on one thread. hbos, pca, cblof, kmeans, gmm, mcd, mad, iqr, grubbs and gesd take less than 0.1 s
 * for a million rows, of which handing over leaves nothing (two threads: 1.15 of hbos's speed, 1.18 of pca's); ecod and copod
 * rank among all training rows, which each part would go through again (1.17 and 0.75).
 */
import type { Matrix } from '../../domain/matrix.ts'
import type { WorkerPool } from '../ports/worker-pool.ts'

interface WorthwhileSize {
  /** Values (rows times columns), or rows where the number of columns hardly counts. */
  readonly from: number
  readonly per: 'values' | 'rows'
  /** A parameter that the time grows with, and its default. */
  readonly parameter?: readonly [name: string, usual: number]
}

const sizes: Readonly<Record<string, WorthwhileSize>> = {
  iforest: { from: 250_000, per: 'rows', parameter: ['nEstimators', 100] },
  eif: { from: 150_000, per: 'values', parameter: ['nEstimators', 100] },
  inne: { from: 600_000, per: 'values', parameter: ['nEstimators', 200] },
  loda: { from: 400_000, per: 'rows', parameter: ['nRandomCuts', 100] },
  feature_bagging: { from: 40_000, per: 'values', parameter: ['nEstimators', 10] },
  knn: { from: 200_000, per: 'values' },
  lof: { from: 150_000, per: 'values' },
  abod: { from: 200_000, per: 'values' },
  cof: { from: 130_000, per: 'values' },
  sod: { from: 120_000, per: 'values' },
  kde: { from: 40_000, per: 'values' },
  ocsvm: { from: 60_000, per: 'values' },
  dixon: { from: 900_000, per: 'values' },
  auto_encoder: { from: 1_200_000, per: 'values' },
  ensemble: { from: 200_000, per: 'values' },
}

// Each of their parts searches in all training rows.
const indexing: ReadonlySet<string> = new Set(['knn', 'lof', 'abod', 'cof', 'sod', 'feature_bagging', 'ensemble'])

/** Parts that scoring is cut into for each thread: more of them even out the ends. */
export function partsPerThread(detector: string): number {
  return indexing.has(detector) ? 1 : 2
}

/** Whether work on so many rows is faster in parts. */
export function isWorthSplitting(
  { id, parameters }: { readonly id: string; readonly parameters: Readonly<Record<string, unknown>> },
  { rows, columns }: Matrix,
  { threads, fewestRows }: WorkerPool,
): boolean {
  if (threads === 1 || rows < 2) return false
  if (fewestRows !== undefined) return rows >= fewestRows
  const size = sizes[id]
  if (size === undefined) return false
  const { from, per, parameter } = size
  const chosen = parameter === undefined ? undefined : parameters[parameter[0]]
  const times = parameter !== undefined && typeof chosen === 'number' ? chosen / parameter[1] : 1
  return rows * (per === 'rows' ? 1 : columns) * times >= from
}
