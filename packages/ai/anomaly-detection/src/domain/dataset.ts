import type { ColumnEncoding } from './column-encoding.ts'
import type { Matrix } from './matrix.ts'

/** A matrix of finite numbers with a name for each column. Shape (rows, columns), both at least 1. */
export interface Dataset extends Matrix {
  readonly features: ReadonlyArray<string>
  /** Where rows were dropped: the 0-based row of the source for each row that stayed, shape (rows). */
  readonly sourceRows?: Int32Array | undefined
  /** How text columns of the source became the numbers here; a model keeps it to encode later rows alike. */
  readonly encodings?: ReadonlyArray<ColumnEncoding> | undefined
}
