import { cellOf, cellsOf } from './cell.ts'
import { type Column, columnOf } from './column.ts'
import { DanfoError } from './errors.ts'
import { columnDataOf, type DanfoFrameLike } from './frame-like.ts'
import { isoTime } from './iso-time.ts'
import { type LargeNumbers, largeNumbers } from './number-cell.ts'

/** How a frame is read. */
export interface FromDanfoOptions {
  /** Which columns, in this order; default all. */
  readonly columns?: ReadonlyArray<string>
  /** Columns whose texts (ISO 8601; UTC where no zone is given) or numbers (epoch milliseconds) are times; default none. */
  readonly dates?: ReadonlyArray<string>
  /** What becomes of bigints that no double equals; default `'refuse'`. */
  readonly large?: LargeNumbers
}

/**
 * The columns of a frame. null, undefined and NaN are missing, as danfojs does not tell them apart; the frame's dtypes are not
 * believed, as they say float32 of booleans with a missing value, and int32 of columns that begin with whole numbers.
 * @throws DanfoError `danfo/not-a-frame`, `danfo/unknown-column`, `danfo/not-a-time`, `danfo/inexact-number`,
 *   `danfo/unsupported-value`
 */
export function columnsFromDanfo(frame: DanfoFrameLike, options: FromDanfoOptions = {}): ReadonlyArray<Column> {
  const data = columnDataOf(frame)
  const { columns = frame.columns, dates = [] } = options
  const large = largeNumbers(options.large)
  for (const name of dates) placeOf(name, frame.columns)
  return columns.map((name) => {
    const values = data[placeOf(name, frame.columns)] ?? []
    if (!dates.includes(name)) return columnOf(name, cellsOf(name, values, large))
    return columnOf(
      name,
      values.map((value, row) => timeOf(value, row, name)),
    )
  })
}

function timeOf(value: unknown, row: number, column: string): Date | null {
  const cell = cellOf(value, row, column)
  if (cell === null || cell instanceof Date) return cell
  const time = typeof cell === 'string' ? isoTime(cell) : new Date(Number(cell))
  if (time !== undefined && typeof cell !== 'boolean' && !Number.isNaN(time.getTime())) return time
  const message = `row ${row}, column '${column}' is no time: ISO 8601 text or epoch milliseconds would be one`
  throw new DanfoError('danfo/not-a-time', message, { row, column })
}

/** Which column of the frame that is. @throws DanfoError `danfo/unknown-column` */
export function placeOf(column: string, columns: ReadonlyArray<string>): number {
  const at = columns.indexOf(column)
  if (at !== -1) return at
  const known = columns.slice(0, 20).map((name) => `'${name}'`)
  throw new DanfoError('danfo/unknown-column', `the frame has no column '${column}'; it has ${known.join(', ')}`, {
    column,
    columns,
  })
}
