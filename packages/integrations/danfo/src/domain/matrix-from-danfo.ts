import { cellOf } from './cell.ts'
import { columnsFromDanfo, placeOf } from './columns-from-danfo.ts'
import { DanfoError } from './errors.ts'
import { columnDataOf, type DanfoFrameLike } from './frame-like.ts'

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
 * A frame as a matrix of doubles (`frame.tensor` has floats of 32 bits). Booleans are 0 and 1, bigints the nearest doubles,
 * missing values NaN.
 * @throws DanfoError as `columnsFromDanfo`, and `danfo/not-numeric` for columns of texts, times or mixtures
 */
export function matrixFromDanfo(frame: DanfoFrameLike, options: MatrixOptions = {}): FeatureMatrix {
  const all = columnDataOf(frame)
  const { columns: features = frame.columns } = options
  const [rows = 0, width] = [frame.shape[0], features.length]
  const data = new Float64Array(rows * width)
  for (const [at, name] of features.entries()) {
    const values = all[placeOf(name, frame.columns)] ?? []
    for (let row = 0; row < rows; row++) {
      const value = values[row]
      // Nearly all are numbers: nothing else is asked of them.
      data[row * width + at] = typeof value === 'number' ? value : numberOf(value, row, name, frame)
    }
  }
  return { data, rows, columns: width, features: [...features] }
}

function numberOf(value: unknown, row: number, column: string, frame: DanfoFrameLike): number {
  const cell = cellOf(value, row, column)
  if (cell === null) return Number.NaN
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell)
  const [found] = columnsFromDanfo(frame, { columns: [column], large: 'number' })
  const kind = found?.kind ?? 'mixed'
  throw new DanfoError(
    'danfo/not-numeric',
    `column '${column}' holds ${kind === 'mixed' ? 'values of several kinds' : `${kind}s`}: choose others with columns`,
    { column, kind },
  )
}
