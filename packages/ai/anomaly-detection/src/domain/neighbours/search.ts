import type { Matrix } from '../matrix.ts'
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
  readonly signal?: AbortSignal | undefined
}

/** Flat (query.rows, k): nearest first; `distances` are reduced ones (squared for `euclidean`). */
export interface Found {
  readonly indices: Int32Array
  readonly distances: Float64Array
}
