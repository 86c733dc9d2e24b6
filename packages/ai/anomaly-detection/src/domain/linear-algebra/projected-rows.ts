import type { Matrix } from '../matrix.ts'
import type { ColumnMap } from './column-map.ts'

/** Unit vectors, and how rows are brought to where these count. */
export interface Directions {
  readonly map: ColumnMap
  /** Row-major, shape (count, d). */
  readonly vectors: Float64Array
  readonly count: number
  /** A length that rows are to be compared with: a row's factor lets its square be finite too; 0 for none. */
  readonly unit: number
}

/** A run of rows seen along some directions; each row in a unit of its own, so that its squares are finite. */
export interface ProjectedRows {
  /** The first of the rows, and how many there are. */
  readonly first: number
  readonly rows: number
  /** What each mapped row was multiplied by: a power of two, 1 for ordinary magnitudes. */
  readonly factors: Float64Array
  /** Squared length of each mapped and multiplied row. */
  readonly squaredNorms: Float64Array
  /** What row r has along direction j stands at r * width + j. */
  readonly along: Float64Array
  readonly width: number
  /** Where there is a kernel: raises `farthest` to the first of the largest `along - means` of each direction. */
  readonly keepFarthest?: (means: Float64Array, farthest: Float64Array) => void
  /** Where there is a kernel: the sums over directions of the distance to the unit vector over the weight, at `first`. */
  readonly sumDistances?: (weights: Float64Array, sums: Float64Array) => void
}

/** Sees rows [first, last) along the directions; good until the next call. */
export type Projector = (matrix: Matrix, first: number, last: number) => ProjectedRows
