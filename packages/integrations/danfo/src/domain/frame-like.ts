import { DanfoError } from './errors.ts'

/** What is used of a DataFrame of danfojs (danfojs-node, danfojs), matched by structure: neither is ever imported here. */
export interface DanfoFrameLike {
  readonly columns: ReadonlyArray<string>
  readonly dtypes: ReadonlyArray<string>
  /** Rows and columns. */
  readonly shape: ReadonlyArray<number>
  /** Row by row. */
  readonly values: unknown
  /** Column by column; reading it is some eighty times cheaper than `frame.column(name).values`. */
  readonly getColumnData?: unknown
}

/** What is used of the module danfojs: `import * as dfd from 'danfojs-node'`. */
export interface DanfoModuleLike<Frame> {
  // danfojs types its data as any, and its options more narrowly than a structure can say.
  readonly DataFrame: new (...dataAndOptions: ReadonlyArray<never>) => Frame
}

/** The values of a frame, column by column. @throws DanfoError `danfo/not-a-frame` */
export function columnDataOf(frame: DanfoFrameLike): ReadonlyArray<ReadonlyArray<unknown>> {
  const { columns, shape } = checked(frame)
  const [rows = 0] = shape
  if (rows === 0) return columns.map(() => [])
  const kept: unknown = frame.getColumnData
  if (isTable(kept, columns.length, rows)) return kept
  const values: unknown = frame.values
  if (!isTable(values, rows, columns.length))
    throw new DanfoError(
      'danfo/not-a-frame',
      `the frame says it has ${rows} rows of ${columns.length} columns, but its values have not`,
      { rows, columns: columns.length },
    )
  return columns.map((_, column) => values.map((row) => row[column]))
}

function checked(frame: unknown): DanfoFrameLike {
  const hasMembers =
    typeof frame === 'object' &&
    frame !== null &&
    'columns' in frame &&
    'values' in frame &&
    'shape' in frame &&
    Array.isArray(frame.columns) &&
    Array.isArray(frame.shape) &&
    frame.shape.length === 2
  if (hasMembers) return frame as DanfoFrameLike // by the check above
  const what = frame instanceof Object ? frame.constructor.name : typeof frame
  throw new DanfoError('danfo/not-a-frame', `a DataFrame of danfojs was to be given, not ${what}`, { found: what })
}

function isTable(table: unknown, length: number, width: number): table is ReadonlyArray<ReadonlyArray<unknown>> {
  return (
    Array.isArray(table) &&
    table.length === length &&
    table.every((part: unknown) => Array.isArray(part) && part.length === width)
  )
}
