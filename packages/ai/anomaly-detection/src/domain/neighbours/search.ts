import type { Matrix } from '../matrix.ts'
import type { KDTree } from './k-d-tree.ts'
import type { Metric } from './metric.ts'

/** One search: rows of `train` near each row of `query`. */
export interface Search {
  readonly train: Matrix
  readonly query: Matrix
  /** 1 to the number of rows a query may be given. */
  readonly k: number
  readonly metric: Metric
  /** True where `query` is `train` and row i must not be its own neighbour. */
  readonly excludeSelf: boolean
  /** A row of `train` for each query that must not be its neighbour, instead of `excludeSelf`; shape (query.rows). */
  readonly selves?: Int32Array | undefined
  /** Of `train`, where it was made before. */
  readonly tree?: KDTree | undefined
  readonly signal?: AbortSignal | undefined
}

/** The row that a query must not find, or -1. */
export function selfOf({ selves, excludeSelf }: Search, query: number): number {
  return selves?.[query] ?? (excludeSelf ? query : -1)
}

/** Flat (query.rows, k): nearest first; `distances` are reduced ones (squared for `euclidean`). */
export interface Found {
  readonly indices: Int32Array
  readonly distances: Float64Array
}
