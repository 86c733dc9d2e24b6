import type { Column } from './column.ts'
import { columnsFromDanfo } from './columns-from-danfo.ts'
import { DanfoError } from './errors.ts'
import type { DanfoFrameLike } from './frame-like.ts'

/** How a frame becomes a matrix. */
export interface MatrixOptions {
  /** Which columns, in this order; default all, and then all must hold numbers or booleans. */
  readonly columns?: ReadonlyArray<string>
}

/** A row-major matrix with a name for each column; NaN is missing. Shape (rows, columns). */
export interface FeatureMatrix {
  readonly data: Float64Array
  readonly rows: number
  readonly columns: number
  readonly features: ReadonlyArray<string>
}

/**
 * A frame as a matrix of doubles (`frame.tensor` has floats of 32 bits). Booleans are 0 and 1, missing values NaN.
 * @throws DanfoError as `columnsFromDanfo`, and `danfo/not-numeric` for columns of texts, times or mixtures
 */
export function matrixFromDanfo(frame: DanfoFrameLike, options: MatrixOptions = {}): FeatureMatrix {
  const columns = columnsFromDanfo(frame, { ...options, large: 'number' })
  const rows = columns[0]?.values.length ?? 0
  const data = new Float64Array(rows * columns.length)
  for (const [at, column] of columns.entries()) fill(data, column, at, columns.length)
  return { data, rows, columns: columns.length, features: columns.map(({ name }) => name) }
}

function fill(data: Float64Array, { name, kind, values }: Column, at: number, width: number): void {
  if (kind === 'text' || kind === 'time' || kind === 'mixed')
    throw new DanfoError(
      'danfo/not-numeric',
      `column '${name}' holds ${kind === 'mixed' ? 'values of several kinds' : `${kind}s`}: choose others with columns`,
      { column: name, kind },
    )
  for (const [row, value] of values.entries()) data[row * width + at] = value === null ? Number.NaN : Number(value)
}
